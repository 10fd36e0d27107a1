import { randomInt } from 'node:crypto';
import { insertRows } from './bulk.js';
import { type ColumnType, createTable } from './create-table.js';
import type { Database } from './database.js';
import { type Cell, contentColumns, type Dataset, type Row, storedKey } from './dataset.js';
import { keepable, type Screened } from './disclosure.js';
import type { Instant } from './period.js';
import { type Asked, readSeries, type Series } from './series.js';
import { wordOf } from './table-columns.js';

/**
 * The checked rows of one file, in a table of their own that nobody reads who answers: what a release will open (and,
 * where `removes` is 1, close). It is made for one file and dropped whole when the release is sealed or given up.
 */
export interface Stage {
  readonly id: number;
  readonly dataset: Dataset;
  /** Null for a dataset without series. */
  readonly series: Series | null;
}

/** A row as it may be published, with its line in the file and what was withheld of it. */
export interface StagedRow extends Screened {
  readonly line: number;
}

const HIGHEST_ID = 2 ** 31 - 1;

/** Makes an empty stage. */
export async function createStage(db: Database, dataset: Dataset, now: Instant): Promise<Stage> {
  const id = randomInt(1, HIGHEST_ID);
  await db.write((tx) =>
    tx.query('INSERT INTO stage (id, dataset, created_at) VALUES (?, ?, ?)', [id, dataset.name, now]),
  );
  await db.write(async ({ queryRunner }) => {
    if (!queryRunner) throw new Error('a transaction has a query runner');
    const stored = [...storedKey(dataset), ...contentColumns(dataset)];
    const typeOf = (name: string): ColumnType =>
      storedKey(dataset).includes(name) ? wordOf(dataset, name) : `${wordOf(dataset, name)}?`;
    await createTable(queryRunner, {
      name: stageTable(id),
      columns: {
        ...Object.fromEntries(stored.map((name) => [name, typeOf(name)])),
        line: 'integer',
        removes: 'integer?',
        withheld: 'long?',
      },
      primaryKey: [...storedKey(dataset), 'line'],
    });
  });
  return openStage(db, dataset, id);
}

/** A stage that was made before. */
export async function openStage(asked: Asked, dataset: Dataset, id: number): Promise<Stage> {
  return { id, dataset, series: await readSeries(asked, dataset) };
}

export function stageTable(id: number): string {
  return `stage_${id}`;
}

/** How many rows are gathered before they are written: enough to be written in the order of the key, few enough to hold. */
const GATHERED = 10_000;

/** Fills a stage. */
export interface Stager {
  /** Takes rows; some may wait in memory until more have come. */
  add(rows: readonly StagedRow[]): Promise<void>;
  /** Writes those that wait. */
  end(): Promise<void>;
}

/** While the database writes some rows the next are gathered. */
export function createStager(db: Database, stage: Stage): Stager {
  let waiting: StagedRow[] = [];
  let writing: Promise<void> = Promise.resolve();
  const write = async () => {
    const rows = waiting;
    waiting = [];
    await writing;
    writing = insertStaged(db, stage, rows);
    writing.catch(() => {}); // thrown by the next to wait for it
  };
  return {
    async add(rows) {
      for (const row of rows) waiting.push(row);
      if (waiting.length >= GATHERED) await write();
    },
    async end() {
      await write();
      await writing;
    },
  };
}

/** Puts rows into a stage, in the order of its key: on SQLite that is several times faster than in the order of a file. */
export async function insertStaged(db: Database, stage: Stage, rows: readonly StagedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { dataset, series, id } = stage;
  const values = rows.map(({ row }) => row);
  if (series && values.some((row) => series.idOf(row) === undefined)) await db.write((tx) => series.add(tx, values));
  const width = storedKey(dataset).length;
  const cells = cellsOf(stage, rows).sort((left, right) => compareKeys(left, right, width));
  await db.write((tx) => insertRows(tx, db, stageTable(id), stageColumns(dataset), cells));
}

function compareKeys(left: readonly Cell[], right: readonly Cell[], width: number): number {
  for (let index = 0; index < width; index += 1) {
    const [one, other] = [left[index] ?? '', right[index] ?? ''];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

function stageColumns(dataset: Dataset): readonly string[] {
  return [...storedKey(dataset), ...contentColumns(dataset), 'line', 'withheld'];
}

/** The cells of rows in the order of the stage's columns. A key cell is never null: what is not stated is empty text. */
function cellsOf({ dataset, series }: Stage, rows: readonly StagedRow[]): Cell[][] {
  const keys = storedKey(dataset);
  const contents = contentColumns(dataset);
  return rows.map((staged) => {
    const { row, line } = staged;
    const cells: Cell[] = [];
    for (const name of keys) cells.push(name === 'series' && series ? (series.idOf(row) ?? null) : (row[name] ?? ''));
    for (const name of contents) cells.push(row[name] ?? derive(dataset, row, name));
    const withheld = staged.withheld.length === 0 ? [] : keepable(staged);
    cells.push(
      line,
      withheld.length === 0 ? null : JSON.stringify(Object.fromEntries(withheld.map((one) => [one.column, one.value]))),
    );
    return cells;
  });
}

function derive({ derived }: Dataset, row: Row, name: string): Cell {
  return derived?.[name]?.(row) ?? null;
}

/** Drops a stage with all it holds. */
export async function dropStage(db: Database, id: number): Promise<void> {
  await db.write((tx) => tx.query(`DROP TABLE IF EXISTS ${stageTable(id)}`));
  await db.write((tx) => tx.query('DELETE FROM stage WHERE id = ?', [id]));
}

/** Drops the stages that no release holds on to and that are older than an hour: their file was given up, or its process killed. */
export async function dropLeftStages(db: Database, datasets: readonly Dataset[], now: Instant): Promise<void> {
  const marks = datasets.map(() => '?').join(', ');
  if (marks === '') return;
  const left = await db.query(
    `SELECT s.id FROM stage s LEFT JOIN data_release r ON r.stage = s.id AND r.status IN ('DRAFT', 'APPROVED', 'ARMED')
      WHERE r.id IS NULL AND s.created_at < ? AND s.dataset IN (${marks})`,
    [now - ABANDONED_MS, ...datasets.map(({ name }) => name)],
  );
  for (const { id } of left) await dropStage(db, Number(id));
}

const ABANDONED_MS = 60 * 60 * 1000;
