import type { EntityManager } from 'typeorm';
import type { Seal, Tie } from '../kit/edition.js';
import { RequestError } from '../kit/errors.js';
import type { Instant } from '../kit/period.js';
import { sha256 } from '../kit/sha256.js';
import type { Decision } from './head.js';
import { findAwaited, whyPassed, whyTooFar, whyTooNear } from './sealable.js';
import { insertSeals, isSealed } from './sealing.js';

/**
 * Notes that members of a tie are armed, and seals all members once the last has reported. Gives what
 * `EditionLog.report` answers; an error that is given, not thrown, goes with a change that must be kept: the tie is dead.
 */
export async function reportArmed(
  decision: Decision,
  tie: Tie,
  seals: readonly Seal[],
): Promise<boolean | RequestError> {
  const { tx, now } = decision;
  const instant = demandInstant(tie, seals);
  const known = await findTie(tx, tie);
  if (known?.state === 'SEALED') return areSealed(decision, tie, seals);
  if (known?.state === 'DEAD') return deadTie(tie);
  if (known) demandSame(known, tie, instant);
  const tooFar = whyTooFar(instant, now);
  if (tooFar) throw tooFar;
  const tooLate = await whyTooLate(decision, tie, instant);
  await keepTie(tx, tie, tooLate ? 'DEAD' : 'OPEN', instant);
  if (tooLate)
    return new RequestError('SEAL_TOO_LATE', `${tooLate.message} All that was tied to it has failed as well.`);
  await keepReports(decision, tie, seals);
  return sealWhole(decision, tie, instant);
}

/** Makes a tie fail for ever; false when it is sealed already. */
export async function abandonTie({ tx }: Decision, tie: Tie): Promise<boolean> {
  const known = await findTie(tx, tie);
  if (known?.state === 'SEALED') return false;
  await keepTie(tx, tie, 'DEAD', known?.instant ?? null);
  return true;
}

type TieState = 'OPEN' | 'SEALED' | 'DEAD';

interface StoredTie {
  readonly state: TieState;
  /** Null for one that was abandoned before anybody reported. */
  readonly instant: Instant | null;
  readonly members: string;
}

async function findTie(tx: EntityManager, { id }: Tie): Promise<StoredTie | null> {
  const [row]: Record<string, unknown>[] = await tx.query(
    'SELECT state, instant, members FROM edition_tie WHERE tie = ?',
    [sha256(id)],
  );
  if (!row) return null;
  const instant = row.instant === null ? null : Number(row.instant);
  return { state: String(row.state) as TieState, instant, members: String(row.members) }; // keepTie wrote the state
}

async function keepTie(tx: EntityManager, tie: Tie, state: TieState, instant: Instant | null): Promise<void> {
  await tx.query('DELETE FROM edition_tie WHERE tie = ?', [sha256(tie.id)]);
  await tx.query('INSERT INTO edition_tie (tie, state, instant, members) VALUES (?, ?, ?, ?)', [
    sha256(tie.id),
    state,
    instant,
    membersOf(tie),
  ]);
}

/** A later report of a member takes the place of its earlier one: nothing is decided yet. */
async function keepReports({ tx, now }: Decision, { id }: Tie, seals: readonly Seal[]): Promise<void> {
  for (const { dataset, subgraph, hash } of seals) {
    await tx.query('DELETE FROM armed_report WHERE tie = ? AND dataset = ?', [sha256(id), dataset]);
    await tx.query('INSERT INTO armed_report (tie, dataset, subgraph, hash, reported_at) VALUES (?, ?, ?, ?, ?)', [
      sha256(id),
      dataset,
      subgraph,
      hash,
      now,
    ]);
  }
}

/** The decision: once nobody is missing, and no other tie waits for an earlier instant. */
async function sealWhole(decision: Decision, tie: Tie, instant: Instant): Promise<boolean> {
  const { tx } = decision;
  const reports: Record<string, unknown>[] = await tx.query(
    'SELECT dataset, subgraph, hash FROM armed_report WHERE tie = ? ORDER BY dataset',
    [sha256(tie.id)],
  );
  if (reports.length < tie.members.length) return false;
  const awaited = await findAwaited(decision);
  if (awaited !== null && awaited < instant) return false;
  const seals = reports.map(({ dataset, subgraph, hash }) => ({
    dataset: String(dataset),
    subgraph: String(subgraph),
    instant,
    hash: String(hash),
    historical: false,
  }));
  await insertSeals(decision, seals);
  await keepTie(tx, tie, 'SEALED', instant);
  return true;
}

/** Another publication may have the same instant, since a tie cannot take the next; but no member of the tie. */
async function whyTooLate({ tx, now, newest }: Decision, tie: Tie, instant: Instant): Promise<RequestError | null> {
  const tooNear = whyTooNear(instant, now);
  if (tooNear || instant !== newest) return tooNear ?? whyPassed(instant, newest);
  const sealed: Record<string, unknown>[] = await tx.query('SELECT dataset FROM edition WHERE instant = ?', [instant]);
  return sealed.some(({ dataset }) => tie.members.includes(String(dataset))) ? whyPassed(instant, newest) : null;
}

async function areSealed(decision: Decision, tie: Tie, seals: readonly Seal[]): Promise<boolean | RequestError> {
  for (const seal of seals)
    if (!(await isSealed(decision, seal)))
      return new RequestError(
        'SEAL_TOO_LATE',
        `${tie.id} is sealed, with another hash of ${seal.dataset}: what is sealed is changed by a new release only.`,
      );
  return true;
}

function deadTie({ id }: Tie): RequestError {
  return new RequestError(
    'SEAL_TOO_LATE',
    `${id} has failed, since one of its members was not armed in time or was given up: publish all of them again.`,
  );
}

/** The one instant of these reports. Throws BAD_REQUEST when they are not of this tie. */
function demandInstant({ id, members }: Tie, seals: readonly Seal[]): Instant {
  const names = seals.map(({ dataset }) => dataset);
  const isOfTie = names.every((name, index) => members.includes(name) && names.indexOf(name) === index);
  const instants = new Set(seals.map(({ instant }) => instant));
  const [instant] = instants;
  const isWhole = new Set(members).size === members.length && seals.every(({ historical }) => !historical);
  if (instant !== undefined && instants.size === 1 && isOfTie && isWhole) return instant;
  throw new RequestError(
    'BAD_REQUEST',
    `The reports for ${id} must name members of it, each once, with one instant for all.`,
  );
}

function demandSame(known: StoredTie, tie: Tie, instant: Instant): void {
  if (known.instant === instant && known.members === membersOf(tie)) return;
  throw new RequestError('BAD_REQUEST', `${tie.id} was reported with other members or another instant.`);
}

function membersOf({ members }: Tie): string {
  return JSON.stringify([...members].sort());
}
