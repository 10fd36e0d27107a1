import type { EntityManager } from 'typeorm';
import type { Database } from '../kit/database.js';
import type { EditionLog, SealedSeal } from '../kit/edition.js';
import type { Instant } from '../kit/period.js';
import { createHead, type Decision } from './head.js';
import { sealAll } from './sealing.js';
import { abandonTie, reportArmed } from './tie.js';

/** The edition log on the registry's database. `clock` is the clock by which editions are due. */
export function createEditionLog(db: Database, clock: () => Instant): EditionLog {
  const head = createHead(db, clock);
  return {
    async read(afterRevision) {
      const now = await head.look();
      const seals = await findSeals(db, afterRevision);
      const [row] = await db.query('SELECT COUNT(*) AS redactions FROM redaction_epoch');
      return { now, seals, redactions: Number(row?.redactions) };
    },
    seal: (seals) => head.decide((decision) => sealAll(decision, seals)),
    async report(tie, seals) {
      const answer = await head.decide((decision) => reportArmed(decision, tie, seals));
      if (typeof answer === 'boolean') return answer;
      throw answer;
    },
    abandon: (tie) => head.decide((decision) => abandonTie(decision, tie)),
    recordRedaction: (dataset) => head.decide((decision) => beginEpoch(decision, dataset)),
  };
}

async function findSeals({ query }: Database, afterRevision: number): Promise<SealedSeal[]> {
  const rows = await query('SELECT * FROM edition WHERE revision > ? ORDER BY revision, instant, dataset', [
    afterRevision,
  ]);
  return rows.map((row) => ({
    revision: Number(row.revision),
    dataset: String(row.dataset),
    subgraph: String(row.subgraph),
    instant: Number(row.instant),
    hash: String(row.hash),
    historical: Number(row.historical) === 1,
  }));
}

async function beginEpoch({ tx, now }: Decision, dataset: string): Promise<void> {
  const epoch = (await countEpochs(tx)) + 1;
  await tx.query('INSERT INTO redaction_epoch (epoch, dataset, recorded_at) VALUES (?, ?, ?)', [epoch, dataset, now]);
}

async function countEpochs(tx: EntityManager): Promise<number> {
  const [row]: Record<string, unknown>[] = await tx.query('SELECT COUNT(*) AS epochs FROM redaction_epoch');
  return Number(row?.epochs);
}
