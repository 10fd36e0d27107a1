import type { Readable } from 'node:stream';
import { affected } from './affected.js';
import { type Armed, armIn, copySeals, sealOf } from './arming.js';
import { checkRows, problemsOf, type Report, reportOf } from './check.js';
import type { Database } from './database.js';
import type { Dataset, Row } from './dataset.js';
import { checkDuplicates } from './duplicates.js';
import { RequestError } from './errors.js';
import {
  analyzeDataset,
  type FileFacts,
  fileCheck,
  findSourceDays,
  type Loader,
  refuseBad,
  type SourceDays,
} from './load.js';
import { endOfDate, type Instant } from './period.js';
import { moveRelease, storeDraft, WHOLE_SCOPE } from './release.js';
import { createStage, createStager, dropStage, type Stage, type StagedRow, type Stager } from './stage.js';
import { checkTable } from './table-check.js';

/** What a first load gave: its releases, and the warnings of its file. */
export interface FirstLoad {
  readonly releases: readonly Armed[];
  readonly report: Report;
}

/**
 * Checks a file and publishes it as the birth of an empty dataset, approved by the system itself. Its releases may lie
 * in the past: one for each day its sources were published, sealed together. Throws DATASET_NOT_EMPTY or BAD_FILE.
 */
export async function loadFirst(
  loader: Loader,
  dataset: Dataset,
  file: FileFacts,
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
  const stages = new Map<Instant, StageOfDay>();
  try {
    const report = await stageByDay(loader, dataset, file, input, stages);
    refuseBad(report);
    const releases = await armAll(loader, dataset, file.name, stages, now);
    const seals = releases.map((one) => ({ ...sealOf(one), historical: true }));
    await copySeals(db, seals); // before the log, since readers may ask for a past instant at once
    await log.seal(seals);
    await analyzeDataset(db, dataset);
    return { releases, report };
  } finally {
    for (const { stage } of stages.values()) await dropStage(db, stage.id);
  }
}

/** True once the dataset has a sealed release. */
export async function isBorn(db: Database, dataset: string): Promise<boolean> {
  return (await db.query('SELECT 1 FROM seal WHERE dataset = ? LIMIT 1', [dataset])).length > 0;
}

interface StageOfDay {
  readonly stage: Stage;
  readonly stager: Stager;
  rows: number;
}

async function stageOfDay(db: Database, dataset: Dataset, now: Instant): Promise<StageOfDay> {
  const stage = await createStage(db, dataset, now);
  return { stage, stager: createStager(db, stage), rows: 0 };
}

/** Checks the file into one stage for each instant that its rows are published at. */
async function stageByDay(
  loader: Loader,
  dataset: Dataset,
  file: FileFacts,
  input: Readable,
  stages: Map<Instant, StageOfDay>,
): Promise<Report> {
  const { db, clock } = loader;
  const now = clock();
  const check = fileCheck(loader, dataset, file);
  const problems = problemsOf(check);
  const days = await findSourceDays(loader, dataset);
  const rows = await checkRows(check, input, problems, async (staged) => {
    for (const [instant, some] of groupByInstant(dataset, staged, days, now)) {
      const ofDay = stages.get(instant) ?? (await stageOfDay(db, dataset, now));
      stages.set(instant, ofDay);
      ofDay.rows += some.length;
      await ofDay.stager.add(some);
    }
  });
  for (const { stager } of stages.values()) await stager.end();
  for (const { stage } of stages.values()) {
    await checkDuplicates(db, stage, problems);
    await checkTable({ db, stage, problems, datasets: loader.datasets });
  }
  return reportOf(check, rows, problems);
}

function groupByInstant(
  dataset: Dataset,
  rows: readonly StagedRow[],
  days: SourceDays,
  now: Instant,
): Map<Instant, StagedRow[]> {
  const groups = new Map<Instant, StagedRow[]>();
  for (const staged of rows) {
    const instant = dataset.firstLoad === 'REFERENCE' ? 0 : publicationInstant(staged.row, days, now);
    const group = groups.get(instant);
    if (group) group.push(staged);
    else groups.set(instant, [staged]);
  }
  return groups;
}

/** The end of the newest day of the row's sources; now where one of them says no day. */
function publicationInstant(row: Row, days: SourceDays, now: Instant): Instant {
  const ids = String(row.source_id ?? '')
    .split(' ')
    .filter(Boolean);
  const instants = ids.map((id) => days.get(id) ?? null).map((day) => (day === null ? now : endOfDate(day)));
  return Math.min(now, Math.max(0, ...(instants.length > 0 ? instants : [now])));
}

/** Makes one release of each stage and arms all of them in one transaction, oldest first. */
async function armAll(
  loader: Loader,
  dataset: Dataset,
  fileName: string,
  stages: ReadonlyMap<Instant, StageOfDay>,
  now: Instant,
): Promise<Armed[]> {
  const { db } = loader;
  const ids: (readonly [string, Instant])[] = [];
  for (const [instant, { stage, rows }] of [...stages].sort(([left], [right]) => left - right)) {
    const { id } = await storeDraft(db, historical(dataset, stage, fileName, rows), now);
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

function historical(dataset: Dataset, stage: Stage, fileName: string, rowCount: number) {
  return {
    dataset,
    stage: stage.id,
    kind: 'HISTORICAL' as const,
    reason: 'First load',
    supersedes: null,
    fileName,
    fileHash: null,
    scope: WHOLE_SCOPE,
    acknowledged: [],
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
