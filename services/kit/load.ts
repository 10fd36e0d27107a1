import type { Readable } from 'node:stream';
import { analyze, type Database, keyTable } from './database.js';
import type { Dataset } from './dataset.js';
import { type EditionLog, OPEN } from './edition.js';
import { loadFirst, type SourceDays } from './first-load.js';
import { checkFile, type References, type RegionValidity, type Report } from './import.js';
import type { Instant } from './period.js';
import type { Armed } from './release.js';
import { textOrNull } from './source.js';
import { tablesOf } from './tables.js';

/** Tells which codes name a region, and since and until when. Asked of the subgraph that owns them. */
export type RegionDirectory = (codes: readonly string[]) => Promise<ReadonlyMap<string, RegionValidity>>;

/** What loading a file needs: the one way in, for the first start, the command line and uploads alike. */
export interface Loader {
  readonly db: Database;
  readonly log: EditionLog;
  readonly clock: () => Instant;
  readonly regions: RegionDirectory;
  /** Every dataset of this database, to look up what a file refers to. */
  readonly datasets: readonly Dataset[];
}

/** Checks a file against its dataset and what it refers to. Publishes nothing. */
export function checkDataset(loader: Loader, dataset: Dataset, file: string, input: Readable): Promise<Report> {
  return checkFile(dataset, file, input, referencesOf(loader));
}

/** Checks a file and publishes it as the first load of an empty dataset. Throws BAD_FILE or DATASET_NOT_EMPTY. */
export async function loadDataset(loader: Loader, dataset: Dataset, file: string, input: Readable): Promise<Armed[]> {
  const { db, log, clock } = loader;
  const report = await checkDataset(loader, dataset, file, input);
  const armed = await loadFirst({ db, log, now: clock() }, dataset, report, await findSourceDays(loader, dataset));
  for (const { options } of tablesOf([dataset])) await analyze(db, options.name);
  return armed;
}

function referencesOf({ db, regions, datasets }: Loader): References {
  return {
    regions,
    async ids(name, ids) {
      const table = tableOf(datasets, name);
      const sql = `SELECT t.id FROM ${keyTable(db.dialect, 'k', 80)} JOIN ${table} t ON t.id = k.code AND t.published_to = ?`;
      const rows = await db.query(sql, [JSON.stringify(ids), OPEN]);
      return new Set(rows.map((row) => String(row.id)));
    },
  };
}

/** The day each source of the dataset was published; empty for a dataset without sources. */
async function findSourceDays({ db, datasets }: Loader, dataset: Dataset): Promise<SourceDays> {
  const column = dataset.columns.find(({ name }) => name === 'source_id');
  if (column?.kind !== 'reference') return new Map();
  const rows = await db.query(`SELECT id, published_on FROM ${tableOf(datasets, column.to)} WHERE published_to = ?`, [
    OPEN,
  ]);
  return new Map(rows.map((row) => [String(row.id), textOrNull(row.published_on)]));
}

function tableOf(datasets: readonly Dataset[], name: string): string {
  const found = datasets.find((dataset) => dataset.name === name);
  if (found) return found.table;
  throw new Error(`dataset ${name} is referred to but not declared`);
}
