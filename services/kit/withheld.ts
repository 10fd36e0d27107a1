import type { EntityManager } from 'typeorm';
import { sameKey } from './arm.js';
import { insertRows } from './bulk.js';
import type { Database, DbRow } from './database.js';
import { type Cell, rowKey } from './dataset.js';
import type { Instant } from './period.js';
import { findPieces, inPiece } from './reach.js';
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
