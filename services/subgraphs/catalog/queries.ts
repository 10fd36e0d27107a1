import type { DbRow } from '../../kit/database.js';
import type { Release } from '../../kit/observation.js';
import type { Reader } from '../../kit/reader.js';
import { findWithdrawn, RELEASE_COLUMNS, readRelease, roleOf } from '../../kit/release-row.js';
import type { Redaction } from './types.js';

/** The releases of a dataset up to the reader's instant, newest first. Those armed for later are not told of. */
export async function findReleases(reader: Reader, dataset: string, limit: number): Promise<Release[]> {
  const sql = `SELECT ${RELEASE_COLUMNS} FROM data_release r WHERE r.dataset = ? AND r.instant <= ? AND r.status = 'SEALED' ORDER BY r.instant DESC, r.number DESC LIMIT ?`;
  const [rows, withdrawn] = await Promise.all([
    reader.query(sql, [dataset, reader.asOf, limit]),
    findWithdrawn(reader),
  ]);
  return rows.map((row) => readRelease(row, withdrawn));
}

/** The redactions of a dataset, or of all for null, newest first: at every instant the same, since they act on every one. */
export async function findRedactions(reader: Reader, dataset: string | null, limit: number): Promise<Redaction[]> {
  const where = dataset === null ? '' : 'WHERE d.dataset = ?';
  const sql = `SELECT d.dataset, d.redacted_at, d.reason, d.redacted_by FROM redaction d ${where} ORDER BY d.redacted_at DESC, d.id DESC LIMIT ?`;
  const rows = await reader.query(sql, [...(dataset === null ? [] : [dataset]), limit]);
  return rows.map(readRedaction);
}

function readRedaction(row: DbRow): Redaction {
  return {
    dataset: String(row.dataset),
    redactedAt: new Date(Number(row.redacted_at)).toISOString(),
    reason: String(row.reason),
    role: roleOf(row.redacted_by),
  };
}
