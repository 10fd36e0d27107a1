import type { EntityManager } from 'typeorm';
import type { Database } from '../kit/database.js';
import type { Instant } from '../kit/period.js';

/** What a decision of the log is made on: one at a time, by the lock on its head. */
export interface Decision {
  readonly tx: EntityManager;
  /** The log's clock, looked at when the lock was held. */
  readonly now: Instant;
  readonly revision: number;
  /** The newest sealed instant. */
  readonly newest: Instant;
}

/** The head of the log: decisions one after the other, and readers that are never told less than is due. */
export interface Head {
  /** Runs the work in one transaction that holds the head. */
  decide<T>(work: (decision: Decision) => Promise<T>): Promise<T>;
  /**
   * Looks at the clock, and resolves once every decision that looked at it earlier has ended. Who reads the log after
   * that misses no seal less than the lead ahead of the clock, however long a commit took.
   */
  look(): Promise<Instant>;
}

/**
 * `clock` is the clock by which editions are due. Should it be set back, decisions still go by the latest time that a
 * reader was told: what is near to readers is near, whatever the clock says.
 */
export function createHead(db: Database, clock: () => Instant): Head {
  let deciding: Promise<void> = Promise.resolve();
  let told = Number.NEGATIVE_INFINITY;
  return {
    async decide(work) {
      let end = () => {};
      try {
        return await db.write(async (tx) => {
          const head = await lockHead(tx, db);
          deciding = new Promise((resolve) => {
            end = resolve;
          });
          return work({ tx, now: Math.max(told, clock()), ...head });
        });
      } finally {
        end();
      }
    },
    async look() {
      const now = clock();
      told = Math.max(told, now);
      await deciding;
      if (db.dialect === 'mysql') await db.query('SELECT revision FROM edition_head WHERE id = 1 LOCK IN SHARE MODE'); // waits for other processes too
      return now;
    },
  };
}

async function lockHead(tx: EntityManager, { dialect }: Database): Promise<Pick<Decision, 'revision' | 'newest'>> {
  const lock = dialect === 'mysql' ? ' FOR UPDATE' : '';
  const [head]: Record<string, unknown>[] = await tx.query(
    `SELECT revision, instant FROM edition_head WHERE id = 1${lock}`,
  );
  return { revision: Number(head?.revision), newest: Number(head?.instant) };
}
