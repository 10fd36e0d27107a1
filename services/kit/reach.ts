import type { Dialect } from './database.js';
import { type Dataset, periodColumns, storedKey } from './dataset.js';
import { ConfigError } from './env.js';
import type { Asked } from './series.js';
import { type Stage, stageTable } from './stage.js';

/**
 * Part of what a stage touches, small enough for one statement: one series and some of its periods. The whole of a
 * dataset without series and periods, which is reference data.
 */
export interface Piece {
  readonly series: number | null;
  /** The stored period columns of each period; empty for a dataset without. */
  readonly periods: readonly (readonly string[])[];
}

export interface Condition {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** How many periods a piece holds at most: of one series and period there are as many rows as regions. */
const PERIODS = 10;

/** The pieces of a stage, in the order of its key. */
export async function findPieces(asked: Asked, { dataset, id }: Stage): Promise<Piece[]> {
  const names = [...(dataset.series ? ['series'] : []), ...storedPeriod(dataset)];
  if (names.length === 0) return [{ series: null, periods: [] }];
  const list = names.join(', ');
  const rows = await asked.query(`SELECT DISTINCT ${list} FROM ${stageTable(id)} ORDER BY ${list}`);
  const bySeries = new Map<number | null, string[][]>();
  for (const row of rows) {
    const series = dataset.series ? Number(row.series) : null;
    const periods = bySeries.get(series) ?? [];
    bySeries.set(series, periods);
    periods.push(storedPeriod(dataset).map((name) => String(row[name])));
  }
  return [...bySeries].flatMap(([series, periods]) => splitPeriods(periods).map((some) => ({ series, periods: some })));
}

/** The period columns that stand in the table itself; others are dimensions of the series. */
export function storedPeriod(dataset: Dataset): readonly string[] {
  return periodColumns(dataset).filter((name) => !dataset.series?.includes(name));
}

/**
 * Throws ConfigError for a dataset whose period is not the first of its key's dates: rows are written and hashed piece by
 * piece, and verified in the order of the key, which must be the same.
 */
export function demandPeriodsFirst(datasets: readonly Dataset[]): void {
  const isFirst = (dataset: Dataset) => {
    const keys = storedKey(dataset).slice(dataset.series ? 1 : 0);
    return storedPeriod(dataset).every((name, index) => keys[index] === name);
  };
  const wrong = datasets.filter((dataset) => !isFirst(dataset));
  if (wrong.length === 0) return;
  const list = wrong.map((dataset) => `${dataset.name} (${storedPeriod(dataset).join(', ')})`).join(', ');
  throw new ConfigError(`The period must be the first dates of the key, in the same order, and is not in ${list}`);
}

/** The condition that a row of `alias` lies in the piece. */
export function inPiece(dialect: Dialect, dataset: Dataset, alias: string, { series, periods }: Piece): Condition {
  const names = storedPeriod(dataset).map((name) => `${alias}.${name}`);
  const conditions: string[] = series === null ? [] : [`${alias}.series = ?`];
  if (names.length > 0) {
    const one = names.length === 1 ? '?' : `(${names.map(() => '?').join(', ')})`;
    const list = periods.map(() => one).join(', ');
    const left = names.length === 1 ? names[0] : `(${names.join(', ')})`;
    conditions.push(`${left} IN (${names.length > 1 && dialect === 'sqlite' ? `VALUES ${list}` : list})`);
  }
  return {
    sql: conditions.length === 0 ? '1 = 1' : conditions.join(' AND '),
    parameters: [...(series === null ? [] : [series]), ...periods.flat()],
  };
}

/** Periods in groups small enough for one statement. */
export function splitPeriods(periods: readonly string[][]): string[][][] {
  const pieces: string[][][] = [];
  for (let start = 0; start < periods.length; start += PERIODS) pieces.push(periods.slice(start, start + PERIODS));
  return pieces;
}
