import { ROLES } from './caller.js';
import type { DbRow } from './database.js';
import type { Release } from './observation.js';
import type { Reader } from './reader.js';
import { numberOrNull, textOrNull } from './source.js';

/** What a reading statement selects of the release joined as `r`, under names that meet no other column. */
export const RELEASE_COLUMNS = `r.id AS release_id, r.dataset AS release_dataset, r.kind AS release_kind, r.instant AS release_instant,
  r.reason AS release_reason, r.supersedes AS release_supersedes, r.reference_period AS release_period, r.row_count AS release_rows,
  r.changed_cells AS release_changed_cells, r.added AS release_added, r.removed AS release_removed, r.content_hash AS release_content_hash,
  r.chain_hash AS release_chain_hash, r.policy_version AS release_policy, r.created_by AS release_created_by, r.approved_by AS release_approved_by`;

/** Ids of the releases that are withdrawn at the reader's instant. */
export type Withdrawn = ReadonlySet<string>;

/** The releases of this database that a withdrawal names, of those due at the reader's instant; one statement per edition. */
export function findWithdrawn(reader: Reader): Promise<Withdrawn> {
  return reader.remember('withdrawn', async () => {
    const sql = `SELECT w.supersedes FROM data_release w WHERE w.kind = 'WITHDRAWAL' AND w.supersedes IS NOT NULL AND w.instant <= ?`;
    return new Set((await reader.query(sql, [reader.asOf])).map(({ supersedes }) => String(supersedes)));
  });
}

/** The release of a row selected with RELEASE_COLUMNS. A row that readers see has an armed release. */
export function readRelease(row: DbRow, withdrawn: Withdrawn): Release {
  const id = String(row.release_id);
  return {
    id,
    dataset: String(row.release_dataset),
    kind: String(row.release_kind) as Release['kind'], // written by us from the list of kinds
    status: withdrawn.has(id) ? 'WITHDRAWN' : 'PUBLISHED',
    publishedAt: new Date(Number(row.release_instant)).toISOString(),
    reason: textOrNull(row.release_reason),
    supersedes: textOrNull(row.release_supersedes),
    referencePeriod: textOrNull(row.release_period),
    rowCount: numberOrNull(row.release_rows),
    changedCells: Number(row.release_changed_cells),
    addedCells: numberOrNull(row.release_added),
    removedCells: numberOrNull(row.release_removed),
    contentHash: String(row.release_content_hash),
    chainHash: textOrNull(row.release_chain_hash),
    policyVersion: textOrNull(row.release_policy),
    createdByRole: roleOf(row.release_created_by),
    approvedByRole: roleOf(row.release_approved_by),
  };
}

/** Whom releases are made and approved by, as told to everybody. */
const ROLE_WORDS: readonly unknown[] = [...ROLES, 'system'].map((word) => word.toUpperCase());

/** `tok_ab12cd34 publisher` as PUBLISHER: who it was stays with us. Null where no role is stored. */
export function roleOf(stored: unknown): string | null {
  const word = String(stored ?? '')
    .split(' ')
    .at(-1)
    ?.toUpperCase();
  return word !== undefined && ROLE_WORDS.includes(word) ? word : null;
}
