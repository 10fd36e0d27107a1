import { createHash, type Hash } from 'node:crypto';
import { type Account, isSameAccount, type Kept, readAccount } from './account.js';
import { csvHeader } from './csv-line.js';
import type { Database } from './database.js';
import type { Bilingual, Dataset } from './dataset.js';
import { type EditionLog, OPEN, type SealedSeal } from './edition.js';
import {
  BROKEN_CHAIN,
  brokenRedaction,
  createFindings,
  type Finding,
  type Findings,
  foreignRow,
  lostRelease,
  OTHER_CLOSED,
  OTHER_CONTENT,
  OTHER_LINEAGE,
  OTHER_REST,
  OTHER_SEAL,
  OTHER_WITHHELD,
  overlap,
  UNCOPIED,
  UNSEALED,
  UNSETTLED,
  unknownSeal,
  wrongBeginning,
  wrongEnd,
  wrongState,
} from './finding.js';
import { chainHashOf } from './link.js';
import type { Instant } from './period.js';
import { type PublishedLine, publishedLines } from './published-lines.js';
import { redactionHashOf, restOf } from './redaction.js';
import { hashWithheld } from './withheld.js';

/** What was found of one dataset. */
export interface Verification {
  readonly dataset: string;
  readonly releases: number;
  /** Rows that were ever published. */
  readonly rows: number;
  /** Releases from before releases were hashed line by line: of these only the seal is compared. */
  readonly unhashed: number;
  /** Empty where everything is as it was sealed. */
  readonly problems: readonly Finding[];
}

/**
 * Holds every row that was ever published against the hashes of its release, the releases against the chain of their
 * dataset, and the chain against the seals in the log. Each dataset is read once, in pages; one that others publish in
 * meanwhile is read again. Throws what the log throws when it cannot be read.
 */
export async function* verify(
  { db, log }: { readonly db: Database; readonly log: EditionLog },
  datasets: readonly Dataset[],
): AsyncGenerator<Verification> {
  for (const dataset of datasets) yield await verifyDataset(db, log, dataset, TRIES);
}

const TRIES = 5;

async function verifyDataset(db: Database, log: EditionLog, dataset: Dataset, tries: number): Promise<Verification> {
  const account = await readAccount(db, dataset.name);
  const findings = createFindings();
  const hashes = createHashes(dataset, account);
  const rows = await readRows(db, dataset, account, hashes, findings);
  const seals = (await log.read(0)).seals.filter((seal) => seal.dataset === dataset.name);
  const isSettled = isSameAccount(account, await readAccount(db, dataset.name));
  if (!isSettled && tries > 1) return verifyDataset(db, log, dataset, tries - 1);
  if (!isSettled) findings.add(null, UNSETTLED);
  checkReleases(account, hashes, findings);
  await checkWithheld(db, account, findings);
  checkSeals(account, seals, findings);
  checkRedactions(account, findings);
  const unhashed = account.releases.filter(isUnhashed).length;
  return { dataset: dataset.name, releases: account.releases.length, rows, unhashed, problems: findings.all() };
}

/** The hashes over what is in the table now. */
interface Hashes {
  /** Of the rows that each release opened. */
  readonly opened: ReadonlyMap<string, Hash>;
  /** Of what their CSV lines do not show. */
  readonly rest: ReadonlyMap<string, Hash>;
  /** Of the keys that were closed at each instant. */
  readonly closed: ReadonlyMap<Instant, Hash>;
}

function createHashes(dataset: Dataset, { releases }: Account): Hashes {
  const header = `${csvHeader(dataset)}\n`;
  return {
    opened: new Map(releases.map(({ id }) => [id, createHash('sha256').update(header)])),
    rest: new Map(releases.map(({ id }) => [id, createHash('sha256')])),
    closed: new Map(releases.map(({ instant }) => [instant, createHash('sha256')])),
  };
}

/** Reads all rows, hashes them, and looks at their intervals. Gives how many there are. */
async function readRows(
  db: Database,
  dataset: Dataset,
  { releases }: Account,
  { opened, rest, closed }: Hashes,
  findings: Findings,
): Promise<number> {
  const instants = new Map(releases.map(({ id, instant }) => [id, instant]));
  let rows = 0;
  let previous: PublishedLine | null = null;
  for await (const lines of publishedLines({ query: db.query }, db.dialect, dataset)) {
    rows += lines.length;
    for (const line of lines) {
      opened.get(line.releaseId)?.update(`${line.line}\n`);
      rest.get(line.releaseId)?.update(`${line.restLine}\n`);
      if (line.to !== OPEN) closed.get(line.to)?.update(`${line.keyLine}\n`);
      const wrong = whatIsWrong(line, previous, instants.get(line.releaseId), closed);
      if (wrong) findings.add(instants.has(line.releaseId) ? line.releaseId : null, wrong);
      previous = line;
    }
  }
  return rows;
}

/**
 * A row begins at the instant of its release and ends when the next of its key begins, or earlier, where a release
 * closed it and opened nothing. Which keys a release closed is in its hash.
 */
function whatIsWrong(
  { from, to, keyLine, releaseId }: PublishedLine,
  previous: PublishedLine | null,
  instant: Instant | undefined,
  closed: ReadonlyMap<Instant, unknown>,
): Bilingual | null {
  if (instant === undefined) return foreignRow(keyLine, releaseId);
  if (from !== instant) return wrongBeginning(keyLine, from, instant);
  if (to <= from || (to !== OPEN && !closed.has(to))) return wrongEnd(keyLine, to);
  if (previous?.keyLine === keyLine && previous.to > from) return overlap(keyLine, previous.to, from);
  return null;
}

/** The chain is followed by what is stored, so that each break is told once. */
function checkReleases({ releases, redactions }: Account, { opened, rest, closed }: Hashes, findings: Findings): void {
  const redacted = new Map(redactions.flatMap(({ contentHashes }) => Object.entries(contentHashes)));
  let previous = '';
  for (const release of releases) {
    const { id, state, instant, contentHash, closedHash, restHash, withheldHash, chainHash } = release;
    if (state !== 'SEALED' && state !== 'ARMED') findings.add(id, wrongState(state));
    if (!isUnhashed(release)) {
      const expected = redacted.get(id) ?? contentHash;
      const isOther = opened.get(id)?.digest('hex') !== expected;
      if (isOther) findings.add(id, redacted.has(id) ? OTHER_REST : OTHER_CONTENT);
      const unseen = redacted.get(restOf(id)) ?? restHash;
      if (!isOther && rest.get(id)?.digest('hex') !== unseen) findings.add(id, OTHER_LINEAGE);
      if (closed.get(instant)?.digest('hex') !== closedHash) findings.add(id, OTHER_CLOSED);
      const hashes = { contentHash, closedHash, restHash, withheldHash };
      const link = { ...release, previous, ...emptyForNull(hashes) };
      if (chainHashOf(link) !== chainHash) findings.add(id, BROKEN_CHAIN);
    }
    previous = sealHashOf(release);
  }
}

type HashNames = 'contentHash' | 'closedHash' | 'restHash' | 'withheldHash';

function emptyForNull(hashes: Readonly<Record<HashNames, string | null>>): Record<HashNames, string> {
  const { contentHash, closedHash, restHash, withheldHash } = hashes;
  return {
    contentHash: contentHash ?? '',
    closedHash: closedHash ?? '',
    restHash: restHash ?? '',
    withheldHash: withheldHash ?? '',
  };
}

/** What is withheld is as it was sealed. A redaction takes values away: of its releases what is left is not checked. */
async function checkWithheld(db: Database, { releases, redactions }: Account, findings: Findings): Promise<void> {
  const redacted = new Set(redactions.flatMap(({ contentHashes }) => Object.keys(contentHashes)));
  for (const release of releases) {
    if (isUnhashed(release) || redacted.has(release.id)) continue;
    const hash = await hashWithheld({ query: db.query }, release.id, release.withheldSalt ?? '');
    if (hash !== (release.withheldHash ?? '')) findings.add(release.id, OTHER_WITHHELD);
  }
}

function isUnhashed({ closedHash, chainHash }: Kept): boolean {
  return closedHash === null && chainHash === null;
}

/** The hash that was sealed. */
function sealHashOf({ chainHash, contentHash }: Kept): string {
  return chainHash ?? contentHash ?? '';
}

/** The log, the copies of its seals, and the releases say the same instants and hashes. */
function checkSeals({ releases, sealed }: Account, seals: readonly SealedSeal[], findings: Findings): void {
  for (const release of releases) {
    const { id, state, instant } = release;
    const seal = seals.find((one) => one.instant === instant);
    if (seal && seal.hash !== sealHashOf(release)) findings.add(id, OTHER_SEAL);
    if (!seal && state === 'SEALED') findings.add(id, UNSEALED);
    if (state === 'SEALED' && !sealed.includes(instant)) findings.add(id, UNCOPIED);
  }
  const instants = new Set(releases.map(({ instant }) => instant));
  for (const { instant } of seals) if (!instants.has(instant)) findings.add(null, lostRelease(instant));
  for (const instant of sealed)
    if (!seals.some((one) => one.instant === instant)) findings.add(idAt(releases, instant), unknownSeal(instant));
}

function idAt(releases: readonly Kept[], wanted: Instant): string | null {
  return releases.find(({ instant }) => instant === wanted)?.id ?? null;
}

function checkRedactions({ redactions }: Account, findings: Findings): void {
  let previous = '';
  for (const redaction of redactions) {
    if (redactionHashOf(previous, redaction) !== redaction.chainHash) findings.add(null, brokenRedaction(redaction.id));
    previous = redaction.chainHash;
  }
}
