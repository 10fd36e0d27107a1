import type { EntityManager } from 'typeorm';
import { type Armed, arm, copySeals, disarm, disarmIn, sealOf } from './arming.js';
import { isSameCaller } from './caller.js';
import type { Database } from './database.js';
import type { Dataset } from './dataset.js';
import { type EditionLog, SEAL_LEAD_MS, type Tie } from './edition.js';
import { errorText, RequestError } from './errors.js';
import type { Log } from './log.js';
import { findPublishedOverlaps, findScheduledOverlaps, staleDraft } from './overlap.js';
import type { Instant } from './period.js';
import {
  approvalTime,
  findRelease,
  findReleases,
  lockApprovals,
  moveRelease,
  type ReleaseState,
  type StoredRelease,
} from './release.js';
import { type Repeating, repeat } from './repeat.js';
import { dropStage, openStage } from './stage.js';

/** What publishing needs. */
export interface Publisher {
  readonly db: Database;
  readonly log: EditionLog;
  readonly clock: () => Instant;
  readonly datasets: readonly Dataset[];
}

/** How releases go from draft to edition. All of it may be called again after a kill: what is done stays done. */
export interface Publication {
  /**
   * Approves drafts of this database to appear at an instant, or as soon as possible for null. `together` are all the
   * releases that appear with them, other databases' included. Throws OWN_RELEASE, BAD_INSTANT, RELEASE_NOT_READY, or
   * STALE_DRAFT where arming at once found the state changed.
   */
  approve(
    ids: readonly string[],
    approver: string,
    at: Instant | null,
    together?: readonly string[],
  ): Promise<StoredRelease[]>;
  /**
   * Moves an approved release to another instant, before it is armed. Throws BAD_INSTANT, and RELEASE_NOT_READY also for
   * one that appears together with others.
   */
  move(id: string, at: Instant): Promise<StoredRelease>;
  /** Gives up a release that is not sealed, with all it is tied to here. Throws RELEASE_NOT_READY for a sealed one. */
  cancel(id: string): Promise<void>;
  /** Arms what is due soon, seals what is armed, and takes back what came too late. To be called each second. */
  tick(): Promise<void>;
}

/** How long the last arming took of each release that was sealed too late, in milliseconds. */
type Late = Map<string, number>;

/**
 * How long before its instant the arming of a release begins: the seal's lead, and what writing so many rows may take;
 * twice as long as it took when that was too long before.
 */
function armingMs({ id, rowCount }: StoredRelease, late: Late, margin: number): number {
  return SEAL_LEAD_MS + margin + Math.max(Math.ceil(rowCount * MS_PER_ROW), 2 * (late.get(id) ?? 0));
}

/** Twenty-five thousand rows a second, less than half of what we measured: a slower database is learnt from. */
const MS_PER_ROW = 0.04;

/** What the transactions of arming and sealing take, in milliseconds: as a rule, and at the least. */
const MARGIN_MS = 5000;
const LEAST_MARGIN_MS = 250;

export function createPublication(publisher: Publisher, writeLog: Log): Publication {
  const { db, clock } = publisher;
  const late: Late = new Map();
  let running: Promise<void> = Promise.resolve();
  const tick = () => {
    running = running.then(() => publishDue({ ...publisher, late, writeLog }));
    const result = running;
    running = running.catch(() => {});
    return result;
  };

  return {
    tick,
    async approve(ids, approver, at, together = []) {
      const releases = await Promise.all(ids.map((id) => demand(db, id)));
      for (const release of releases) refuseApproval(release, approver, at, clock());
      const tied = together.length > 1 ? [...together].sort() : [];
      if (tied.length > 0 && at === null)
        throw new RequestError(
          'BAD_INSTANT',
          'Releases that appear together need one instant: name it, such as 2026-12-01T08:30+07:00.',
        );
      const facts = { publish_at: at, tied_with: JSON.stringify(tied), approved_by: approver };
      const stale = await db.write((tx) => approveIn(tx, publisher, releases, facts));
      if (stale) await refuseForGood(publisher, stale);
      await tick();
      const after = await Promise.all(ids.map((id) => demand(db, id)));
      for (const { id, state, failure } of after)
        if (state === 'FAILED') throw new RequestError('STALE_DRAFT', failure ?? `${id} could not be published.`);
      return after;
    },
    async move(id, at) {
      refuseInstant(at, clock());
      await refuseTied(db, id);
      const isMoved = await db.write((tx) => moveRelease(tx, id, ['APPROVED'], { publish_at: at }));
      if (!isMoved) throw notReady(id, 'an approved release that is not armed yet');
      return demand(db, id);
    },
    async cancel(id) {
      const { tiedWith } = await demand(db, id);
      for (const one of tiedWith.length > 0 ? tiedWith : [id]) await cancelOne(publisher, one, one === id);
    },
  };
}

const TICK_MS = 1000;

/** Lets the publication work each second; what fails is logged and tried again. */
export function startPublishing(publication: Publication, writeLog: Log): Repeating {
  const work = () =>
    publication.tick().catch((error: unknown) => writeLog('error', 'publication.failed', { cause: errorText(error) }));
  return repeat(work, TICK_MS);
}

/** What the work of each second needs besides. */
interface Worker extends Publisher {
  readonly late: Late;
  readonly writeLog: Log;
}

async function publishDue(worker: Worker): Promise<void> {
  const { db, clock, datasets, late } = worker;
  const names = datasets.map(({ name }) => name);
  for (const release of await findReleases(db, names, ['ARMED'])) await finish(worker, [release], 0);
  const approved = await findReleases(db, names, ['APPROVED']);
  const due = approved.filter(
    (release) => (release.publishAt ?? 0) <= clock() + 2 * armingMs(release, late, MARGIN_MS),
  );
  for (const group of tiedGroups(due)) await publishGroup(worker, group);
}

/** Releases in groups that appear together, those that are wanted first before the others. */
function tiedGroups(releases: readonly StoredRelease[]): StoredRelease[][] {
  const groups = new Map<string, StoredRelease[]>();
  const ordered = [...releases].sort(
    (left, right) => (left.publishAt ?? 0) - (right.publishAt ?? 0) || left.approvedAt - right.approvedAt,
  );
  for (const release of ordered) {
    const key = release.tiedWith.length > 0 ? tieOf([release]).id : release.id;
    groups.set(key, [...(groups.get(key) ?? []), release]);
  }
  return [...groups.values()];
}

async function publishGroup(worker: Worker, group: readonly StoredRelease[]): Promise<void> {
  const { db, log, clock } = worker;
  const isTied = (group[0]?.tiedWith.length ?? 0) > 0;
  const armed: Armed[] = [];
  const beganAt = clock();
  try {
    const instant = await instantFor(worker, group);
    for (const { id, dataset } of group) armed.push(await arm(worker, datasetOf(worker, dataset), id, instant));
  } catch (error) {
    if (isTied && error instanceof RequestError && error.code === 'STALE_DRAFT') await log.abandon(tieOf(group));
    for (const one of armed) await disarm(db, one.dataset, one.releaseId);
    await fail(worker, isTied ? group : group.slice(armed.length), error);
    return;
  }
  const releases = await Promise.all(group.map(({ id }) => demand(db, id)));
  await finish(worker, releases, clock() - beganAt);
}

/**
 * The instant asked for, if it can still be sealed in time and nothing later is sealed; else the next that can. Tied
 * releases have one instant in every database: it is never moved.
 */
async function instantFor({ clock, log, late }: Worker, group: readonly StoredRelease[]): Promise<Instant> {
  const wanted = Math.max(...group.map(({ publishAt }) => publishAt ?? 0));
  if (group.some(({ tiedWith }) => tiedWith.length > 0)) return wanted;
  const { seals } = await log.read(0);
  const newest = seals.reduce((latest, { instant }) => Math.max(latest, instant), 0);
  const rows = Math.max(...group.map((release) => armingMs(release, late, 0)));
  const inTime = wanted >= clock() + rows + LEAST_MARGIN_MS ? wanted : clock() + rows + MARGIN_MS;
  return Math.max(inTime, newest + 1);
}

/**
 * Seals armed releases, or takes them back when the log refuses, and only then. A log that is away is asked again later.
 * `tookMs` is how long they were being armed, where that was now.
 */
async function finish(worker: Worker, releases: readonly StoredRelease[], tookMs: number): Promise<void> {
  const { late, writeLog } = worker;
  const armed = releases.map((release) => armedOf(worker, release));
  try {
    const isSealed = await seal(worker, releases, armed);
    if (isSealed) await conclude(worker, releases); // else others of the tie are still arming: the log says when that is too late
  } catch (error) {
    if (await isInLog(worker, armed)) return conclude(worker, releases);
    const isRefused = error instanceof RequestError && error.code !== 'RELEASE_BUSY'; // a log that is away may have sealed it, or may yet
    writeLog('warn', 'release.unsealed', { releases: releases.map(({ id }) => id), tookMs, cause: errorText(error) });
    for (const { id } of releases) late.set(id, Math.max(tookMs, late.get(id) ?? 0));
    if (isRefused) await takeBack(worker, releases, errorText(error));
  }
}

function seal({ log }: Publisher, releases: readonly StoredRelease[], armed: readonly Armed[]): Promise<boolean> {
  return log.report(tieOf(releases), armed.map(sealOf));
}

/** What appears together, as the log knows it: one release alone is a tie of one. */
function tieOf([first]: readonly StoredRelease[]): Tie {
  if (!first) throw new Error('a tie has releases');
  const { id, dataset, instant, publishAt, tiedWith } = first;
  if (tiedWith.length === 0) return { id: `${id} @${instant}`, members: [dataset] };
  return { id: `${tiedWith.join(' ')} @${publishAt}`, members: tiedWith.map((one) => one.split('/')[0] ?? one) };
}

/** True once the log holds all of them: a reply may have been lost. A log that cannot be read holds nothing we know of. */
async function isInLog({ log }: Publisher, armed: readonly Armed[]): Promise<boolean> {
  const { seals } = await log.read(0).catch(() => ({ seals: [] }));
  return armed.every(({ dataset, instant, hash }) =>
    seals.some((one) => one.dataset === dataset.name && one.instant === instant && one.hash === hash),
  );
}

async function conclude(
  { db, late }: Publisher & { readonly late?: Late },
  releases: readonly StoredRelease[],
): Promise<void> {
  await copySeals(
    db,
    releases.map(({ dataset, instant }) => ({ dataset, instant: instant ?? 0 })),
  );
  for (const release of releases) {
    await moveAndDrop(db, release, ['ARMED'], { status: 'SEALED', failure: null });
    late?.delete(release.id);
  }
}

/** Moves a release to a state that needs no stage any more. Another process may have done so already, or hold on to it. */
async function moveAndDrop(
  db: Database,
  { id, stage }: StoredRelease,
  from: readonly ReleaseState[],
  columns: Readonly<Record<string, unknown>>,
): Promise<void> {
  const isMoved = await db.write((tx) => moveRelease(tx, id, from, { ...columns, stage: null }));
  if (isMoved && stage !== null) await dropStage(db, stage);
}

/**
 * The rows of what cannot be sealed any more are taken back. Alone it takes a later instant, and says so until it is
 * sealed; tied it fails with all others.
 */
async function takeBack(worker: Worker, releases: readonly StoredRelease[], why: string): Promise<void> {
  const { db } = worker;
  for (const release of releases) {
    await disarm(db, datasetOf(worker, release.dataset), release.id);
    if (release.tiedWith.length > 0)
      await fail(worker, [release], new RequestError('SEAL_TOO_LATE', `${release.id}: ${why}`));
    else await db.write((tx) => moveRelease(tx, release.id, ['APPROVED'], { failure: `${TRIED_AGAIN} ${why}` }));
  }
}

const TRIED_AGAIN = 'It came too late for its instant and is tried again for a later one.';

/** A release that can never be published as it is ends here, with the reason; anything else is tried again. */
async function fail({ db, writeLog }: Worker, releases: readonly StoredRelease[], error: unknown): Promise<void> {
  const code = error instanceof RequestError ? error.code : null;
  const isTied = releases.some(({ tiedWith }) => tiedWith.length > 0);
  writeLog('warn', 'release.unarmed', { releases: releases.map(({ id }) => id), cause: errorText(error) });
  if (code !== 'STALE_DRAFT' && !(isTied && code === 'SEAL_TOO_LATE')) return;
  const failure = error instanceof Error ? error.message : String(error);
  for (const release of releases) await moveAndDrop(db, release, ['APPROVED'], { status: 'FAILED', failure });
}

async function cancelOne(publisher: Publisher, id: string, isDemanded: boolean): Promise<void> {
  const { db, log } = publisher;
  const release = await findRelease(db, id);
  const dataset = publisher.datasets.find(({ name }) => name === release?.dataset);
  if (!release || !dataset) return; // tied, and another database's
  if (release.state === 'ARMED' && !(await log.abandon(tieOf([release])))) await conclude(publisher, [release]);
  const isCancelled = await db.write(async (tx) => {
    if (release.state === 'ARMED' && (await findRelease(tx, id))?.state === 'ARMED')
      await disarmIn(tx, db, dataset, id);
    return moveRelease(tx, id, ['DRAFT', 'APPROVED'], { status: 'CANCELLED', stage: null });
  });
  if (isCancelled && release.stage !== null) await dropStage(db, release.stage);
  if (!isCancelled && isDemanded) throw notReady(id, 'a release that is not sealed');
}

function refuseApproval(release: StoredRelease, approver: string, at: Instant | null, now: Instant): void {
  if (release.state !== 'DRAFT') throw notReady(release.id, 'a draft');
  if (isSameCaller(release.createdBy, approver))
    throw new RequestError(
      'OWN_RELEASE',
      `${release.id} was made with this token: another one has to approve it, so that two people have seen it.`,
    );
  if (at !== null) refuseInstant(at, now);
}

/** A release that cannot be approved any more, and why. */
interface Stale {
  readonly release: StoredRelease;
  readonly error: RequestError;
}

/**
 * Approves all of them or none: nobody is overwritten unseen. Approvals of one subgraph wait for one another, so that of
 * two at once the second sees what the first will publish.
 */
async function approveIn(
  tx: EntityManager,
  publisher: Publisher,
  releases: readonly StoredRelease[],
  facts: Readonly<Record<string, unknown>>,
): Promise<Stale | null> {
  const { db, clock } = publisher;
  const subgraphs = new Set(releases.map(({ dataset }) => datasetOf(publisher, dataset).subgraph));
  for (const subgraph of [...subgraphs].sort()) await lockApprovals(tx, db.dialect, subgraph);
  for (const release of releases) {
    const error = await findStale(tx, publisher, release);
    if (error) return { release, error };
  }
  for (const { id, dataset } of releases) {
    const approved = { status: 'APPROVED', ...facts, approved_at: await approvalTime(tx, dataset, clock()) };
    if (!(await moveRelease(tx, id, ['DRAFT'], approved))) throw notReady(id, 'a draft');
  }
  return null;
}

/** What others have published, or have had approved, of the cells of a draft since it was compared. */
async function findStale(
  tx: EntityManager,
  publisher: Publisher,
  release: StoredRelease,
): Promise<RequestError | null> {
  if (release.stage === null) return null;
  const stage = await openStage(tx, datasetOf(publisher, release.dataset), release.stage);
  const published = await findPublishedOverlaps(tx, stage, release.baseInstant, 0);
  const overlaps = published.length > 0 ? published : await findScheduledOverlaps(tx, stage, release.createdAt);
  return overlaps.length > 0 ? staleDraft(release, overlaps) : null;
}

/** A draft that others have overtaken ends: its file has to be compared anew. */
async function refuseForGood({ db }: Publisher, { release, error }: Stale): Promise<never> {
  await moveAndDrop(db, release, ['DRAFT'], { status: 'FAILED', failure: error.message });
  throw error;
}

function refuseInstant(at: Instant, now: Instant): void {
  const earliest = now + SEAL_LEAD_MS;
  if (at >= earliest) return;
  throw new RequestError(
    'BAD_INSTANT',
    `${new Date(at).toISOString()} is in the past or too near: name an instant after ${new Date(earliest).toISOString()}, or none for as soon as possible.`,
  );
}

/** Those that appear together lie in several databases, and have one instant in all of them. */
async function refuseTied(db: Database, id: string): Promise<void> {
  const { tiedWith } = await demand(db, id);
  if (tiedWith.length === 0) return;
  throw new RequestError(
    'RELEASE_NOT_READY',
    `${id} appears together with ${tiedWith.filter((one) => one !== id).join(', ')}: cancel them, publish their files again and approve those for the other instant.`,
  );
}

function armedOf(publisher: Publisher, release: StoredRelease): Armed {
  const { id, instant, chainHash, difference } = release;
  return {
    dataset: datasetOf(publisher, release.dataset),
    releaseId: id,
    instant: instant ?? 0,
    hash: chainHash ?? '',
    changedCells: (difference?.added ?? 0) + (difference?.changed ?? 0) + (difference?.removed ?? 0),
  };
}

function datasetOf({ datasets }: Publisher, name: string): Dataset {
  const found = datasets.find((dataset) => dataset.name === name);
  if (found) return found;
  throw new Error(`dataset ${name} is not kept here`);
}

async function demand(db: Database, id: string): Promise<StoredRelease> {
  const release = await findRelease(db, id);
  if (release) return release;
  throw new RequestError(
    'UNKNOWN_RELEASE',
    `There is no release "${id}": the list of releases of its dataset has them.`,
  );
}

function notReady(id: string, wanted: string): RequestError {
  return new RequestError('RELEASE_NOT_READY', `${id} is not ${wanted}: look it up in the list of releases.`);
}
