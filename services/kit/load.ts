import { createHash } from 'node:crypto';
import { PassThrough, type Readable } from 'node:stream';
import { counted } from './bilingual.js';
import {
  checkRows,
  type FileCheck,
  problemsOf,
  type References,
  type RegionValidity,
  type Report,
  type RowCounts,
  reportOf,
} from './check.js';
import { analyze, type Database, keyTable } from './database.js';
import type { Dataset } from './dataset.js';
import { compareDescriptor, measured, readDescriptor } from './descriptor.js';
import { addVanished, countDifference, type Difference, type Vanished } from './difference.js';
import { checkDuplicates } from './duplicates.js';
import { type EditionLog, OPEN, visible } from './edition.js';
import { RequestError } from './errors.js';
import { safeFileName } from './file-name.js';
import { TELLS_OF_PERSONS } from './findings.js';
import { keyText } from './key-cells.js';
import type { Locale } from './locale.js';
import { findPublishedOverlaps, findScheduledOverlaps, type Overlap } from './overlap.js';
import type { Instant } from './period.js';
import type { Problems } from './problems.js';
import { checkRedacted } from './redacted.js';
import { comparisonTime, newestInstant, type ReleaseKind, type StoredRelease, storeDraft } from './release.js';
import { findSeen, type Seen } from './seen.js';
import { textOrNull } from './source.js';
import { createStage, createStager, dropStage, type Stage } from './stage.js';
import { findSuperseded } from './superseded.js';
import { checkTable } from './table-check.js';
import { tablesOf } from './tables.js';

/** Tells which codes name a region, and since and until when. Asked of the subgraph that owns them. */
export type RegionDirectory = (codes: readonly string[]) => Promise<ReadonlyMap<string, RegionValidity>>;

/** What loading a file needs: the one way in, for the first start, the command line and uploads alike. */
export interface Loader {
  readonly db: Database;
  readonly log: EditionLog;
  readonly clock: () => Instant;
  readonly regions: RegionDirectory;
  /** Every dataset of this database, to look up what a file refers to. */
  readonly datasets: readonly Dataset[];
}

/** A file as its sender describes it. */
export interface FileFacts {
  readonly name: string;
  readonly locale?: Locale;
  /** The region its sender may publish within; null or not given for all. */
  readonly scope?: string | null;
  /** What its release is to be; REGULAR where it is not known yet. */
  readonly kind?: ReleaseKind;
  /** The text of the `datapackage.json` that came with it: the file must be the one it describes. */
  readonly descriptor?: string;
  readonly onProgress?: (rows: number) => void;
}

/** Checks a file against its dataset and what it refers to. Publishes nothing and keeps nothing. */
export async function checkDataset(
  loader: Loader,
  dataset: Dataset,
  file: FileFacts,
  input: Readable,
): Promise<Report> {
  const { stage, report } = await stageFile(loader, dataset, file, input);
  await dropStage(loader.db, stage.id);
  return report;
}

/** What would become of a file that was published now. */
export interface Trial {
  readonly report: Report;
  /** What it would change of what is published; null where it has errors. */
  readonly difference: Difference | null;
}

/** The same as far as publishing: warns also of what would vanish, and counts what would change. Keeps nothing. */
export async function tryFile(
  loader: Loader,
  dataset: Dataset,
  file: FileFacts & { readonly keepsMissing: boolean },
  input: Readable,
): Promise<Trial> {
  const { db } = loader;
  const { stage, problems, check, counts, report, seen } = await stageFile(loader, dataset, file, input);
  try {
    if (report.errors > 0) return { report, difference: null };
    const at = seen(dataset.name);
    await compareWithPublished(db, stage, problems, file, at);
    return { report: reportOf(check, counts, problems), difference: await countDifference(db, stage, at) };
  } finally {
    await dropStage(db, stage.id);
  }
}

/**
 * Adds to a stage what would vanish of what is seen at an instant, and warns of that and of what is scheduled or armed
 * for the same cells: by its release, without its figures.
 */
async function compareWithPublished(
  db: Database,
  stage: Stage,
  problems: Problems,
  { scope = null, keepsMissing }: FileFacts & { readonly keepsMissing: boolean },
  at: Instant,
): Promise<void> {
  if (!keepsMissing) warnOfVanished(problems, await addVanished(db, stage, scope, at));
  const [waiting, armed] = [await findScheduledOverlaps(db, stage, 0), await findPublishedOverlaps(db, stage, at, 0)];
  for (const overlap of [...waiting, ...armed]) warnOfScheduled(problems, overlap);
}

/** What a draft is to be, beside its file. */
export interface DraftFacts extends FileFacts {
  readonly kind: ReleaseKind;
  readonly reason: string | null;
  readonly supersedes: string | null;
  /** The names of the warnings the sender has seen and stands by. */
  readonly acknowledged: readonly string[];
  /** True when what is published in the periods of the file and not in it is to stay. */
  readonly keepsMissing: boolean;
  readonly createdBy: string;
}

/** What became of a file that was to be published: a draft, or none because it says nothing new. */
export interface Drafted {
  readonly report: Report;
  /** Null where the file changes nothing. */
  readonly release: StoredRelease | null;
}

/**
 * Checks a file and makes a draft release of it. Throws BAD_FILE with the report where it has errors,
 * WARNINGS_NOT_ACKNOWLEDGED where it has warnings that are not named, REASON_MISSING where it changes what is published
 * and says no reason; with one, a regular release that does so is a revision, of the newest release that it changes.
 */
export async function draftFile(
  loader: Loader,
  dataset: Dataset,
  facts: DraftFacts,
  input: Readable,
): Promise<Drafted> {
  const { db, clock } = loader;
  const [digested, digest] = digesting(input);
  const { stage, problems, check, counts, seen } = await stageFile(loader, dataset, facts, digested);
  try {
    const comparedAt = await comparisonTime(db, dataset.name, clock());
    const baseInstant = await newestInstant(db, dataset.name);
    const at = seen(dataset.name);
    await compareWithPublished(db, stage, problems, facts, at);
    const report = reportOf(check, counts, problems);
    refuseBad(report);
    refuseUnacknowledged(report, facts.acknowledged);
    const difference = await countDifference(db, stage, at);
    if (difference.added + difference.changed + difference.removed === 0) {
      await dropStage(db, stage.id);
      return { report, release: null };
    }
    const { reason, supersedes, acknowledged, createdBy, keepsMissing, scope = null } = facts;
    const kind = kindOf(facts, difference, report);
    const revised = supersedes ?? (kind === 'REVISION' ? await findSuperseded(db, db.dialect, stage, at) : null);
    const draft = { dataset, stage: stage.id, kind, reason, supersedes: revised, acknowledged, createdBy };
    const file = {
      fileName: check.fileName,
      fileHash: digest(),
      scope: { region: scope, keepsMissing, locale: check.locale },
    };
    const release = await storeDraft(
      db,
      { ...draft, ...file, rowCount: counts.rows, baseInstant, difference },
      comparedAt,
    );
    return { report, release };
  } catch (error) {
    await dropStage(db, stage.id);
    throw error;
  }
}

/** What is published is never just changed: a file that does so is a revision or a correction, and says why. */
function kindOf({ kind, reason }: DraftFacts, { changed }: Difference, report: Report): ReleaseKind {
  if (changed === 0) return kind;
  if (reason === null)
    throw new RequestError(
      'REASON_MISSING',
      `${report.file} changes figures that are published (${changed}): say why, since readers see it, or correct the release by its name.`,
      { report, changed },
    );
  return kind === 'REGULAR' ? 'REVISION' : kind;
}

/** The rows of a file in a stage, with what was found wrong with each. */
export interface StagedRows {
  readonly stage: Stage;
  readonly check: FileCheck;
  readonly problems: Problems;
  readonly counts: RowCounts;
}

interface Staged extends StagedRows {
  readonly report: Report;
  /** What it was compared with. */
  readonly seen: Seen;
}

/** Brings a file through every check into a new stage; whoever calls it drops the stage. */
async function stageFile(loader: Loader, dataset: Dataset, file: FileFacts, input: Readable): Promise<Staged> {
  const staged = await stageRows(loader, dataset, file, input);
  const { stage, check, problems, counts } = staged;
  const { db, datasets, clock } = loader;
  try {
    await checkDuplicates(db, stage, problems);
    await checkRedacted(db, stage, problems);
    const seen = await findSeen(db, clock());
    await checkTable({ db, stage, problems, datasets, seen, ...(file.kind ? { kind: file.kind } : {}) });
    return { ...staged, report: reportOf(check, counts, problems), seen };
  } catch (error) {
    await dropStage(db, stage.id);
    throw error;
  }
}

/** Checks a file row by row into a new stage, and holds it against its descriptor; whoever calls it drops the stage. */
export async function stageRows(
  loader: Loader,
  dataset: Dataset,
  file: FileFacts,
  input: Readable,
): Promise<StagedRows> {
  const { db, clock } = loader;
  const plain = fileCheck(loader, dataset, file);
  const problems = problemsOf(plain);
  const descriptor = file.descriptor === undefined ? null : readDescriptor(file.descriptor, plain.fileName, problems);
  const check = { ...plain, locale: file.locale ?? descriptor?.locale ?? plain.locale };
  const [bytes, measure] = descriptor ? measured(input) : [input, () => null];
  const stage = await createStage(db, dataset, clock());
  try {
    const stager = createStager(db, stage);
    const counts = await checkRows(check, bytes, problems, stager.add);
    await stager.end();
    if (descriptor) compareDescriptor(descriptor, measure(), counts.rows, problems);
    return { stage, check, problems, counts };
  } catch (error) {
    await dropStage(db, stage.id);
    throw error;
  }
}

/** How a file of the dataset is checked here. */
export function fileCheck(loader: Loader, dataset: Dataset, file: FileFacts): FileCheck {
  const { name, locale = 'C', scope = null, onProgress } = file;
  const progress = onProgress ? { onProgress } : {};
  return {
    dataset,
    fileName: safeFileName(name),
    locale,
    scope,
    references: referencesOf(loader),
    now: loader.clock(),
    ...progress,
  };
}

/** Throws BAD_FILE for a report with errors. */
export function refuseBad(report: Report): void {
  if (report.errors === 0) return;
  const { problems, errors, file, dataset, counts } = report;
  if (counts.PERSONAL) throw new RequestError('BAD_FILE', TELLS_OF_PERSONS, { report });
  const first = problems.find(({ severity }) => severity === 'E');
  const where = first?.row ? `, line ${first.row}` : '';
  const message = `${file} is not a ${dataset} file we can publish: ${counted(errors, 'problem')}; the first${where}: ${first?.message.en}.`;
  throw new RequestError('BAD_FILE', message, { report });
}

/** Throws WARNINGS_NOT_ACKNOWLEDGED for a report with warnings that are not named. */
export function refuseUnacknowledged(report: Report, acknowledged: readonly string[]): void {
  const open = [...new Set(report.problems.filter(({ severity }) => severity === 'W').map(({ rule }) => rule))];
  const missing = open.filter((rule) => !acknowledged.includes(rule));
  if (missing.length === 0) return;
  const counted = missing.map((rule) => `${rule} (${report.counts[rule]})`).join(', ');
  throw new RequestError(
    'WARNINGS_NOT_ACKNOWLEDGED',
    `${report.file} has warnings: ${counted}. Look at them, mend the file or acknowledge them by name.`,
    { report, missing },
  );
}

/** A published figure of the periods of the file that is not in it, each by the cells that name it. */
function warnOfVanished(problems: Problems, { count, keys }: Vanished): void {
  const suggestion = {
    id: 'lengkapi berkas, biarkan yang tidak ada tetap terbit, atau akui VANISHED agar dihapus',
    en: 'complete the file, let what is missing stay, or acknowledge VANISHED so that it goes',
  };
  for (const key of keys.map(keyText)) {
    const message = {
      id: `angka terbit ${key} tidak ada di berkas ini dan akan dihapus`,
      en: `the published figure ${key} is not in this file and would be removed`,
    };
    problems.add('VANISHED', message, { suggestion });
  }
  if (count > keys.length) problems.addUntold('VANISHED', count - keys.length);
}

function warnOfScheduled(problems: Problems, { release, cells }: Overlap): void {
  const message = {
    id: `${cells} angka berkas ini juga ada di rilis ${release}, yang sudah disetujui dan menunggu waktunya`,
    en: `figures of this file that are also in release ${release}, which is approved and waits for its instant: ${cells}`,
  };
  const suggestion = {
    id: 'yang terbit belakangan berlaku: sepakati urutannya, batalkan rilis itu, atau akui SCHEDULED',
    en: 'the one that appears later counts: agree on the order, cancel that release, or acknowledge SCHEDULED',
  };
  problems.add('SCHEDULED', message, { suggestion });
}

/** The same bytes, and their SHA-256 once all of them have been read. */
export function digesting(input: Readable): [Readable, () => string] {
  const hash = createHash('sha256');
  const through = new PassThrough();
  through.on('data', (chunk: Buffer) => hash.update(chunk));
  through.pause();
  input.on('error', (error) => through.destroy(error));
  return [input.pipe(through), () => hash.digest('hex')];
}

function referencesOf({ db, regions, datasets, clock }: Loader): References {
  return {
    regions,
    async ids(name, ids) {
      const table = tableOf(datasets, name);
      const sql = `SELECT t.id FROM ${keyTable(db.dialect, 'k', 80)} JOIN ${table} t ON t.id = k.code AND ${visible('t')}`;
      const at = (await findSeen(db, clock()))(name);
      const rows = await db.query(sql, [JSON.stringify(ids), at, at]);
      return new Set(rows.map((row) => String(row.id)));
    },
  };
}

/** The day each source of the dataset was published; empty for a dataset without sources. For a first load, before which nothing is armed. */
export async function findSourceDays({ db, datasets }: Loader, dataset: Dataset): Promise<SourceDays> {
  const column = dataset.columns.find(({ name }) => name === 'source_id');
  if (column?.kind !== 'reference') return new Map();
  const rows = await db.query(`SELECT id, published_on FROM ${tableOf(datasets, column.to)} WHERE published_to = ?`, [
    OPEN,
  ]);
  return new Map(rows.map((row) => [String(row.id), textOrNull(row.published_on)]));
}

/** The publication days of sources, as text: `2024-10-12`, `2025-06`; null where a source says none. */
export type SourceDays = ReadonlyMap<string, string | null>;

/** Lets the database look at what a load has written, so that it chooses the right index. */
export async function analyzeDataset(db: Database, dataset: Dataset): Promise<void> {
  for (const { options } of tablesOf([dataset])) await analyze(db, options.name);
}

function tableOf(datasets: readonly Dataset[], name: string): string {
  const found = datasets.find((dataset) => dataset.name === name);
  if (found) return found.table;
  throw new Error(`dataset ${name} is referred to but not declared`);
}
