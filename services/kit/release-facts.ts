import type { Caller } from './caller.js';
import type { Database } from './database.js';
import { OPEN } from './edition.js';
import { RequestError } from './errors.js';
import type { Instant } from './period.js';
import { withinRegion } from './permission.js';
import { COUNTRY_CODE } from './region-code.js';
import { findRelease, findReleases, listReleases, type StoredRelease } from './release.js';

/**
 * Where a release stands, in the words of the API: SCHEDULED has its instant and readers do not see it yet; WITHDRAWN was
 * published, and a withdrawal has emptied it since.
 */
export type ReleaseStatus = 'DRAFT' | 'APPROVED' | 'SCHEDULED' | 'PUBLISHED' | 'WITHDRAWN' | 'CANCELLED' | 'FAILED';

/** What everybody may know of a release that is published. */
export interface PublicRelease {
  readonly id: string;
  readonly dataset: string;
  readonly number: number;
  readonly kind: string;
  readonly status: ReleaseStatus;
  /** Since when readers see it, in ISO 8601; null before that is decided. */
  readonly publishedAt: string | null;
  readonly reason: string | null;
  readonly supersedes: string | null;
  readonly rows: number;
  /** Cells added, changed, removed and left as they were; null for a first load. */
  readonly difference: StoredRelease['difference'];
  readonly contentHash: string | null;
  readonly chainHash: string | null;
  readonly policyVersion: string | null;
}

/** What those who publish and approve know beside. */
export interface KnownRelease extends PublicRelease {
  /** When it was approved to be published; null for as soon as possible, or when it is not approved. */
  readonly publishAt: string | null;
  readonly tiedWith: readonly string[];
  readonly fileName: string | null;
  readonly fileHash: string | null;
  readonly region: string | null;
  readonly keepsMissing: boolean;
  readonly locale: string;
  readonly acknowledged: readonly string[];
  readonly createdAt: string;
  readonly createdBy: string;
  readonly approvedBy: string | null;
  /** Why it could not be published; null where it could. */
  readonly failure: string | null;
}

/**
 * The releases of a dataset: those that are published, and with a caller all that lie in its region. Those that have no
 * instant yet come first, then the others by their instant, the newest first; what was given up stands where it was made.
 */
export async function findFacts(
  db: Database,
  dataset: string,
  caller: Caller | null,
  first: number,
  now: Instant,
): Promise<readonly (PublicRelease | KnownRelease)[]> {
  const sealed = await findReleases(db, [dataset], ['SEALED']);
  const published = sealed.filter((release) => isPublished(release, now));
  const withdrawn = withdrawnBy(published);
  if (caller === null)
    return published
      .sort(newestFirst)
      .slice(0, first)
      .map((release) => publicFacts(release, now, withdrawn));
  const all = await listReleases(db, dataset, MOST_LISTED);
  return all
    .filter((release) => isSeenBy(caller, release, now))
    .sort(newestFirst)
    .slice(0, first)
    .map((release) => knownFacts(release, now, withdrawn));
}

const MOST_LISTED = 10_000;

function newestFirst(left: StoredRelease, right: StoredRelease): number {
  const [one, other] = [placeInTime(left), placeInTime(right)];
  return one === other ? right.number - left.number : other - one;
}

function placeInTime({ state, instant, publishAt, createdAt }: StoredRelease): Instant {
  const at = instant ?? publishAt;
  const isOpen = at === null && (state === 'DRAFT' || state === 'APPROVED');
  return isOpen ? OPEN : (at ?? createdAt);
}

/** One release, as its caller may know it. Throws UNKNOWN_RELEASE in the same words for none and for one it may not know. */
export async function factsOfRelease(
  db: Database,
  release: StoredRelease,
  caller: Caller | null,
  now: Instant,
): Promise<PublicRelease | KnownRelease> {
  const sealed = await findReleases(db, [release.dataset], ['SEALED']);
  const withdrawn = withdrawnBy(sealed.filter((one) => isPublished(one, now)));
  return caller === null ? publicFacts(release, now, withdrawn) : knownFacts(release, now, withdrawn);
}

/** The release with this number or id, if it is published or the caller may know of it. Throws UNKNOWN_RELEASE. */
export async function demandSeen(
  db: Database,
  id: string,
  caller: Caller | null,
  now: Instant,
): Promise<StoredRelease> {
  const release = await findRelease(db, id);
  if (release && (isPublished(release, now) || (caller !== null && isSeenBy(caller, release, now)))) return release;
  throw new RequestError(
    'UNKNOWN_RELEASE',
    `There is no release "${id.slice(0, 80)}": the list of releases of its dataset has those there are.`,
  );
}

/** True once readers see it. */
export function isPublished({ state, instant }: StoredRelease, now: Instant): boolean {
  return state === 'SEALED' && instant !== null && instant <= now;
}

function isSeenBy(caller: Caller, release: StoredRelease, now: Instant): boolean {
  return isPublished(release, now) || withinRegion(caller.region, release.scope.region ?? COUNTRY_CODE);
}

function withdrawnBy(published: readonly StoredRelease[]): ReadonlySet<string> {
  const withdrawals = published.filter(({ kind }) => kind === 'WITHDRAWAL');
  return new Set(withdrawals.flatMap(({ supersedes }) => supersedes ?? []));
}

function statusOf(release: StoredRelease, now: Instant, withdrawn: ReadonlySet<string>): ReleaseStatus {
  const { state, publishAt, id } = release;
  if (isPublished(release, now)) return withdrawn.has(id) ? 'WITHDRAWN' : 'PUBLISHED';
  if (state === 'ARMED' || state === 'SEALED') return 'SCHEDULED';
  return state === 'APPROVED' && publishAt !== null ? 'SCHEDULED' : state;
}

function publicFacts(release: StoredRelease, now: Instant, withdrawn: ReadonlySet<string>): PublicRelease {
  const { id, dataset, number, kind, instant, reason, supersedes, rowCount, difference } = release;
  const { contentHash, chainHash, policyVersion } = release;
  return {
    id,
    dataset,
    number,
    kind,
    status: statusOf(release, now, withdrawn),
    publishedAt: timeOf(instant),
    reason,
    supersedes,
    rows: rowCount,
    difference,
    contentHash,
    chainHash,
    policyVersion,
  };
}

function knownFacts(release: StoredRelease, now: Instant, withdrawn: ReadonlySet<string>): KnownRelease {
  const { publishAt, tiedWith, fileName, fileHash, scope, acknowledged, createdAt, createdBy } = release;
  return {
    ...publicFacts(release, now, withdrawn),
    publishAt: timeOf(publishAt),
    tiedWith,
    fileName,
    fileHash,
    region: scope.region,
    keepsMissing: scope.keepsMissing,
    locale: scope.locale,
    acknowledged,
    createdAt: new Date(createdAt).toISOString(),
    createdBy,
    approvedBy: release.approvedBy,
    failure: release.failure,
  };
}

function timeOf(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
