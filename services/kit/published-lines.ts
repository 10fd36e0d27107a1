import { setImmediate as nextTurn } from 'node:timers/promises';
import { csvLine, keyLine, restLine } from './csv-line.js';
import type { DbRow, Dialect } from './database.js';
import { type Dataset, storedKey } from './dataset.js';
import { after, seriesJoin } from './export.js';
import type { Instant } from './period.js';
import type { Asked } from './series.js';

/** One row that was ever published, as it is hashed. */
export interface PublishedLine {
  /** Its canonical CSV line, without a line end. */
  readonly line: string;
  /** The same of its key only. */
  readonly keyLine: string;
  /** What else is stored of it: see `restLine`. */
  readonly restLine: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly releaseId: string;
}

/** How many rows are read at once, and so how much is held in memory. */
const PAGE = 2000;

/**
 * Every row of a dataset that was ever published, in pages: in the order of the stored key, in which releases are hashed,
 * and then of time. A page goes on where the last one ended, and others get their turn between.
 */
export async function* publishedLines(
  asked: Asked,
  dialect: Dialect,
  dataset: Dataset,
): AsyncGenerator<readonly PublishedLine[]> {
  const keys = [...storedKey(dataset), 'published_from'].map((name) => `p.${name}`);
  const named = keys.map((key, index) => `${key} AS key_${index}`);
  const lines = `${csvLine(dialect, dataset, 'p', 'x')} AS line, ${keyLine(dialect, dataset, 'p', 'x')} AS key_line, ${restLine(dialect, dataset, 'p')} AS rest_line`;
  const select = `SELECT ${lines}, p.published_to, p.release_id, ${named.join(', ')} FROM ${dataset.table} p ${seriesJoin(dataset)}`;
  let rest: ReturnType<typeof after> = { sql: '1 = 1', parameters: [] };
  for (;;) {
    const sql = `${select} WHERE ${rest.sql} ORDER BY ${keys.join(', ')} LIMIT ${PAGE}`;
    const rows = await asked.query(sql, [...rest.parameters]);
    if (rows.length > 0) yield rows.map((row) => readLine(row, row[`key_${keys.length - 1}`]));
    await nextTurn();
    const end = rows.at(-1);
    if (rows.length < PAGE || !end) return;
    rest = after(
      dialect,
      keys,
      keys.map((_, index) => end[`key_${index}`]),
    );
  }
}

function readLine(row: DbRow, from: unknown): PublishedLine {
  return {
    line: String(row.line),
    keyLine: String(row.key_line),
    restLine: String(row.rest_line),
    from: Number(from),
    to: Number(row.published_to),
    releaseId: String(row.release_id),
  };
}
