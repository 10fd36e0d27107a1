import { copySeals } from '../../services/kit/arming.js';
import type { Database } from '../../services/kit/database.js';
import type { Dataset, Row } from '../../services/kit/dataset.js';
import { screen } from '../../services/kit/disclosure.js';
import { OPEN } from '../../services/kit/edition.js';
import type { Instant } from '../../services/kit/period.js';
import { createProblems, type Problem } from '../../services/kit/problems.js';
import type { ReleaseKind } from '../../services/kit/release.js';
import { findSeen } from '../../services/kit/seen.js';
import { createStage, dropStage, insertStaged } from '../../services/kit/stage.js';
import { checkTable } from '../../services/kit/table-check.js';
import { armRows } from './publish.js';

/** A database with the datasets of one subgraph, to check rows in. */
export interface TableTest {
  readonly db: Database;
  readonly datasets: readonly Dataset[];
}

interface TableOptions {
  readonly kind?: ReleaseKind;
  readonly refused?: string;
  readonly places?: number;
  readonly now?: Instant;
}

/**
 * What the table rules say of rows that stand on the lines from 2 on, by line. `refused` names the rule that another
 * line of the file was refused by, `places` how many places the check remembers at once, `now` when it is asked: after
 * all that was published when not given.
 */
export async function tableProblems(
  { db, datasets }: TableTest,
  dataset: Dataset,
  rows: readonly Row[],
  { kind = 'REGULAR', refused, places, now = OPEN }: TableOptions = {},
): Promise<readonly Problem[]> {
  const stage = await createStage(db, dataset, 0);
  const problems = createProblems('file.csv');
  if (refused !== undefined) problems.add(refused, { id: 'ditolak', en: 'refused' });
  await insertStaged(
    db,
    stage,
    rows.map((row, index) => ({ line: index + 2, ...screen(dataset, row) })),
  );
  const seen = await findSeen(db, now);
  await checkTable({ db, stage, problems, datasets, seen, kind, ...(places === undefined ? {} : { places }) });
  await dropStage(db, stage.id);
  return problems.list.filter(({ rule }) => rule !== refused).sort((left, right) => (left.row ?? 0) - (right.row ?? 0));
}

/** One line for each: `3 E8 ACTIVE 7 is more than ...`. */
export function told(problems: readonly Problem[]): string[] {
  return problems.map(({ row, rule, message }) => `${row ?? '-'} ${rule} ${message.en}`);
}

/** Publishes rows as if the log had sealed them. Gives their instant, a millisecond after the last one. */
export async function publishRows({ db }: TableTest, dataset: Dataset, rows: readonly Row[]): Promise<Instant> {
  const [newest] = await db.query('SELECT COALESCE(MAX(instant), 0) AS instant FROM data_release');
  const instant = Number(newest?.instant) + 1;
  const draft = { dataset, rows, kind: 'REGULAR', reason: null, createdBy: 'one', approvedBy: 'other' } as const;
  const { releaseId } = await armRows({ db, clock: () => instant }, draft, instant);
  await db.write((tx) => tx.query("UPDATE data_release SET status = 'SEALED' WHERE id = ?", [releaseId]));
  await copySeals(db, [{ dataset: dataset.name, instant }]);
  return instant;
}

/** Empties tables, so that one test does not see what another published. */
export async function emptyTables({ db }: TableTest, tables: readonly string[]): Promise<void> {
  for (const table of tables) await db.write((tx) => tx.query(`DELETE FROM ${table}`));
}
