import type { Release } from '../../kit/observation.js';
import type { Reader } from '../../kit/reader.js';
import { RELEASE_COLUMNS, readRelease } from '../../kit/release-row.js';

/** The releases of a dataset up to the reader's instant, newest first. */
export async function findReleases(reader: Reader, dataset: string, limit: number): Promise<Release[]> {
  const sql = `SELECT ${RELEASE_COLUMNS} FROM data_release r WHERE r.dataset = ? AND r.instant <= ? ORDER BY r.instant DESC, r.number DESC LIMIT ?`;
  return (await reader.query(sql, [dataset, reader.asOf, limit])).map(readRelease);
}
