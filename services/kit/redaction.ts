import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { affected } from './affected.js';
import { csvHeader } from './csv-line.js';
import type { Database, DbRow, Dialect } from './database.js';
import { type Column, contentColumns, type Dataset, hasStatus, type Row, rowKey, storedKey } from './dataset.js';
import { figureColumns } from './difference.js';
import { RequestError } from './errors.js';
import type { Loader } from './load.js';
import type { Instant } from './period.js';
import { publishedLines } from './published-lines.js';
import type { Condition } from './reach.js';
import { lockSubgraph } from './release.js';
import type { Asked } from './series.js';
import { readSeries, type Series } from './series.js';
import { sha256 } from './sha256.js';
import { stageTable } from './stage.js';

/** A figure that was emptied at every as-of, because the law demands it. */
export interface Redaction {
  readonly id: number;
  readonly dataset: string;
  /** The key cells of the row as JSON, in the order of the dataset's key. */
  readonly rowKey: string;
  /** Why, as readers see it. */
  readonly reason: string;
  readonly redactedAt: Instant;
  readonly redactedBy: string;
  /** The content hash of each release that had stated the figure, and that of the rest, over what is left of it. */
  readonly contentHashes: Readonly<Record<string, string>>;
  /** Its hash in the dataset's chain of redactions. */
  readonly chainHash: string;
}

/**
 * Empties a figure in every state that was ever published, and in every file that waits: its numbers, its texts, and its
 * true value where it was withheld. Its place stays, with the status Q and the confidentiality N. Then a new redaction
 * epoch begins, so that no answer that was kept is given again. Asked again for a figure that is redacted already, it
 * only begins another epoch: the reply of the first time may have been lost.
 *
 * `key` has a cell for each key column; one that is blank or left out is what a blank cell of a file means.
 * Throws REASON_MISSING, and BAD_ARGUMENT for a key that was never published or a dataset whose rows cannot be empty.
 */
export async function redact(
  { db, log, clock }: Pick<Loader, 'db' | 'log' | 'clock'>,
  dataset: Dataset,
  key: Row,
  reason: string,
  redactedBy: string,
): Promise<Redaction> {
  if (reason.trim() === '')
    throw new RequestError('REASON_MISSING', 'Say why the figure is redacted: readers see the reason.');
  refuseUnredactable(dataset);
  const row = wholeKey(dataset, key);
  const act = { dataset: dataset.name, rowKey: rowKey(dataset, row), reason, redactedAt: clock(), redactedBy };
  const done = await db.write((tx) => redactIn(tx, db, dataset, row, act));
  await log.recordRedaction(dataset.name);
  return done;
}

/** The redactions of a dataset in the order of their chain. */
export async function findRedactions(asked: Asked, dataset: string): Promise<Redaction[]> {
  const rows = await asked.query('SELECT * FROM redaction WHERE dataset = ? ORDER BY id', [dataset]);
  return rows.map(readRedaction);
}

/** What a redaction's hash covers: its predecessor's, and all that it says. */
export function redactionHashOf(previous: string, redaction: Omit<Redaction, 'id' | 'chainHash'>): string {
  const { dataset, rowKey, reason, redactedAt, redactedBy, contentHashes } = redaction;
  return sha256(JSON.stringify([previous, dataset, rowKey, reason, redactedAt, redactedBy, contentHashes]));
}

type Act = Omit<Redaction, 'id' | 'contentHashes' | 'chainHash'>;

async function redactIn(
  tx: EntityManager,
  { dialect }: Database,
  dataset: Dataset,
  row: Row,
  act: Act,
): Promise<Redaction> {
  await lockSubgraph(tx, dialect, dataset.subgraph);
  const where = keyCondition(dataset, await readSeries(tx, dataset), row);
  const releases = where ? await findReleasesOf(tx, dataset, where) : [];
  if (!where || releases.length === 0) throw unknownRow(dataset, act.rowKey);
  const emptied = await emptyAll(tx, dialect, dataset, where, act.rowKey);
  const before = await findRedactions(tx, dataset.name);
  const same = before.findLast((one) => one.rowKey === act.rowKey);
  if (emptied === 0 && same) return same;
  const contentHashes = await hashReleases(tx, dialect, dataset, releases);
  const chainHash = redactionHashOf(before.at(-1)?.chainHash ?? '', { ...act, contentHashes });
  const redaction = { ...act, id: await nextId(tx, dialect), contentHashes, chainHash };
  await insertRedaction(tx, redaction);
  return redaction;
}

/** Rows without a status cannot say why a figure that each of them must have is missing. */
function refuseUnredactable(dataset: Dataset): void {
  const figures = figureColumns(dataset);
  const needed = dataset.columns.find(({ name, required }) => required && figures.includes(name));
  if (hasStatus(dataset) || !needed) return;
  throw new RequestError(
    'BAD_ARGUMENT',
    `Rows of ${dataset.name} cannot be redacted: each must have its ${needed.name}, and no status can say that it is gone. Correct or withdraw the release instead.`,
  );
}

/** The key with what a blank cell means filled in; what is not stated is null. */
function wholeKey({ key, columns }: Dataset, given: Row): Row {
  const fallbackOf = (wanted: string) => columns.find(({ name }) => name === wanted)?.fallback ?? null;
  return Object.fromEntries(
    key.map((name) => [name, (given[name] ?? '') === '' ? fallbackOf(name) : (given[name] ?? null)]),
  );
}

/** The condition that a row of a published table, or of a stage, has the key; null where no row of that series is known. */
export function keyCondition(dataset: Dataset, series: Series | null, row: Row): Condition | null {
  const cells = Object.fromEntries(dataset.key.map((name) => [name, row[name] ?? '']));
  const number = series?.idOf(cells);
  if (series && number === undefined) return null;
  const names = storedKey(dataset);
  return {
    sql: names.map((name) => `${name} = ?`).join(' AND '),
    parameters: names.map((name) => (series && name === 'series' ? number : cells[name])),
  };
}

async function findReleasesOf(
  tx: EntityManager,
  { table }: Dataset,
  { sql, parameters }: Condition,
): Promise<string[]> {
  const rows: readonly DbRow[] = await tx.query(
    `SELECT DISTINCT release_id FROM ${table} WHERE ${sql} ORDER BY release_id`,
    [...parameters],
  );
  return rows.map(({ release_id }) => String(release_id));
}

/** Empties the row everywhere. Gives in how many places there was something to empty. */
async function emptyAll(
  tx: EntityManager,
  dialect: Dialect,
  dataset: Dataset,
  { sql, parameters }: Condition,
  key: string,
): Promise<number> {
  const { sets, isFull } = emptying(dataset);
  const where = `${sql} AND (${isFull})`;
  let emptied = await affected(tx, `UPDATE ${dataset.table} SET ${sets} WHERE ${where}`, parameters);
  emptied += await affected(tx, 'DELETE FROM withheld_value WHERE dataset = ? AND row_key = ?', [dataset.name, key]);
  for (const id of await findStages(tx, dialect, dataset)) {
    const staged = `UPDATE ${stageTable(id)} SET ${sets}, withheld = NULL WHERE ${sql} AND removes IS NULL AND (${isFull} OR withheld IS NOT NULL)`;
    emptied += await affected(tx, staged, parameters);
  }
  return emptied;
}

/** What empties a row, and the condition that it is not empty: figures, texts and what is derived from them go, statuses say why. */
export function emptying(dataset: Dataset): { readonly sets: string; readonly isFull: string } {
  const figures = figureColumns(dataset);
  const isEmptied = (name: string) => {
    const kind = columnOf(dataset, name)?.kind;
    return figures.includes(name) || kind === 'text' || kind === undefined;
  };
  const emptied = contentColumns(dataset).filter(isEmptied);
  const statuses = Object.entries(REDACTED).filter(([name]) => columnOf(dataset, name) !== undefined);
  const blank = (
    name: string, // a text that readers rely on stays one
  ) => (columnOf(dataset, name)?.required && !figures.includes(name) ? "''" : 'NULL');
  const sets = [
    ...emptied.map((name) => `${name} = ${blank(name)}`),
    ...statuses.map(([name, word]) => `${name} = '${word}'`),
  ];
  const full = [
    ...emptied.map((name) => `COALESCE(CAST(${name} AS CHAR), '') <> ''`),
    ...statuses.map(([name, word]) => `COALESCE(${name}, '') <> '${word}'`),
  ];
  return { sets: sets.join(', '), isFull: full.join(' OR ') };
}

const REDACTED = { obs_status: 'Q', conf_status: 'N' } as const;

function columnOf({ columns }: Dataset, wanted: string): Column | undefined {
  return columns.find(({ name }) => name === wanted);
}

/** The stages of the dataset whose tables are there: another process may be dropping one. */
async function findStages(tx: EntityManager, dialect: Dialect, { name }: Dataset): Promise<number[]> {
  const stages: readonly DbRow[] = await tx.query('SELECT id FROM stage WHERE dataset = ?', [name]);
  const tables: readonly DbRow[] = await tx.query(TABLES[dialect]);
  const there = new Set(tables.map((table) => String(table.name)));
  return stages.map(({ id }) => Number(id)).filter((id) => there.has(stageTable(id)));
}

const TABLES: Readonly<Record<Dialect, string>> = {
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'table'",
  mysql: 'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
};

/** The content hash of each of these releases, over what they say now. */
async function hashReleases(
  tx: EntityManager,
  dialect: Dialect,
  dataset: Dataset,
  releases: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const start = () => createHash('sha256').update(`${csvHeader(dataset)}\n`);
  const hashes = new Map(
    releases.flatMap((id) => [[id, start()] as const, [restOf(id), createHash('sha256')] as const]),
  );
  for await (const lines of publishedLines(tx, dialect, dataset))
    for (const { releaseId, line, restLine } of lines) {
      hashes.get(releaseId)?.update(`${line}\n`);
      hashes.get(restOf(releaseId))?.update(`${restLine}\n`);
    }
  return Object.fromEntries([...hashes].map(([id, hash]) => [id, hash.digest('hex')]));
}

/** The name under which a redaction keeps the hash over the rest of a release's rows. */
export function restOf(release: string): string {
  return `${release} rest`;
}

async function nextId(tx: EntityManager, dialect: Dialect): Promise<number> {
  const lock = dialect === 'mysql' ? ' FOR UPDATE' : '';
  const [row]: DbRow[] = await tx.query(`SELECT MAX(id) AS newest FROM redaction${lock}`);
  return Number(row?.newest ?? 0) + 1;
}

async function insertRedaction(tx: EntityManager, redaction: Redaction): Promise<void> {
  const { id, dataset, rowKey, reason, redactedAt, redactedBy, contentHashes, chainHash } = redaction;
  await tx.query(
    'INSERT INTO redaction (id, dataset, row_key, reason, redacted_at, redacted_by, content_hashes, chain_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [id, dataset, rowKey, reason, redactedAt, redactedBy, JSON.stringify(contentHashes), chainHash],
  );
}

function readRedaction(row: DbRow): Redaction {
  return {
    id: Number(row.id),
    dataset: String(row.dataset),
    rowKey: String(row.row_key),
    reason: String(row.reason),
    redactedAt: Number(row.redacted_at),
    redactedBy: String(row.redacted_by),
    contentHashes: JSON.parse(String(row.content_hashes)) as Readonly<Record<string, string>>, // written by us
    chainHash: String(row.chain_hash),
  };
}

function unknownRow({ name, key }: Dataset, text: string): RequestError {
  return new RequestError(
    'BAD_ARGUMENT',
    `No row of ${name} was ever published with the key ${text}: give ${key.join(', ')} as its CSV has them.`,
  );
}
