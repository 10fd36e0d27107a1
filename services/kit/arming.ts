import type { EntityManager } from 'typeorm';
import { unwriteStage, type Written, writeStage } from './arm.js';
import { refuseDangling } from './dangling.js';
import type { Database, DbRow } from './database.js';
import type { Dataset } from './dataset.js';
import { countIn, type Difference } from './difference.js';
import { controlDisclosure } from './disclosure-control.js';
import type { Seal } from './edition.js';
import { RequestError } from './errors.js';
import { chainHashOf, linkedFacts } from './link.js';
import { findPublishedOverlaps, refuseOverlaps } from './overlap.js';
import type { Instant } from './period.js';
import { chainHead, findRelease, lockSubgraph, moveRelease, newestInstant, type StoredRelease } from './release.js';
import { openStage } from './stage.js';
import { keepWithheld, sealWithheld } from './withheld.js';

/** A release written for an instant and not sealed yet. */
export interface Armed {
  readonly dataset: Dataset;
  readonly releaseId: string;
  readonly instant: Instant;
  /** Its hash in the chain of the dataset. */
  readonly hash: string;
  /** Rows it opened or closed for good. */
  readonly changedCells: number;
}

/**
 * Arms an approved release for an instant, in one transaction: compares its stage with the newest state again, writes
 * it, and demands that this changed exactly the cells that were approved. Throws STALE_DRAFT where others have published
 * the same cells since or taken away what they refer to, RELEASE_BUSY while another release of the dataset waits for its seal.
 */
export function arm({ db, datasets }: Armory, dataset: Dataset, releaseId: string, instant: Instant): Promise<Armed> {
  return db.write((tx) => armIn(tx, { db, datasets }, dataset, releaseId, instant));
}

/** What arming needs: a database, and all datasets that it keeps. */
export interface Armory {
  readonly db: Database;
  readonly datasets: readonly Dataset[];
}

/** The same inside a transaction of the caller. */
export async function armIn(
  tx: EntityManager,
  { db, datasets }: Armory,
  dataset: Dataset,
  releaseId: string,
  instant: Instant,
): Promise<Armed> {
  await lockSubgraph(tx, db.dialect, dataset.subgraph);
  const release = await findRelease(tx, releaseId);
  if (release?.state !== 'APPROVED' || release.stage === null)
    throw new RequestError('RELEASE_NOT_READY', `${releaseId} is ${release?.state ?? 'unknown'}, not APPROVED.`);
  await refuseSecondArming(tx, dataset, release, instant);
  const stage = await openStage(tx, dataset, release.stage);
  const isBirth = release.kind === 'HISTORICAL';
  if (!isBirth)
    refuseOverlaps(release, await findPublishedOverlaps(tx, stage, release.baseInstant, release.approvedAt));
  await refuseDangling(tx, release, stage, datasets);
  const expected = isBirth ? null : await countIn(tx, db.dialect, stage);
  controlDisclosure(release);
  const written = await writeStage({ tx, dialect: db.dialect, stage }, releaseId, instant);
  if (expected) demandExpected(release, expected, written);
  await keepWithheld(tx, db, stage, releaseId, instant);
  const withheld = await sealWithheld(tx, releaseId);
  const previous = await chainHead(tx, dataset.name);
  const cells = written.opened + (expected?.removed ?? 0);
  await moveRelease(tx, releaseId, ['APPROVED'], {
    status: 'ARMED',
    instant,
    content_hash: written.contentHash,
    closed_hash: written.closedHash,
    rest_hash: written.restHash,
    ...withheld,
    changed_cells: cells,
    ...(expected ? { added: expected.added, changed: expected.changed, removed: expected.removed } : {}),
  });
  const { kind } = release;
  const link = { previous, id: releaseId, kind, instant, ...written, withheldHash: withheld.withheld_hash };
  const hash = chainHashOf({ ...link, facts: await findLinkedFacts(tx, releaseId) });
  await moveRelease(tx, releaseId, ['ARMED'], { chain_hash: hash });
  return { dataset, releaseId, instant, hash, changedCells: cells };
}

/** Takes an armed release back, whole, as long as it is not sealed; it waits for another instant then. */
export async function disarm(db: Database, dataset: Dataset, releaseId: string): Promise<void> {
  await db.write((tx) => disarmIn(tx, db, dataset, releaseId));
}

/** The same inside a transaction of the caller. */
export async function disarmIn(
  tx: EntityManager,
  { dialect }: Database,
  dataset: Dataset,
  releaseId: string,
): Promise<void> {
  await lockSubgraph(tx, dialect, dataset.subgraph);
  const release = await findRelease(tx, releaseId);
  if (release?.state !== 'ARMED' || release.instant === null || release.stage === null) return;
  const sealed: unknown[] = await tx.query('SELECT 1 FROM seal WHERE dataset = ? AND instant = ?', [
    dataset.name,
    release.instant,
  ]);
  if (sealed.length > 0) throw new Error(`${releaseId} is sealed; only a new release can change it`);
  const stage = await openStage(tx, dataset, release.stage);
  await unwriteStage({ tx, dialect, stage }, release.instant);
  await tx.query('DELETE FROM withheld_value WHERE release_id = ?', [releaseId]);
  const hashes = { content_hash: null, closed_hash: null, rest_hash: null, withheld_hash: null, chain_hash: null };
  const nothing = { instant: null, ...hashes, withheld_salt: null, changed_cells: null };
  await moveRelease(tx, releaseId, ['ARMED'], { status: 'APPROVED', ...nothing });
}

export function sealOf({ dataset, instant, hash }: Armed): Seal {
  return { dataset: dataset.name, subgraph: dataset.subgraph, instant, hash, historical: false };
}

/** Writes seals into the datasets' own database, where its subgraphs look them up. Those that are there stay. */
export async function copySeals(db: Database, seals: readonly Pick<Seal, 'dataset' | 'instant'>[]): Promise<void> {
  const add = db.dialect === 'sqlite' ? 'INSERT OR IGNORE' : 'INSERT IGNORE';
  await db.write(async (tx) => {
    for (const { dataset, instant } of seals)
      await tx.query(`${add} INTO seal (dataset, instant) VALUES (?, ?)`, [dataset, instant]);
  });
}

/** One release of a subgraph waits for its seal at a time, or those that appear together with it. */
async function refuseSecondArming(
  tx: EntityManager,
  { name, subgraph }: Dataset,
  { kind }: StoredRelease,
  instant: Instant,
): Promise<void> {
  if (kind === 'HISTORICAL') return; // the releases of a birth are armed together
  const [waiting]: { id: string }[] = await tx.query(
    "SELECT id FROM data_release WHERE subgraph = ? AND status = 'ARMED' AND (instant <> ? OR dataset = ?)",
    [subgraph, instant, name],
  );
  if (waiting) throw new RequestError('RELEASE_BUSY', `${waiting.id} is armed and waits for its seal: try again soon.`);
  const newest = await newestInstant(tx, name);
  if (instant <= newest)
    throw new RequestError(
      'SEAL_TOO_LATE',
      `${new Date(instant).toISOString()} is not after ${new Date(newest).toISOString()}, the newest of ${name}.`,
    );
}

/** What was written is what the comparison in the same transaction said: anything else is a bug, and is rolled back. */
function demandExpected({ id }: StoredRelease, { added, changed, removed }: Difference, written: Written): void {
  const expected = { opened: added + changed, closed: changed + removed };
  if (written.opened === expected.opened && written.closed === expected.closed) return;
  const { opened, closed } = written;
  throw new Error(
    `${id}: expected to open ${expected.opened} and close ${expected.closed} rows, opened ${opened} and closed ${closed}`,
  );
}

/** What the database says of a release by now, as it will be verified. */
async function findLinkedFacts(tx: EntityManager, id: string): Promise<readonly (string | number | null)[]> {
  const [row]: DbRow[] = await tx.query('SELECT * FROM data_release WHERE id = ?', [id]);
  return linkedFacts(row ?? {});
}
