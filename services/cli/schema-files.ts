import '../gateway/telemetry.js';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { composeSupergraph, printApi } from '../gateway/supergraph.js';
import { discover } from '../kit/discover.js';
import { ROOT } from '../kit/root.js';
import { buildSubgraph } from '../kit/subgraph.js';

export type Files = ReadonlyMap<string, string>;

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

/** Writes the files that differ and gives their paths; the others keep their time, so that nothing is built anew for them. */
export async function writeFiles(files: Files): Promise<readonly string[]> {
  const paths = await differing(files);
  for (const path of paths) {
    await mkdir(dirname(join(ROOT, path)), { recursive: true });
    await writeFile(join(ROOT, path), files.get(path) ?? '');
  }
  return paths;
}

/** Throws when a file is not as the code makes it. */
export async function compareFiles(files: Files): Promise<void> {
  const paths = await differing(files);
  if (paths.length === 0) return;
  throw new Error(`${paths.join(', ')} differ from the code: run "npm run cakupan -- schema print" and commit them`);
}

async function differing(files: Files): Promise<string[]> {
  const paths: string[] = [];
  for (const [path, text] of files) {
    const written = await readFile(join(ROOT, path), 'utf8').catch(() => '');
    if (written !== text) paths.push(path);
  }
  return paths;
}
