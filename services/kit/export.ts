import { csvHeader, csvLine } from './csv-line.js';
import type { Database, DbRow, Dialect } from './database.js';
import { type Dataset, storedKey } from './dataset.js';
import { visible } from './edition.js';
import type { Instant } from './period.js';

/** Which rows of a dataset are wanted. */
export interface Selection {
  /** The sealed and due instant to read at; null while the dataset has none, which is read as no rows. */
  readonly asOf: Instant | null;
  /**
   * Only what this release opened, whether or not it is still seen: the very lines its content hash covers. Nothing
   * where the release lies after `asOf`.
   */
  readonly releaseId?: string;
}

/** How many rows are read at once, and so how much is held in memory. */
const PAGE = 2000;

/**
 * The canonical CSV of a dataset, in pieces: its header, then its rows in the order of the stored key, every line ended by
 * "\n". A page goes on where the last one ended, so that the millionth row costs what the first does. Figures that are
 * withheld are blank, and say so in their status columns.
 */
export async function* exportCsv(db: Database, dataset: Dataset, selection: Selection): AsyncGenerator<string> {
  yield `${csvHeader(dataset)}\n`;
  if (selection.asOf === null) return;
  let last: readonly unknown[] | null = null;
  do {
    const rows: readonly DbRow[] = await findPage(db, dataset, { ...selection, asOf: selection.asOf }, last);
    if (rows.length > 0) yield rows.map(({ line }) => `${line}\n`).join('');
    const end = rows.length === PAGE ? rows.at(-1) : undefined;
    last = end ? storedKey(dataset).map((_, index) => end[`key_${index}`]) : null;
  } while (last !== null);
}

function findPage(
  { query, dialect }: Database,
  dataset: Dataset,
  { asOf, releaseId }: Selection,
  last: readonly unknown[] | null,
): Promise<readonly DbRow[]> {
  const keys = storedKey(dataset).map((name) => `p.${name}`);
  const named = keys.map((key, index) => `${key} AS key_${index}`);
  const wanted =
    releaseId === undefined
      ? { sql: visible('p'), parameters: [asOf, asOf] }
      : { sql: 'p.published_from <= ? AND p.release_id = ?', parameters: [asOf, releaseId] };
  const rest = last === null ? { sql: '1 = 1', parameters: [] } : after(dialect, keys, last);
  return query(
    `SELECT ${csvLine(dialect, dataset, 'p', 'x')} AS line, ${named.join(', ')} FROM ${dataset.table} p ${seriesJoin(dataset)}
      WHERE ${wanted.sql} AND ${rest.sql} ORDER BY ${keys.join(', ')} LIMIT ${PAGE}`,
    [...wanted.parameters, ...rest.parameters],
  );
}

/** A left join, so that the rows are read in their own order; every row has its series. */
export function seriesJoin({ table, series }: Dataset): string {
  return series ? `LEFT JOIN ${table}_series x ON x.id = p.series` : '';
}

/** The condition that a row's key comes after this one, as each database finds its place in the index by. */
export function after(dialect: Dialect, keys: readonly string[], last: readonly unknown[]) {
  if (dialect === 'sqlite')
    return { sql: `(${keys.join(', ')}) > (${keys.map(() => '?').join(', ')})`, parameters: last };
  const later = keys.map((key, index) => {
    const same = keys.slice(0, index).map((earlier) => `${earlier} = ? AND `);
    return `(${same.join('')}${key} > ?)`;
  });
  return { sql: `(${later.join(' OR ')})`, parameters: keys.flatMap((_, index) => last.slice(0, index + 1)) };
}
