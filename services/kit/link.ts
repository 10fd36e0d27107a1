import type { DbRow } from './database.js';
import type { Instant } from './period.js';
import { sha256 } from './sha256.js';

/** Everything of a release that its hash in the chain covers, its predecessor's hash first. */
export interface Link {
  readonly previous: string;
  readonly id: string;
  readonly kind: string;
  readonly instant: Instant;
  readonly contentHash: string;
  readonly closedHash: string;
  readonly restHash: string;
  readonly withheldHash: string;
  /** What else it says of itself: why, for what, from which file, by whom, and how much it changed. */
  readonly facts: readonly (string | number | null)[];
}

/** The columns of a release that say what is in no row: each is fixed once the release is armed. */
export const LINKED_COLUMNS = [
  'supersedes',
  'reason',
  'policy_version',
  'reference_period',
  'file_name',
  'file_hash',
  'scope',
  'acknowledged',
  'created_by',
  'approved_by',
  'row_count',
  'added',
  'changed',
  'removed',
  'changed_cells',
] as const;

/** These columns of a row, as both databases give them. */
export function linkedFacts(row: DbRow): readonly (string | number | null)[] {
  return LINKED_COLUMNS.map((name) => {
    const value = row[name];
    if (value === null || value === undefined || value === '') return null;
    return COUNTS.has(name) ? Number(value) : String(value);
  });
}

const COUNTS: ReadonlySet<string> = new Set(['row_count', 'added', 'changed', 'removed', 'changed_cells']);

export function chainHashOf(link: Link): string {
  const { previous, id, kind, instant, contentHash, closedHash, restHash, withheldHash, facts } = link;
  return sha256(JSON.stringify([previous, id, kind, instant, contentHash, closedHash, restHash, withheldHash, facts]));
}
