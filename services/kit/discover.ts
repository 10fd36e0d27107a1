import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ConfigError } from './env.js';
import { ROOT } from './root.js';
import type { Subgraph } from './subgraph.js';

/** The folders under `subgraphs/`, `regions` first where it is one: others refer to its codes. Names with `_` are left out. */
export async function subgraphNames(): Promise<string[]> {
  const entries = await readdir(sources(), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('_')).map(({ name }) => name);
  return names.sort(
    (left, right) => Number(right === 'regions') - Number(left === 'regions') || left.localeCompare(right),
  );
}

/** Loads the named subgraphs, or all there are. Throws ConfigError for a name without a folder. */
export async function discover(names?: readonly string[]): Promise<Subgraph[]> {
  const subgraphs: Subgraph[] = [];
  for (const name of names ?? (await subgraphNames())) subgraphs.push(await loadSubgraph(name)); // in turn: they share modules
  return subgraphs;
}

/** Where a subgraph's CSV files lie. */
export function dataFolder(name: string): string {
  return join(ROOT, 'services', 'subgraphs', name, 'data');
}

async function loadSubgraph(name: string): Promise<Subgraph> {
  const path = join(sources(), name, `subgraph.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`);
  if (!existsSync(path))
    throw new ConfigError(
      `there is no subgraph "${name}": SUBGRAPHS may name ${(await subgraphNames()).join(', ')}, with commas between`,
    );
  const module: { subgraph?: Subgraph } = await import(pathToFileURL(path).href);
  if (module.subgraph?.name === name) return module.subgraph;
  throw new Error(`services/subgraphs/${name}/subgraph.ts must export "subgraph" with the name "${name}"`);
}

function sources(): string {
  return join(dirname(dirname(fileURLToPath(import.meta.url))), 'subgraphs');
}
