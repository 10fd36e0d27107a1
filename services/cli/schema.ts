import '../gateway/telemetry.js';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { composeSupergraph, printApi } from '../gateway/supergraph.js';
import { discover } from '../kit/discover.js';
import { ROOT } from '../kit/root.js';
import { buildSubgraph } from '../kit/subgraph.js';

export function addSchema(program: Command): void {
  program
    .command('schema')
    .description('the schemas of the subgraphs and what they compose to')
    .command('print')
    .description('write schema/subgraphs/*.graphql, schema/supergraph.graphql and schema/api.graphql from the code')
    .option('--check', 'write nothing; fail when a file differs from the code')
    .action(async ({ check }: { check?: boolean }) => {
      const files = await printSchemas();
      await (check ? compareFiles(files) : writeFiles(files));
    });
}

type Files = ReadonlyMap<string, string>;

/** The files of `schema/` as the code makes them, by path. */
export async function printSchemas(): Promise<Files> {
  const subgraphs = await discover();
  const built = await Promise.all(
    subgraphs.map(async (subgraph) => ({ name: subgraph.name, sdl: (await buildSubgraph(subgraph)).sdl })),
  );
  const supergraph = composeSupergraph(built);
  return new Map([
    ...built.map(({ name, sdl }) => [join('schema', 'subgraphs', `${name}.graphql`), sdl] as const),
    [join('schema', 'supergraph.graphql'), supergraph.sdl],
    [join('schema', 'api.graphql'), printApi(built)],
  ]);
}

async function writeFiles(files: Files): Promise<void> {
  for (const [path, text] of files) {
    await mkdir(dirname(join(ROOT, path)), { recursive: true });
    await writeFile(join(ROOT, path), text);
  }
}

async function compareFiles(files: Files): Promise<void> {
  const differing: string[] = [];
  for (const [path, text] of files) {
    const committed = await readFile(join(ROOT, path), 'utf8').catch(() => '');
    if (committed !== text) differing.push(path);
  }
  if (differing.length > 0)
    throw new Error(
      `${differing.join(', ')} differ from the code: run "npm run cakupan -- schema print" and commit them`,
    );
}
