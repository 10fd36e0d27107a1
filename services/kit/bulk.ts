import { Readable } from 'node:stream';
import type { EntityManager } from 'typeorm';
import type { Database } from './database.js';
import type { Cell } from './dataset.js';

/** As many rows as one statement takes; more in one gave nothing on SQLite. */
const ROWS = 100;

/** Writes checked rows into a table, each as cells in the order of the columns, the fastest way the database takes them. */
export async function insertRows(
  tx: EntityManager,
  { takesStreams }: Database,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  if (takesStreams) return streamRows(tx, table, columns, rows);
  const one = `(${columns.map(() => '?').join(', ')})`;
  for (let start = 0; start < rows.length; start += ROWS) {
    const some = rows.slice(start, start + ROWS);
    const values = some.map(() => one).join(', ');
    await tx.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values}`, some.flat());
  }
}

/** What mysql2 says of a LOAD DATA. */
interface Loaded {
  readonly affectedRows: number;
  readonly warningStatus: number;
}

/** The part of a mysql2 connection used here. */
interface Connection {
  query(
    options: { readonly sql: string; readonly infileStreamFactory: () => Readable },
    done: (error: Error | null, result: Loaded) => void,
  ): void;
}

/**
 * Sends rows as text that the server reads as a file. It would cut or skip what does not fit, and only warn: any warning
 * is an error here.
 */
async function streamRows(
  tx: EntityManager,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  const connection = (await tx.queryRunner?.connect()) as Connection; // what typeorm's MySQL runner gives
  const sql = `LOAD DATA LOCAL INFILE 'rows' INTO TABLE ${table} CHARACTER SET utf8mb4
    FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' (${columns.join(', ')})`;
  const text = Buffer.from(rows.map(lineOf).join(''));
  const { affectedRows, warningStatus } = await new Promise<Loaded>((resolve, reject) =>
    connection.query({ sql, infileStreamFactory: () => Readable.from([text]) }, (error, result) =>
      error ? reject(error) : resolve(result),
    ),
  );
  if (affectedRows === rows.length && warningStatus === 0) return;
  throw new Error(`${table}: ${affectedRows} of ${rows.length} rows were taken, with ${warningStatus} warnings`);
}

function lineOf(cells: readonly Cell[]): string {
  let line = '';
  for (const cell of cells) line += `${line === '' ? '' : '\t'}${textOf(cell)}`;
  return `${line}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' };

function textOf(cell: Cell): string {
  if (cell === null) return '\\N';
  const text = String(cell);
  return /[\\\t\n\r\0]/.test(text) ? text.replace(/[\\\t\n\r\0]/g, (one) => ESCAPES[one] ?? one) : text;
}
