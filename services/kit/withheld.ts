import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { sameKey } from './arm.js';
import { insertRows } from './bulk.js';
import type { Database, DbRow } from './database.js';
import { type Cell, rowKey } from './dataset.js';
import type { Instant } from './period.js';
import { findPieces, inPiece } from './reach.js';
import type { Asked } from './series.js';
import { sha256 } from './sha256.js';
import { type Stage, stageTable } from './stage.js';

const COLUMNS = ['release_id', 'row_hash', 'column_name', 'dataset', 'row_key', 'value'];

/** The true values of what a release withholds go where only disclosure control reads them, piece by piece. */
export async function keepWithheld(
  tx: EntityManager,
  db: Database,
  stage: Stage,
  releaseId: string,
  at: Instant,
): Promise<void> {
  const { dataset, id } = stage;
  for (const piece of await findPieces(tx, stage)) {
    const { sql, parameters } = inPiece(db.dialect, dataset, 's', piece);
    const rows: DbRow[] = await tx.query(
      `SELECT s.* FROM ${stageTable(id)} s JOIN ${dataset.table} p ON ${sameKey(dataset)} AND p.published_from = ?
        WHERE ${sql} AND s.withheld IS NOT NULL`,
      [at, ...parameters],
    );
    const cells = rows.flatMap((row) => cellsOf(stage, releaseId, row));
    if (cells.length > 0) await insertRows(tx, db, 'withheld_value', COLUMNS, cells);
  }
}

function cellsOf({ dataset, series }: Stage, releaseId: string, row: DbRow): Cell[][] {
  const dimensions = series?.all().get(Number(row.series)) ?? {};
  const named = dataset.key.map((name) => [name, dimensions[name] ?? String(row[name] ?? '')] as const);
  const key = rowKey(dataset, Object.fromEntries(named.map(([name, cell]) => [name, cell === '' ? null : cell])));
  const values = JSON.parse(String(row.withheld)) as Readonly<Record<string, unknown>>; // written by the stage
  return Object.entries(values).map(([column, value]) => [
    releaseId,
    sha256(key),
    column,
    dataset.name,
    key,
    String(value),
  ]);
}

/** What of a release's withheld values is in its hash. */
export interface WithheldSeal {
  /** Random, and as confidential as the values: small counts could be guessed from a hash of them alone. */
  readonly withheld_salt: string | null;
  /** Empty text where nothing is withheld. */
  readonly withheld_hash: string;
}

/** Seals the withheld values that were kept of a release. */
export async function sealWithheld(asked: Asked, releaseId: string): Promise<WithheldSeal> {
  const salt = randomBytes(16).toString('hex');
  const hash = await hashWithheld(asked, releaseId, salt);
  return { withheld_salt: hash === '' ? null : salt, withheld_hash: hash };
}

const PAGE = 5000;

/** The hash over a release's withheld values, page by page; empty text where there are none. */
export async function hashWithheld(asked: Asked, releaseId: string, salt: string): Promise<string> {
  const hash = createHash('sha256').update(salt);
  let last: readonly unknown[] = ['', ''];
  for (let isFirst = true; ; isFirst = false) {
    const rows = await asked.query(
      `SELECT row_hash, column_name, row_key, value FROM withheld_value
        WHERE release_id = ? AND (row_hash > ? OR (row_hash = ? AND column_name > ?))
        ORDER BY row_hash, column_name LIMIT ${PAGE}`,
      [releaseId, last[0], last[0], last[1]],
    );
    if (rows.length === 0) return isFirst ? '' : hash.digest('hex');
    for (const { row_key, column_name, value } of rows)
      hash.update(JSON.stringify([String(row_key), String(column_name), String(value)]));
    const end = rows.at(-1);
    last = [end?.row_hash, end?.column_name];
  }
}
