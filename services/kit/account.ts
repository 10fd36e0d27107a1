import type { Database, DbRow } from './database.js';
import { type Link, linkedFacts } from './link.js';
import type { Instant } from './period.js';
import { findRedactions, type Redaction } from './redaction.js';
import { textOrNull } from './source.js';

/** A release that is written in the published table, with the hashes that were kept of it. */
export interface Kept extends Omit<Link, 'previous' | 'contentHash' | 'closedHash' | 'restHash' | 'withheldHash'> {
  readonly state: string;
  readonly contentHash: string | null;
  /** Null, like the chain hash, for a release from before releases were hashed line by line. */
  readonly closedHash: string | null;
  readonly restHash: string | null;
  readonly withheldHash: string | null;
  readonly withheldSalt: string | null;
  readonly chainHash: string | null;
}

/** What the database says of a dataset beside its rows. */
export interface Account {
  readonly dataset: string;
  /** In the order of their instants. */
  readonly releases: readonly Kept[];
  readonly redactions: readonly Redaction[];
  /** The instants whose seals were copied. */
  readonly sealed: readonly Instant[];
}

export async function readAccount(db: Database, dataset: string): Promise<Account> {
  const releases = await db.query(
    'SELECT * FROM data_release WHERE dataset = ? AND instant IS NOT NULL ORDER BY instant, number',
    [dataset],
  );
  const seals = await db.query('SELECT instant FROM seal WHERE dataset = ? ORDER BY instant', [dataset]);
  return {
    dataset,
    releases: releases.map(readKept),
    redactions: await findRedactions({ query: db.query }, dataset),
    sealed: seals.map(({ instant }) => Number(instant)),
  };
}

/** True when nothing was armed, taken back or redacted between the two. */
export function isSameAccount(before: Account, after: Account): boolean {
  const text = ({ releases, redactions }: Account) =>
    JSON.stringify([releases.map(({ id, instant, chainHash }) => [id, instant, chainHash]), redactions.length]);
  return text(before) === text(after);
}

function readKept(row: DbRow): Kept {
  return {
    id: String(row.id),
    kind: String(row.kind),
    state: String(row.status),
    instant: Number(row.instant),
    contentHash: textOrNull(row.content_hash),
    closedHash: textOrNull(row.closed_hash),
    chainHash: textOrNull(row.chain_hash),
    restHash: textOrNull(row.rest_hash),
    withheldHash: textOrNull(row.withheld_hash),
    withheldSalt: textOrNull(row.withheld_salt),
    facts: linkedFacts(row),
  };
}
