import type { CheckedRow } from './csv.js';
import type { Database } from './database.js';
import type { Dataset } from './dataset.js';
import type { EditionLog } from './edition.js';
import { RequestError } from './errors.js';
import { duplicateKeys, type Report } from './import.js';
import { endOfDate, type Instant } from './period.js';
import { affected } from './published.js';
import { type Armed, armIn, copySeals, sealOf, stageDraft } from './release.js';

/** The publication days of sources, as text: `2024-10-12`, `2025-06`; null where a source says none. */
export type SourceDays = ReadonlyMap<string, string | null>;

export interface FirstLoad {
  readonly db: Database;
  readonly log: EditionLog;
  readonly now: Instant;
}

/**
 * Publishes a checked file as the birth of an empty dataset, approved by the system itself. Its releases may lie in the
 * past: one for each day its sources were published, sealed together. Throws DATASET_NOT_EMPTY or BAD_FILE.
 */
export async function loadFirst(
  { db, log, now }: FirstLoad,
  dataset: Dataset,
  report: Report,
  days: SourceDays,
): Promise<Armed[]> {
  if (await isBorn(db, dataset.name)) {
    throw new RequestError(
      'DATASET_NOT_EMPTY',
      `Dataset ${dataset.name} has releases already; a first load is for an empty dataset only.`,
    );
  }
  refuseBad(report);
  await clearUnborn(db, dataset);
  const groups = groupByInstant(dataset, report.rows, days, now);
  refuseBad(withKeyProblems(dataset, report, groups));
  const staged: (readonly [string, Instant])[] = [];
  for (const [instant, rows] of groups) staged.push([await stageDraft(db, historical(dataset, rows), now), instant]);
  const armed = await db.write(async (tx) => {
    const done: Armed[] = [];
    for (const [id, instant] of staged) done.push(await armIn(tx, db.dialect, dataset, id, instant));
    return done;
  });
  const seals = armed.map((one) => ({ ...sealOf(one), historical: true }));
  await copySeals(db, seals); // before the log, since readers may ask for a past instant at once
  await log.seal(seals);
  return armed;
}

/** True once the dataset has a sealed release. */
export async function isBorn(db: Database, dataset: string): Promise<boolean> {
  return (await db.query('SELECT 1 FROM seal WHERE dataset = ? LIMIT 1', [dataset])).length > 0;
}

/** Rows grouped by the instant they are published at, oldest first. */
function groupByInstant(
  dataset: Dataset,
  rows: readonly CheckedRow[],
  days: SourceDays,
  now: Instant,
): [Instant, CheckedRow[]][] {
  const groups = new Map<Instant, CheckedRow[]>();
  for (const checked of rows) {
    const instant = dataset.firstLoad === 'REFERENCE' ? 0 : publicationInstant(checked, days, now);
    groups.set(instant, [...(groups.get(instant) ?? []), checked]);
  }
  return [...groups].sort(([left], [right]) => left - right);
}

/** The end of the newest day of the row's sources; now where one of them says no day. */
function publicationInstant({ row }: CheckedRow, days: SourceDays, now: Instant): Instant {
  const ids = String(row.source_id ?? '')
    .split(' ')
    .filter(Boolean);
  const instants = ids.map((id) => days.get(id) ?? null).map((day) => (day === null ? now : endOfDate(day)));
  return Math.min(now, Math.max(0, ...(instants.length > 0 ? instants : [now])));
}

function historical(dataset: Dataset, rows: readonly CheckedRow[]) {
  return {
    dataset,
    rows: rows.map(({ row }) => row),
    kind: 'HISTORICAL' as const,
    reason: 'First load',
    createdBy: 'system',
    approvedBy: 'system',
  };
}

/** What an interrupted first load left behind is removed: it was never sealed. */
async function clearUnborn(db: Database, dataset: Dataset): Promise<void> {
  await db.write(async (tx) => {
    await affected(tx, `DELETE FROM ${dataset.table}`, []);
    await affected(tx, 'DELETE FROM staged_row WHERE release_id IN (SELECT id FROM data_release WHERE dataset = ?)', [
      dataset.name,
    ]);
    for (const table of ['withheld_value', 'data_release', 'dataset_head']) {
      await affected(tx, `DELETE FROM ${table} WHERE dataset = ?`, [dataset.name]);
    }
  });
}

function withKeyProblems(
  dataset: Dataset,
  report: Report,
  groups: readonly [Instant, readonly CheckedRow[]][],
): Report {
  const problems = groups.flatMap(([, rows]) => duplicateKeys(dataset, report.file, rows));
  return { ...report, problems, problemCount: problems.length };
}

function refuseBad(report: Report): void {
  const { problems, problemCount, file, dataset } = report;
  if (problemCount === 0) return;
  const [first] = problems;
  const where = first?.row ? `, line ${first.row}` : '';
  const message = `${file} is not a ${dataset} file we can publish: ${problemCount} problems; the first${where}: ${first?.message.en}.`;
  throw new RequestError('BAD_FILE', message, { problems, problemCount });
}
