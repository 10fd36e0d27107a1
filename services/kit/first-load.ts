import type { Readable } from 'node:stream';
import { affected } from './affected.js';
import { sameKey } from './arm.js';
import { type Armed, armIn, copySeals, sealOf } from './arming.js';
import { type Report, reportOf } from './check.js';
import type { Database } from './database.js';
import { contentColumns, type Dataset, storedKey } from './dataset.js';
import { checkDuplicates } from './duplicates.js';
import { RequestError } from './errors.js';
import {
  analyzeDataset,
  digesting,
  type FileFacts,
  findSourceDays,
  type Loader,
  refuseBad,
  refuseUnacknowledged,
  type SourceDays,
  type StagedRows,
  stageRows,
} from './load.js';
import { endOfDate, type Instant } from './period.js';
import { moveRelease, storeDraft, WHOLE_SCOPE } from './release.js';
import { findSeen } from './seen.js';
import { createStage, dropStage, type Stage, stageTable } from './stage.js';
import { checkTable } from './table-check.js';

/** What a first load gave: its releases, and the warnings of its file. */
export interface FirstLoad {
  readonly releases: readonly Armed[];
  readonly report: Report;
}

/** A file, and the names of the warnings that its sender has seen and stands by. */
export interface FirstFile extends FileFacts {
  readonly acknowledged?: readonly string[];
}

/**
 * Checks a file as every other and publishes it as the birth of an empty dataset, approved by the system itself. Its
 * releases may lie in the past: one for each day its sources were published, sealed together. Throws DATASET_NOT_EMPTY,
 * BAD_FILE or WARNINGS_NOT_ACKNOWLEDGED.
 */
export async function loadFirst(
  loader: Loader,
  dataset: Dataset,
  file: FirstFile,
  input: Readable,
): Promise<FirstLoad> {
  const { db, log, clock } = loader;
  const now = clock();
  if (await isBorn(db, dataset.name)) {
    throw new RequestError(
      'DATASET_NOT_EMPTY',
      `Dataset ${dataset.name} has releases already; a first load is for an empty dataset only.`,
    );
  }
  await clearUnborn(db, dataset);
  const [digested, digest] = digesting(input);
  const staged = await stageRows(loader, dataset, file, digested);
  const stages = new Map<Instant, Stage>();
  try {
    await splitByInstant(loader, staged.stage, now, stages);
    const report = await checkBirth(loader, staged, stages);
    refuseBad(report);
    refuseUnacknowledged(report, file.acknowledged ?? []);
    const facts = { fileName: staged.check.fileName, fileHash: digest(), acknowledged: file.acknowledged ?? [] };
    const releases = await armAll(loader, dataset, facts, stages, now);
    const seals = releases.map((one) => ({ ...sealOf(one), historical: true }));
    await copySeals(db, seals); // before the log, since readers may ask for a past instant at once
    await log.seal(seals);
    await analyzeDataset(db, dataset);
    return { releases, report };
  } finally {
    for (const { id } of [staged.stage, ...stages.values()]) await dropStage(db, id);
  }
}

/** True once the dataset has a sealed release. */
export async function isBorn(db: Database, dataset: string): Promise<boolean> {
  return (await db.query('SELECT 1 FROM seal WHERE dataset = ? LIMIT 1', [dataset])).length > 0;
}

/** Parts a stage into one for each instant that its rows are published at. */
async function splitByInstant(loader: Loader, stage: Stage, now: Instant, stages: Map<Instant, Stage>): Promise<void> {
  const { db } = loader;
  const { dataset } = stage;
  const sources = new Map<Instant, (string | null)[]>();
  const days = await findSourceDays(loader, dataset);
  for (const source of await findSourceTexts(db, stage)) {
    const instant = dataset.firstLoad === 'REFERENCE' ? 0 : publicationInstant(source, days, now);
    sources.set(instant, [...(sources.get(instant) ?? []), source]);
  }
  for (const [instant, texts] of sources) stages.set(instant, await partOf(loader, stage, texts, now));
}

/**
 * Checks the whole file: a cell stands once in each release, and what the last of them says holds together. A cell may
 * stand in several: what one source said, and what another said later.
 */
async function checkBirth(
  loader: Loader,
  { stage, check, problems, counts }: StagedRows,
  stages: ReadonlyMap<Instant, Stage>,
): Promise<Report> {
  const { db, datasets, clock } = loader;
  for (const part of stages.values()) await checkDuplicates(db, part, problems);
  const newest = stages.size > 1 ? await newestOf(db, stage.dataset, stages, clock()) : stage;
  try {
    await checkTable({ db, stage: newest, problems, datasets, seen: await findSeen(db, clock()) });
  } finally {
    if (newest.id !== stage.id) await dropStage(db, newest.id);
  }
  return reportOf(check, counts, problems);
}

/** A stage with the newest row of each cell. */
async function newestOf(
  db: Database,
  dataset: Dataset,
  stages: ReadonlyMap<Instant, Stage>,
  now: Instant,
): Promise<Stage> {
  const newest = await createStage(db, dataset, now);
  const names = stagedNames(dataset);
  for (const [, part] of [...stages].sort(([left], [right]) => right - left)) {
    const columns = names.map((name) => `p.${name}`).join(', ');
    const copy = `INSERT INTO ${stageTable(newest.id)} (${names.join(', ')}) SELECT ${columns} FROM ${stageTable(part.id)} p
      WHERE NOT EXISTS (SELECT 1 FROM ${stageTable(newest.id)} s WHERE ${sameKey(dataset)})`;
    await db.write((tx) => affected(tx, copy, []));
  }
  return newest;
}

function stagedNames(dataset: Dataset): readonly string[] {
  return [...storedKey(dataset), ...contentColumns(dataset), 'line', 'withheld'];
}

/** What the rows of a stage say in `source_id`; null for a dataset without sources. */
async function findSourceTexts(db: Database, { id, dataset }: Stage): Promise<(string | null)[]> {
  if (!hasSources(dataset)) return [null];
  const rows = await db.query(`SELECT DISTINCT source_id FROM ${stageTable(id)}`);
  return rows.map(({ source_id }) => (source_id === null ? null : String(source_id)));
}

function hasSources(dataset: Dataset): boolean {
  return dataset.columns.some(({ name }) => name === 'source_id'); // of the key, too: targets are told apart by it
}

/** How many sources one statement names. */
const SOURCES = 100;

/** A new stage with the rows of these sources. */
async function partOf({ db }: Loader, whole: Stage, sources: readonly (string | null)[], now: Instant): Promise<Stage> {
  const { dataset } = whole;
  const part = await createStage(db, dataset, now);
  const names = stagedNames(dataset).join(', ');
  const copy = `INSERT INTO ${stageTable(part.id)} (${names}) SELECT ${names} FROM ${stageTable(whole.id)}`;
  if (!hasSources(dataset)) {
    await db.write((tx) => affected(tx, copy, []));
    return part;
  }
  const named = sources.filter((source) => source !== null);
  for (let start = 0; start < named.length; start += SOURCES) {
    const some = named.slice(start, start + SOURCES);
    const marks = some.map(() => '?').join(', ');
    await db.write((tx) => affected(tx, `${copy} WHERE source_id IN (${marks})`, some));
  }
  if (sources.includes(null)) await db.write((tx) => affected(tx, `${copy} WHERE source_id IS NULL`, []));
  return part;
}

/** The end of the newest day of the row's sources; now where one of them says no day. */
function publicationInstant(sources: string | null, days: SourceDays, now: Instant): Instant {
  const ids = (sources ?? '').split(' ').filter(Boolean);
  const instants = ids.map((id) => days.get(id) ?? null).map((day) => (day === null ? now : endOfDate(day)));
  return Math.min(now, Math.max(0, ...(instants.length > 0 ? instants : [now])));
}

/** Makes one release of each stage and arms all of them in one transaction, oldest first. */
async function armAll(
  loader: Loader,
  dataset: Dataset,
  file: HistoricalFile,
  stages: ReadonlyMap<Instant, Stage>,
  now: Instant,
): Promise<Armed[]> {
  const { db } = loader;
  const ids: (readonly [string, Instant])[] = [];
  for (const [instant, stage] of [...stages].sort(([left], [right]) => left - right)) {
    const { id } = await storeDraft(db, historical(stage, file, await countRows(db, stage)), now);
    ids.push([id, instant]);
  }
  return db.write(async (tx) => {
    const armed: Armed[] = [];
    for (const [id, instant] of ids) {
      await moveRelease(tx, id, ['DRAFT'], { status: 'APPROVED', approved_by: 'system', approved_at: now });
      armed.push(await armIn(tx, loader, dataset, id, instant));
      await moveRelease(tx, id, ['ARMED'], { status: 'SEALED', stage: null });
    }
    return armed;
  });
}

interface HistoricalFile {
  readonly fileName: string;
  readonly fileHash: string;
  readonly acknowledged: readonly string[];
}

async function countRows(db: Database, { id }: Stage): Promise<number> {
  const [row] = await db.query(`SELECT COUNT(*) AS n FROM ${stageTable(id)}`);
  return Number(row?.n);
}

function historical({ dataset, id }: Stage, file: HistoricalFile, rowCount: number) {
  return {
    ...file,
    dataset,
    stage: id,
    kind: 'HISTORICAL' as const,
    reason: 'First load',
    supersedes: null,
    scope: WHOLE_SCOPE,
    rowCount,
    baseInstant: 0,
    difference: null,
    createdBy: 'system',
  };
}

/** What an interrupted first load left behind is removed: it was never sealed. */
async function clearUnborn(db: Database, dataset: Dataset): Promise<void> {
  const left = await db.query('SELECT id FROM stage WHERE dataset = ?', [dataset.name]);
  for (const { id } of left) await dropStage(db, Number(id));
  await db.write(async (tx) => {
    await affected(tx, `DELETE FROM ${dataset.table}`, []);
    for (const table of ['withheld_value', 'data_release', 'dataset_head'])
      await affected(tx, `DELETE FROM ${table} WHERE dataset = ?`, [dataset.name]);
  });
}
