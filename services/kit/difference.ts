import type { EntityManager } from 'typeorm';
import { affected } from './affected.js';
import { differs, sameKey } from './arm.js';
import type { Database, DbRow, Dialect } from './database.js';
import { contentColumns, type Dataset, periodColumns, type Row, storedKey } from './dataset.js';
import { OPEN, visible } from './edition.js';
import { keyCells } from './key-cells.js';
import type { Instant } from './period.js';
import { TOLD } from './problems.js';
import { findPieces, inPiece, type Piece, splitPeriods, storedPeriod } from './reach.js';
import type { Asked } from './series.js';
import { type Stage, stageTable } from './stage.js';

/** What a stage would change of what is published, in cells: rows of the dataset. */
export interface Difference {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly same: number;
}

/** An as-of that nobody reads at: the newest state, what is armed for an instant to come included. */
const NEWEST: Instant = OPEN - 1;

/** Counts what a stage changes of what is seen at an instant; of the newest state, armed rows included, when none is given. */
export function countDifference(db: Database, stage: Stage, at: Instant = NEWEST): Promise<Difference> {
  return countIn(db, db.dialect, stage, at);
}

/** The same, asked of a database or inside a transaction. */
export async function countIn(asked: Asked, dialect: Dialect, stage: Stage, at: Instant = NEWEST): Promise<Difference> {
  const sum = { added: 0, changed: 0, removed: 0, same: 0 };
  if (!(await hasRows(asked, stage.dataset, at))) {
    const [row] = await asked.query(`SELECT COUNT(*) AS added FROM ${stageTable(stage.id)} WHERE removes IS NULL`);
    return { ...sum, added: Number(row?.added ?? 0) };
  }
  for (const piece of await findPieces(asked, stage)) {
    const counted = await countPiece(asked, dialect, stage, piece, at);
    sum.added += counted.added;
    sum.changed += counted.changed;
    sum.removed += counted.removed;
    sum.same += counted.same;
  }
  return sum;
}

/** True where a row of the dataset is seen at an instant. */
export async function hasRows(asked: Asked, { table }: Dataset, at: Instant): Promise<boolean> {
  return (await asked.query(`SELECT 1 AS one FROM ${table} p WHERE ${visible('p')} LIMIT 1`, [at, at])).length > 0;
}

async function countPiece(
  asked: Asked,
  dialect: Dialect,
  { dataset, id }: Stage,
  piece: Piece,
  at: Instant,
): Promise<Difference> {
  const { sql, parameters } = inPiece(dialect, dataset, 's', piece);
  const isNew = 'p.published_from IS NULL';
  const [row] = await asked.query(
    `SELECT SUM(CASE WHEN s.removes IS NULL AND ${isNew} THEN 1 ELSE 0 END) AS added,
      SUM(CASE WHEN s.removes IS NULL AND NOT ${isNew} AND ${differs(dataset, dialect)} THEN 1 ELSE 0 END) AS changed,
      SUM(CASE WHEN s.removes = 1 AND NOT ${isNew} THEN 1 ELSE 0 END) AS removed,
      COUNT(*) AS total
      FROM ${stageTable(id)} s LEFT JOIN ${dataset.table} p ON ${sameKey(dataset)} AND ${visible('p')} WHERE ${sql}`,
    [at, at, ...parameters],
  );
  const [added, changed, removed] = [Number(row?.added ?? 0), Number(row?.changed ?? 0), Number(row?.removed ?? 0)];
  return { added, changed, removed, same: Number(row?.total ?? 0) - added - changed - removed };
}

/** Published rows that a file does not have. */
export interface Vanished {
  readonly count: number;
  /** What names the first of them, as many as a report tells one by one. */
  readonly keys: readonly Row[];
}

/**
 * Adds to a stage, as rows to be removed, the rows seen at an instant of its periods and of the region scope (null for
 * all) that it does not have. A dataset without periods has none. What is armed and not seen yet stays: the sender was
 * not told of it.
 */
export async function addVanished(db: Database, stage: Stage, scope: string | null, at: Instant): Promise<Vanished> {
  const { dataset } = stage;
  const keys: Row[] = [];
  let count = 0;
  if (periodColumns(dataset).length === 0 || !(await hasRows(db, dataset, at))) return { count, keys };
  const groups = splitPeriods(await findPeriods(db, stage));
  for (const series of await seriesInScope(db, stage)) {
    for (const periods of groups) {
      const piece = { series, periods };
      const added = await db.write((tx) => addPiece(tx, db.dialect, stage, piece, scope, at));
      if (added > 0 && keys.length < TOLD) keys.push(...(await findRemoved(db, stage, piece, TOLD - keys.length)));
      count += added;
    }
  }
  return { count, keys };
}

async function findRemoved(db: Database, stage: Stage, piece: Piece, most: number): Promise<Row[]> {
  const { dataset, series, id } = stage;
  const { sql, parameters } = inPiece(db.dialect, dataset, 's', piece);
  const names = storedKey(dataset).map((name) => `s.${name}`);
  const rows = await db.query(
    `SELECT ${names.join(', ')} FROM ${stageTable(id)} s WHERE ${sql} AND s.removes = 1 ORDER BY ${names.join(', ')} LIMIT ${most}`,
    [...parameters],
  );
  return rows.map((row) => keyCells(dataset, series, row));
}

async function addPiece(
  tx: EntityManager,
  dialect: Dialect,
  { dataset, id }: Stage,
  piece: Piece,
  scope: string | null,
  at: Instant,
): Promise<number> {
  const { sql, parameters } = inPiece(dialect, dataset, 'p', piece);
  const within = withinScope(dataset, 'p', scope);
  const keys = storedKey(dataset);
  return affected(
    tx,
    `INSERT INTO ${stageTable(id)} (${keys.join(', ')}, line, removes)
      SELECT ${keys.map((name) => `p.${name}`).join(', ')}, 0, 1 FROM ${dataset.table} p
      WHERE ${sql} AND ${visible('p')} AND ${within.sql}
        AND NOT EXISTS (SELECT 1 FROM ${stageTable(id)} s WHERE ${sameKey(dataset)})`,
    [...parameters, at, at, ...within.parameters],
  );
}

/** The condition that a published row lies within a region: the region itself and all below. */
export function withinScope(dataset: Dataset, alias: string, scope: string | null) {
  const region = dataset.place?.region;
  if (scope === null || scope === '00' || region === undefined) return { sql: '1 = 1', parameters: [] };
  return {
    sql: `(${alias}.${region} = ? OR ${alias}.${region} LIKE ?)`,
    parameters: [scope, `${scope}.%`],
  };
}

/** The series that share the period kind of the file; all of them where the period says no kind. */
async function seriesInScope(db: Database, stage: Stage): Promise<readonly (number | null)[]> {
  const { dataset, series } = stage;
  if (!series) return [null];
  const kinds = periodColumns(dataset).filter((name) => dataset.series?.includes(name));
  const all = [...series.all()];
  const kindOf = (id: number) => kinds.map((name) => series.all().get(id)?.[name] ?? '').join(' ');
  const staged = await db.query(`SELECT DISTINCT series FROM ${stageTable(stage.id)}`);
  const wanted = new Set(staged.map((row) => kindOf(Number(row.series))));
  return all.map(([id]) => id).filter((id) => wanted.has(kindOf(id)));
}

async function findPeriods(db: Database, { dataset, id }: Stage): Promise<string[][]> {
  const names = storedPeriod(dataset);
  const rows: readonly DbRow[] = await db.query(`SELECT DISTINCT ${names.join(', ')} FROM ${stageTable(id)}`);
  return rows.map((row) => names.map((name) => String(row[name])));
}

/** The content columns that hold figures: what a withdrawal empties. */
export function figureColumns(dataset: Dataset): readonly string[] {
  const figures = dataset.columns.filter(({ kind }) => kind === 'count' || kind === 'rupiah' || kind === 'decimal');
  const names = new Set([...figures.map(({ name }) => name), 'as_printed', 'qualifier']);
  return contentColumns(dataset).filter((name) => names.has(name));
}
