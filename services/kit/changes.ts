import { setImmediate as nextTurn } from 'node:timers/promises';
import { columnDiffers, differs, sameKey } from './arm.js';
import type { Database, DbRow } from './database.js';
import { type Cell, type Column, contentColumns, type Dataset, type Row, storedKey } from './dataset.js';
import { figureColumns } from './difference.js';
import { visible } from './edition.js';
import { RequestError } from './errors.js';
import { keyCells } from './key-cells.js';
import type { Instant } from './period.js';
import { findPieces, inPiece } from './reach.js';
import { findRelease } from './release.js';
import { readSeries, type Series } from './series.js';
import { type Stage, stageTable } from './stage.js';

export type ChangeKind = 'ADDED' | 'CHANGED' | 'REMOVED';

/** One cell of a dataset, in two states. What is withheld is withheld here too. */
export interface Change {
  readonly key: Row;
  readonly kind: ChangeKind;
  /** Figures and statuses before; null for an added cell. */
  readonly before: Row | null;
  /** The same afterwards; null for a removed cell. */
  readonly after: Row | null;
  /** The columns in which a changed cell differs, notes and sources included; none for others. */
  readonly columns: readonly string[];
  /** By what share of itself the main figure moved: 0.5 from 10 to 15. Null where one side is not stated, or 0 before. */
  readonly move: number | null;
}

export interface ChangeList {
  /** How many at most. */
  readonly first: number;
  /** In the order of the key; or the largest moves first, from nothing before any share, and what has no move at last. */
  readonly order: 'key' | 'largest';
}

/** What a stage would change of what is seen at an instant, piece by piece, so that others get their answers meanwhile. */
export async function listChanges(db: Database, stage: Stage, at: Instant, list: ChangeList): Promise<Change[]> {
  const { dataset, series, id } = stage;
  let found: DbRow[] = [];
  for (const piece of await findPieces(db, stage)) {
    const { sql, parameters } = inPiece(db.dialect, dataset, 's', piece);
    const isSeen = 'p.published_from IS NOT NULL';
    const side: Side = {
      from: `${stageTable(id)} s LEFT JOIN ${dataset.table} p ON ${sameKey(dataset)} AND ${visible('p')}`,
      where: `${sql} AND ((s.removes = 1 AND ${isSeen}) OR (s.removes IS NULL AND (NOT ${isSeen} OR ${differs(dataset, db.dialect)})))`,
      parameters: [at, at, ...parameters],
      key: 's',
      isGone: 's.removes = 1',
    };
    found = await addRows(db, dataset, [side], list, found);
    await nextTurn();
    if (list.order === 'key' && found.length === list.first) break;
  }
  return found.map((row) => readChange(dataset, series, row));
}

/** How two published states differ. */
export interface Diff {
  readonly from: Instant;
  readonly to: Instant;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly rows: readonly Change[];
}

/**
 * What readers saw when release `a` had appeared, against when `b` had; the ids are as `participant_count/7`. Throws
 * UNKNOWN_RELEASE for one that is not of the dataset or that readers do not see at `now`.
 */
export async function diffReleases(
  db: Database,
  dataset: Dataset,
  a: string,
  b: string,
  { now, ...list }: ChangeList & { readonly now: Instant },
): Promise<Diff> {
  const [from, to] = [await instantOf(db, dataset, a, now), await instantOf(db, dataset, b, now)];
  return diffInstants(db, dataset, from, to, list);
}

/** The same of two instants, which may lie in either order. Whether readers may know of them is for the caller to see. */
export async function diffInstants(
  db: Database,
  dataset: Dataset,
  from: Instant,
  to: Instant,
  list: ChangeList,
): Promise<Diff> {
  const series = await readSeries(db, dataset);
  const counts = { ADDED: 0, CHANGED: 0, REMOVED: 0 };
  let found: DbRow[] = [];
  for (const number of series ? [...series.all().keys()].sort((left, right) => left - right) : [null]) {
    const sides = [gone(dataset, db, from, to, number), come(dataset, from, to, number)];
    for (const { kind, cells } of await countRows(db, sides)) counts[kind] += cells;
    if (list.order === 'largest' || found.length < list.first) found = await addRows(db, dataset, sides, list, found);
    await nextTurn();
  }
  const rows = found.map((row) => readChange(dataset, series, row));
  return { from, to, added: counts.ADDED, changed: counts.CHANGED, removed: counts.REMOVED, rows };
}

/** A part of what differs, as SQL: rows `p` before and `s` after, one of which may be missing. */
interface Side {
  readonly from: string;
  readonly where: string;
  readonly parameters: readonly unknown[];
  /** The alias that always has the key. */
  readonly key: 'p' | 's';
  /** The condition that the cell is in the state before only. */
  readonly isGone: string;
}

/** What was seen before and is not, as it was, afterwards. */
function gone(dataset: Dataset, { dialect }: Database, from: Instant, to: Instant, series: number | null): Side {
  const { table } = dataset;
  return {
    from: `${table} p LEFT JOIN ${table} s ON ${sameKey(dataset)} AND ${visible('s')}`,
    where: `${visible('p')} AND NOT (${visible('p')}) AND (s.published_from IS NULL OR ${differs(dataset, dialect)})${ofSeries('p', series)}`,
    parameters: [to, to, from, from, to, to, ...(series === null ? [] : [series])],
    key: 'p',
    isGone: 's.published_from IS NULL',
  };
}

/** What is seen afterwards and was not before, in any form. */
function come(dataset: Dataset, from: Instant, to: Instant, series: number | null): Side {
  const { table } = dataset;
  return {
    from: `${table} s LEFT JOIN ${table} p ON ${sameKey(dataset)} AND ${visible('p')}`,
    where: `${visible('s')} AND NOT (${visible('s')}) AND p.published_from IS NULL${ofSeries('s', series)}`,
    parameters: [from, from, to, to, from, from, ...(series === null ? [] : [series])],
    key: 's',
    isGone: '1 = 0',
  };
}

function ofSeries(alias: string, series: number | null): string {
  return series === null ? '' : ` AND ${alias}.series = ?`;
}

function kindOf({ isGone }: Side): string {
  return `CASE WHEN ${isGone} THEN 'REMOVED' WHEN p.published_from IS NULL THEN 'ADDED' ELSE 'CHANGED' END`;
}

interface Counted {
  readonly kind: ChangeKind;
  readonly cells: number;
}

async function countRows(db: Database, sides: readonly Side[]): Promise<Counted[]> {
  const parts = sides.map((side) => `SELECT ${kindOf(side)} AS kind FROM ${side.from} WHERE ${side.where}`);
  const sql = `SELECT kind, COUNT(*) AS cells FROM (${parts.join(' UNION ALL ')}) c GROUP BY kind`;
  const rows = await db.query(
    sql,
    sides.flatMap(({ parameters }) => parameters),
  );
  return rows.map(({ kind, cells }) => ({ kind: kind as ChangeKind, cells: Number(cells) })); // written by kindOf
}

/** The rows found so far with those of another part of the dataset, the wanted ones of all of them. */
async function addRows(
  { query, dialect }: Database,
  dataset: Dataset,
  sides: readonly Side[],
  { first, order }: ChangeList,
  found: readonly DbRow[],
): Promise<DbRow[]> {
  const keys = storedKey(dataset);
  const shown = shownColumns(dataset);
  const select = (side: Side) => {
    const cells = shown.flatMap((column, index) => [
      `${cellOf('p', column)} AS before_${index}`,
      `${cellOf('s', column)} AS after_${index}`,
    ]);
    const columns = contentColumns(dataset).map(
      (name) => `CASE WHEN ${columnDiffers(dialect, name)} THEN '${name} ' ELSE '' END`,
    );
    const list = dialect === 'sqlite' ? columns.join(' || ') : `CONCAT(${columns.join(', ')})`;
    const named = keys.map((name, index) => `${side.key}.${name} AS key_${index}`);
    return `SELECT ${kindOf(side)} AS kind, ${[...named, ...cells].join(', ')}, ${list} AS differing, ${moveOf(dataset)} AS moved
      FROM ${side.from} WHERE ${side.where}`;
  };
  const inOrder = keys.map((_, index) => `key_${index}`).join(', ');
  const by = order === 'key' ? inOrder : `moved IS NULL, moved DESC, ${inOrder}`;
  const rows = await query(
    `SELECT * FROM (${sides.map(select).join(' UNION ALL ')}) c ORDER BY ${by} LIMIT ${Math.trunc(first)}`,
    sides.flatMap(({ parameters }) => parameters),
  );
  const all = [...found, ...rows];
  if (order === 'largest') all.sort((left, right) => rankOf(right) - rankOf(left)); // stable: equal ones stay in the order of the key
  return all.slice(0, first);
}

function rankOf({ moved }: DbRow): number {
  return moved === null || moved === undefined ? -1 : Number(moved);
}

/** Figures and statuses, in the order of the layout. */
function shownColumns({ columns, key }: Dataset): readonly Column[] {
  const statuses = ['obs_status', 'conf_status', 'as_printed', 'qualifier'];
  return columns.filter(({ name, kind }) => !key.includes(name) && (isFigure(kind) || statuses.includes(name)));
}

function isFigure(kind: Column['kind']): boolean {
  return kind === 'count' || kind === 'rupiah' || kind === 'decimal';
}

/** Rupiah as text, since they may be more than a number holds exactly. */
function cellOf(alias: string, { name, kind }: Column): string {
  return kind === 'rupiah' ? `CAST(${alias}.${name} AS CHAR)` : `${alias}.${name}`;
}

/** The figures that a move is told of: not how they were rounded. */
function mainFigures(dataset: Dataset): readonly Column[] {
  const figures = figureColumns(dataset);
  return dataset.columns.filter(({ name, kind }) => figures.includes(name) && isFigure(kind) && name !== 'rounded_to');
}

/** From nothing to something is more than any share. */
const FROM_NOTHING = '1e300';

/** The size of the move of the first figure that both sides state; SQL. */
function moveOf(dataset: Dataset): string {
  const moves = mainFigures(dataset).map(
    ({ name }) =>
      `CASE WHEN p.${name} = 0 AND s.${name} <> 0 THEN ${FROM_NOTHING} WHEN p.${name} = 0 AND s.${name} = 0 THEN 0
        ELSE ABS((s.${name} - p.${name}) * 1.0 / p.${name}) END`,
  );
  return moves.length > 1 ? `COALESCE(${moves.join(', ')})` : (moves[0] ?? 'NULL');
}

function readChange(dataset: Dataset, series: Series | null, row: DbRow): Change {
  const kind = row.kind as ChangeKind; // written by kindOf
  const before = kind === 'ADDED' ? null : readCells(dataset, row, 'before');
  const after = kind === 'REMOVED' ? null : readCells(dataset, row, 'after');
  const columns = kind === 'CHANGED' ? String(row.differing).split(' ').filter(Boolean) : [];
  return {
    key: keyCells(dataset, series, readStored(dataset, row)),
    kind,
    before,
    after,
    columns,
    move: readMove(dataset, before, after),
  };
}

function readStored(dataset: Dataset, row: DbRow): DbRow {
  return Object.fromEntries(storedKey(dataset).map((name, index) => [name, row[`key_${index}`]]));
}

function readCells(dataset: Dataset, row: DbRow, side: 'before' | 'after'): Row {
  const shown = shownColumns(dataset);
  return Object.fromEntries(shown.map(({ name, kind }, index) => [name, readCell(kind, row[`${side}_${index}`])]));
}

function readCell(kind: Column['kind'], value: unknown): Cell {
  if (value === null || value === undefined) return null;
  return kind === 'count' || kind === 'decimal' ? Number(value) : String(value);
}

function readMove(dataset: Dataset, before: Row | null, after: Row | null): number | null {
  const main = mainFigures(dataset).find(
    ({ name }) => (before?.[name] ?? null) !== null && (after?.[name] ?? null) !== null,
  );
  if (!main) return null;
  const [old, now] = [Number(before?.[main.name]), Number(after?.[main.name])];
  if (old === 0) return now === 0 ? 0 : null;
  return (now - old) / Math.abs(old);
}

async function instantOf(db: Database, { name }: Dataset, id: string, now: Instant): Promise<Instant> {
  const release = await findRelease(db, id);
  const { state, instant = null } = release ?? {};
  if (release?.dataset === name && state === 'SEALED' && instant !== null && instant <= now) return instant;
  throw new RequestError(
    'UNKNOWN_RELEASE',
    `${name} has no published release "${id.slice(0, 80)}": its list of releases has them.`,
  );
}
