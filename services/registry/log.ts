import type { EntityManager } from 'typeorm';
import type { Database } from '../kit/database.js';
import { type EditionLog, SEAL_LEAD_MS, type Seal, type SealedSeal } from '../kit/edition.js';
import { RequestError } from '../kit/errors.js';
import type { Instant } from '../kit/period.js';

/** The edition log on the registry's database. `clock` is the clock by which editions are due. */
export function createEditionLog(db: Database, clock: () => Instant): EditionLog {
  return {
    async read(afterRevision) {
      const rows = await db.query('SELECT * FROM edition WHERE revision > ? ORDER BY revision, instant, dataset', [
        afterRevision,
      ]);
      const seals: SealedSeal[] = rows.map((row) => ({
        revision: Number(row.revision),
        dataset: String(row.dataset),
        subgraph: String(row.subgraph),
        instant: Number(row.instant),
        hash: String(row.hash),
        historical: Number(row.historical) === 1,
      }));
      return { now: clock(), seals };
    },
    seal: (seals) => db.write((tx) => insertSeals(tx, db, seals, clock())),
  };
}

/** The decision: one transaction, serial over all datasets by the lock on the head of the log. */
async function insertSeals(
  tx: EntityManager,
  { dialect }: Database,
  seals: readonly Seal[],
  now: Instant,
): Promise<void> {
  const lock = dialect === 'mysql' ? ' FOR UPDATE' : '';
  const [head]: Record<string, unknown>[] = await tx.query(
    `SELECT revision, instant FROM edition_head WHERE id = 1${lock}`,
  );
  const newest = Number(head?.instant);
  for (const seal of seals) await refuseUnsealable(tx, seal, now, newest);
  const revision = Number(head?.revision) + 1;
  for (const [index, seal] of seals.entries()) {
    const values = [
      revision + index,
      seal.dataset,
      seal.subgraph,
      seal.instant,
      seal.hash,
      seal.historical ? 1 : 0,
      now,
    ];
    await tx.query(
      'INSERT INTO edition (revision, dataset, subgraph, instant, hash, historical, sealed_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      values,
    );
  }
  const last = Math.max(newest, ...seals.map(({ instant }) => instant));
  await tx.query('UPDATE edition_head SET revision = ?, instant = ? WHERE id = 1', [revision + seals.length - 1, last]);
}

/** A birth may lie in the past, once. Everything else lies after all that is sealed, and far enough ahead to be known in time. */
async function refuseUnsealable(tx: EntityManager, seal: Seal, now: Instant, newest: Instant): Promise<void> {
  if (seal.historical) {
    const earlier: unknown[] = await tx.query('SELECT 1 FROM edition WHERE dataset = ? LIMIT 1', [seal.dataset]);
    if (earlier.length > 0)
      throw new RequestError(
        'DATASET_NOT_EMPTY',
        `Dataset ${seal.dataset} is born already; only its birth may be dated in the past.`,
      );
    return;
  }
  const instant = new Date(seal.instant).toISOString();
  if (seal.instant < now + SEAL_LEAD_MS) {
    throw new RequestError(
      'SEAL_TOO_LATE',
      `${instant} is less than ${SEAL_LEAD_MS} ms ahead: readers might not hear of it in time. Take a later instant.`,
    );
  }
  if (seal.instant <= newest) {
    throw new RequestError(
      'SEAL_TOO_LATE',
      `${instant} is not after ${new Date(newest).toISOString()}, which is sealed. Take a later instant.`,
    );
  }
}
