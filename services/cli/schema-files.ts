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

export async function writeFiles(files: Files): Promise<void> {
  for (const [path, text] of files) {
    await mkdir(dirname(join(ROOT, path)), { recursive: true });
    await writeFile(join(ROOT, path), text);
  }
}

export async function compareFiles(files: Files): Promise<void> {
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
