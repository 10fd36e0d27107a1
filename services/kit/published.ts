import type { EntityManager } from 'typeorm';
import { fromStored } from './cell.js';
import type { Dialect } from './database.js';
import { type Cell, contentColumns, type Dataset, type Row, rowKey, storedKey } from './dataset.js';
import { OPEN } from './edition.js';
import type { Instant } from './period.js';
import { publishedTable, seriesTable } from './tables.js';

/** Writing side of a published table: find what is open, close it, open new rows. Always inside one transaction. */

/** As many rows as one statement takes: both databases allow far more than 10,000 parameters. */
const PARAMETERS = 10_000;

export interface Opening {
  readonly row: Row;
  readonly releaseId: string;
}

/** The open rows with the keys of `rows`, by key. Nothing is open twice. */
export async function findOpen(
  tx: EntityManager,
  dialect: Dialect,
  dataset: Dataset,
  rows: readonly Row[],
): Promise<Map<string, Row>> {
  const series = await readSeries(tx, dataset);
  const found = new Map<string, Row>();
  const known = rows.filter((row) => !dataset.series || series.has(seriesKey(dataset, row)));
  const keys = storedKey(dataset);
  for (const chunk of chunks(known, keys.length)) {
    const sql = `SELECT ${exactColumns(dataset)} FROM ${dataset.table} WHERE published_to = ? AND ${keysIn(dialect, keys, chunk.length)}`;
    const open: Record<string, unknown>[] = await tx.query(sql, [
      OPEN,
      ...chunk.flatMap((row) => keyCells(dataset, series, row)),
    ]);
    const dimensions = new Map([...series].map(([key, id]) => [id, key]));
    for (const stored of open) {
      const row = readStored(dataset, dimensions, stored);
      found.set(rowKey(dataset, row), row);
    }
  }
  return found;
}

/** Closes the open rows with these keys at the instant; throws when it did not close exactly as many as expected. */
export async function closeRows(
  tx: EntityManager,
  dialect: Dialect,
  dataset: Dataset,
  rows: readonly Row[],
  at: Instant,
): Promise<void> {
  const series = await readSeries(tx, dataset);
  const keys = storedKey(dataset);
  for (const chunk of chunks(rows, keys.length)) {
    const sql = `UPDATE ${dataset.table} SET published_to = ? WHERE published_to = ? AND ${keysIn(dialect, keys, chunk.length)}`;
    const parameters = [at, OPEN, ...chunk.flatMap((row) => keyCells(dataset, series, row))];
    const closed = await affected(tx, sql, parameters);
    if (closed !== chunk.length)
      throw new Error(`${dataset.name}: expected to close ${chunk.length} rows, closed ${closed}`);
  }
}

/** Writes rows seen from the instant on, adding series that are new. */
export async function openRows(
  tx: EntityManager,
  dataset: Dataset,
  openings: readonly Opening[],
  at: Instant,
): Promise<void> {
  const series = await addSeries(
    tx,
    dataset,
    openings.map(({ row }) => row),
  );
  const table = publishedTable(dataset).options.name;
  const names = [...storedKey(dataset), ...contentColumns(dataset)];
  for (const chunk of chunks(openings, names.length + 3)) {
    const values = chunk.map(({ row, releaseId }) => ({
      ...Object.fromEntries(names.map((name) => [name, storedCell(dataset, series, row, name)])),
      published_from: at,
      published_to: OPEN,
      release_id: releaseId,
    }));
    await tx.createQueryBuilder().insert().into(table).values(values).updateEntity(false).execute();
  }
}

/** Takes back what was written for an instant that was never sealed. */
export async function undoRows(tx: EntityManager, dataset: Dataset, at: Instant): Promise<void> {
  await affected(tx, `DELETE FROM ${dataset.table} WHERE published_from = ?`, [at]);
  await affected(tx, `UPDATE ${dataset.table} SET published_to = ? WHERE published_to = ?`, [OPEN, at]);
}

/** True where the two rows say the same beside their key. */
export function isSame(dataset: Dataset, left: Row, right: Row): boolean {
  return contentColumns(dataset).every((name) => (left[name] ?? null) === (right[name] ?? null));
}

/** How many rows an UPDATE or DELETE changed. */
export async function affected(tx: EntityManager, sql: string, parameters: readonly unknown[]): Promise<number> {
  const runner = tx.queryRunner;
  if (!runner) throw new Error('a transaction has a query runner');
  const result = await runner.query(sql, [...parameters], true);
  return Number(result.affected ?? 0);
}

/** The stored columns as SQL gives them without loss: SQLite's driver rounds whole numbers above 2^53. */
function exactColumns(dataset: Dataset): string {
  const rupiah = new Set(dataset.columns.filter(({ kind }) => kind === 'rupiah').map(({ name }) => name));
  const names = [...storedKey(dataset), ...contentColumns(dataset)];
  return names.map((name) => (rupiah.has(name) ? `CAST(${name} AS CHAR) AS ${name}` : name)).join(', ');
}

function keysIn(dialect: Dialect, keys: readonly string[], rows: number): string {
  const one = `(${keys.map(() => '?').join(', ')})`;
  const list = Array.from({ length: rows }, () => one).join(', ');
  return `(${keys.join(', ')}) IN (${dialect === 'sqlite' ? `VALUES ${list}` : list})`;
}

type SeriesIds = Map<string, number>;

function seriesKey({ series }: Dataset, row: Row): string {
  return JSON.stringify((series ?? []).map((name) => row[name] ?? ''));
}

async function readSeries(tx: EntityManager, dataset: Dataset): Promise<SeriesIds> {
  if (!dataset.series) return new Map();
  const rows: Record<string, unknown>[] = await tx.query(`SELECT * FROM ${dataset.table}_series`);
  return new Map(rows.map((row) => [JSON.stringify((dataset.series ?? []).map((name) => row[name])), Number(row.id)]));
}

async function addSeries(tx: EntityManager, dataset: Dataset, rows: readonly Row[]): Promise<SeriesIds> {
  const ids = await readSeries(tx, dataset);
  const table = seriesTable(dataset);
  if (!table || !dataset.series) return ids;
  const added = new Map(rows.map((row) => [seriesKey(dataset, row), row])).entries();
  const values: Record<string, Cell>[] = [];
  for (const [key, row] of added) {
    if (ids.has(key)) continue;
    ids.set(key, ids.size + 1);
    values.push({ id: ids.size, ...Object.fromEntries(dataset.series.map((name) => [name, row[name] ?? ''])) });
  }
  if (values.length > 0)
    await tx.createQueryBuilder().insert().into(table.options.name).values(values).updateEntity(false).execute();
  return ids;
}

function keyCells(dataset: Dataset, series: SeriesIds, row: Row): Cell[] {
  return storedKey(dataset).map((name) => storedCell(dataset, series, row, name));
}

/** A key cell is never null: what is not stated is stored as empty text. */
function storedCell(dataset: Dataset, series: SeriesIds, row: Row, name: string): Cell {
  if (name === 'series' && dataset.series) return series.get(seriesKey(dataset, row)) ?? null;
  const cell = row[name] ?? null;
  return cell === null && dataset.key.includes(name) ? '' : cell;
}

function readStored(dataset: Dataset, dimensions: ReadonlyMap<number, string>, stored: Record<string, unknown>): Row {
  const ofSeries: unknown[] = dataset.series ? JSON.parse(dimensions.get(Number(stored.series)) ?? '[]') : [];
  const cells = dataset.columns.map((column) => {
    const place = dataset.series?.indexOf(column.name) ?? -1;
    return [column.name, fromStored(column, place < 0 ? stored[column.name] : ofSeries[place])] as const;
  });
  const derived = Object.keys(dataset.derived ?? {}).map((name) => [name, stored[name] as Cell] as const); // written by us
  return Object.fromEntries([...cells, ...derived]);
}

function* chunks<T>(rows: readonly T[], width: number): Generator<readonly T[]> {
  const size = Math.max(1, Math.floor(PARAMETERS / width));
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}
