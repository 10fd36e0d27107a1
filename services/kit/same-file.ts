import type { Database } from './database.js';
import type { Dataset } from './dataset.js';
import { POLICY_VERSION } from './disclosure.js';
import { findRelease, newestInstant, type ReleaseKind, type Scope, type StoredRelease } from './release.js';

/** A file that is to be published, before it is looked at. */
export interface SameFile {
  readonly fileHash: string;
  readonly scope: Scope;
  readonly kind: ReleaseKind;
  readonly reason: string | null;
  readonly supersedes: string | null;
}

/**
 * The release that these very bytes have made already, so that asking twice does nothing twice: one that waits to be
 * approved or published, or the newest of its dataset. Null where there is none, or others have published since.
 */
export async function findSameFile(db: Database, dataset: Dataset, wanted: SameFile): Promise<StoredRelease | null> {
  const rows = await db.query(
    'SELECT id FROM data_release WHERE dataset = ? AND file_hash = ? AND policy_version = ? ORDER BY number DESC',
    [dataset.name, wanted.fileHash, POLICY_VERSION],
  );
  const newest = await newestInstant(db, dataset.name);
  for (const { id } of rows) {
    const release = await findRelease(db, String(id));
    if (release && saysTheSame(release, wanted) && isUpToDate(release, newest)) return release;
  }
  return null;
}

function saysTheSame(release: StoredRelease, { scope, kind, reason, supersedes }: SameFile): boolean {
  if (JSON.stringify(release.scope) !== JSON.stringify(scope)) return false;
  if (release.state === 'SEALED') return true; // the figures are there, whatever they are called
  const isKind = release.kind === kind || (release.kind === 'REVISION' && kind === 'REGULAR');
  const isRevised = release.supersedes === supersedes || (release.kind === 'REVISION' && supersedes === null); // found by us
  return isKind && release.reason === reason && isRevised;
}

function isUpToDate({ state, instant, baseInstant }: StoredRelease, newest: number): boolean {
  if (state === 'SEALED' || state === 'ARMED') return instant === newest;
  return (state === 'DRAFT' || state === 'APPROVED') && baseInstant === newest;
}
