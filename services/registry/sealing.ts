import type { Seal } from '../kit/edition.js';
import { RequestError } from '../kit/errors.js';
import type { Decision } from './head.js';
import { findAwaited, isoOf, whyPassed, whyTooFar, whyTooNear } from './sealable.js';

/** Seals all of them, or throws what `EditionLog.seal` does. What is sealed already, exactly so, is left alone. */
export async function sealAll(decision: Decision, seals: readonly Seal[]): Promise<void> {
  refuseTwins(seals);
  const missing: Seal[] = [];
  for (const seal of seals) if (!(await isSealed(decision, seal))) missing.push(seal);
  for (const seal of missing) await refuseUnsealable(decision, seal);
  await insertSeals(decision, missing);
}

/** True when the log holds this very seal. A birth is told from no other by that: it is never sealed again. */
export async function isSealed({ tx }: Decision, { dataset, instant, hash, historical }: Seal): Promise<boolean> {
  if (historical) return false;
  const found: unknown[] = await tx.query(
    'SELECT 1 FROM edition WHERE dataset = ? AND instant = ? AND hash = ? AND historical = 0 LIMIT 1',
    [dataset, instant, hash],
  );
  return found.length > 0;
}

/** Writes seals that were found sealable, one revision each, and moves the head of the log. */
export async function insertSeals({ tx, now, revision, newest }: Decision, seals: readonly Seal[]): Promise<void> {
  for (const [index, { dataset, subgraph, instant, hash, historical }] of seals.entries()) {
    await tx.query(
      'INSERT INTO edition (revision, dataset, subgraph, instant, hash, historical, sealed_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [revision + 1 + index, dataset, subgraph, instant, hash, historical ? 1 : 0, now],
    );
  }
  const last = Math.max(newest, ...seals.map(({ instant }) => instant));
  await tx.query('UPDATE edition_head SET revision = ?, instant = ? WHERE id = 1', [revision + seals.length, last]);
}

/** A birth may lie in the past, once. Everything else lies after all that is sealed, and far enough ahead to be known in time. */
async function refuseUnsealable(decision: Decision, { dataset, instant, historical }: Seal): Promise<void> {
  const { tx, now, newest } = decision;
  if (historical) {
    const earlier: unknown[] = await tx.query('SELECT 1 FROM edition WHERE dataset = ? LIMIT 1', [dataset]);
    if (earlier.length > 0)
      throw new RequestError(
        'DATASET_NOT_EMPTY',
        `Dataset ${dataset} is born already; only its birth may be dated in the past.`,
      );
  }
  const tooLate = historical ? null : (whyTooNear(instant, now) ?? whyPassed(instant, newest));
  const why = tooLate ?? whyTooFar(instant, now);
  if (why) throw why;
  if (!historical) await refuseBeforeTies(decision, instant);
}

/** Sealed first it would make the tie too late, whose members cannot take another instant. */
async function refuseBeforeTies(decision: Decision, instant: number): Promise<void> {
  const awaited = await findAwaited(decision);
  if (awaited === null || instant < awaited) return;
  throw new RequestError(
    'RELEASE_BUSY',
    `Datasets that appear together wait for ${isoOf(awaited)}, and ${isoOf(instant)} is not before it: try again in a second.`,
  );
}

function refuseTwins(seals: readonly Seal[]): void {
  const names = seals.map(({ dataset, instant }) => `${dataset} at ${isoOf(instant)}`);
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined)
    throw new RequestError('BAD_REQUEST', `${twin} is named twice: a dataset has one seal for an instant.`);
}
