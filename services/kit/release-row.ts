import type { DbRow } from './database.js';
import type { Release } from './observation.js';
import { textOrNull } from './source.js';

/** What a reading statement selects of the release joined as `r`, under names that meet no other column. */
export const RELEASE_COLUMNS = `r.id AS release_id, r.dataset AS release_dataset, r.kind AS release_kind, r.instant AS release_instant,
  r.reason AS release_reason, r.changed_cells AS release_changed_cells, r.content_hash AS release_content_hash`;

/** The release of a row selected with RELEASE_COLUMNS. A row that readers see has an armed release. */
export function readRelease(row: DbRow): Release {
  return {
    id: String(row.release_id),
    dataset: String(row.release_dataset),
    kind: String(row.release_kind) as Release['kind'], // written by us from the list of kinds
    status: 'PUBLISHED',
    publishedAt: new Date(Number(row.release_instant)).toISOString(),
    reason: textOrNull(row.release_reason),
    changedCells: Number(row.release_changed_cells),
    contentHash: String(row.release_content_hash),
  };
}
