import { createReadStream } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dataset } from './dataset.js';
import { dataFolder } from './discover.js';
import { isBorn, loadFirst } from './first-load.js';
import type { Loader } from './load.js';
import type { Log } from './log.js';
import type { Subgraph } from './subgraph.js';

/** Loads every dataset that is empty and has a file in its subgraph's data folder, in the order they are declared. */
export async function loadEmptyDatasets(loader: Loader, subgraphs: readonly Subgraph[], log: Log): Promise<void> {
  for (const { name, datasets } of subgraphs) {
    for (const dataset of datasets) await loadOne(loader, name, dataset, log);
  }
}

async function loadOne(loader: Loader, subgraph: string, dataset: Dataset, log: Log): Promise<void> {
  const path = join(dataFolder(subgraph), dataset.file);
  if ((await isBorn(loader.db, dataset.name)) || !(await exists(path))) return;
  const file = { name: dataset.file, acknowledged: await readAcknowledged(subgraph, dataset) };
  const { releases, report } = await loadFirst(loader, dataset, file, createReadStream(path));
  const facts = { dataset: dataset.name, releases: releases.length, rows: report.rows, warnings: report.warnings };
  log('info', 'dataset.loaded', facts);
}

/** The warnings of the files in a data folder that were looked at, by dataset and name, each with what was found. */
const ACKNOWLEDGED = 'acknowledged.json';

async function readAcknowledged(subgraph: string, { name }: Dataset): Promise<string[]> {
  const path = join(dataFolder(subgraph), ACKNOWLEDGED);
  if (!(await exists(path))) return [];
  const known = JSON.parse(await readFile(path, 'utf8')) as Readonly<Record<string, Readonly<Record<string, string>>>>; // a file of ours
  return Object.keys(known[name] ?? {});
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
