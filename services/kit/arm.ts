import { createHash, type Hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { affected } from './affected.js';
import { csvHeader, csvLine, keyLine, restLine } from './csv-line.js';
import type { Dialect } from './database.js';
import { contentColumns, type Dataset, storedKey } from './dataset.js';
import { OPEN } from './edition.js';
import type { Instant } from './period.js';
import { findPieces, inPiece, type Piece } from './reach.js';
import type { Asked } from './series.js';
import { type Stage, stageTable } from './stage.js';

/** What arming wrote, with the hashes over it. */
export interface Written {
  readonly opened: number;
  readonly closed: number;
  /** SHA-256 of the canonical CSV of the opened rows. */
  readonly contentHash: string;
  /** SHA-256 over the key lines of the closed rows. */
  readonly closedHash: string;
  /** SHA-256 over what the CSV does not show of the opened rows: see `restLine`. */
  readonly restHash: string;
}

/** How a stage is written, or compared: inside one transaction, or read only. */
export interface Writing {
  readonly tx: EntityManager;
  readonly dialect: Dialect;
  readonly stage: Stage;
}

/**
 * Writes a stage into the published table for an instant: closes the open rows that it changes or removes, opens its
 * rows that nothing open says already. Piece by piece, so that one process goes on answering meanwhile.
 */
export async function writeStage(writing: Writing, releaseId: string, at: Instant): Promise<Written> {
  const content = createHash('sha256').update(`${csvHeader(writing.stage.dataset)}\n`);
  const closings = createHash('sha256');
  const rest = createHash('sha256');
  let [opened, closed] = [0, 0];
  const isCompared = await hasOpen(writing.tx, writing.stage.dataset); // else there is nothing to close or to be the same as
  for (const piece of await findPieces(writing.tx, writing.stage)) {
    if (isCompared) closed += await closePiece(writing, piece, at);
    opened += await openPiece(writing, piece, releaseId, at, isCompared);
    await hashOpened(writing, piece, at, content, rest);
    if (isCompared) await hashClosed(writing, piece, at, closings);
    await nextTurn();
  }
  const [contentHash, closedHash, restHash] = [content, closings, rest].map((hash) => hash.digest('hex'));
  return { opened, closed, contentHash: contentHash ?? '', closedHash: closedHash ?? '', restHash: restHash ?? '' };
}

/** Takes back what a stage wrote for an instant that is not sealed. */
export async function unwriteStage({ tx, dialect, stage }: Writing, at: Instant): Promise<void> {
  const { table } = stage.dataset;
  for (const piece of await findPieces(tx, stage)) {
    const { sql, parameters } = inPiece(dialect, stage.dataset, table, piece);
    await affected(tx, `DELETE FROM ${table} WHERE ${sql} AND published_from = ?`, [...parameters, at]);
    await affected(tx, `UPDATE ${table} SET published_to = ? WHERE ${sql} AND published_to = ?`, [
      OPEN,
      ...parameters,
      at,
    ]);
  }
}

/** True where something of the dataset is published and not closed. */
export async function hasOpen(asked: Asked, { table }: Dataset): Promise<boolean> {
  return (await asked.query(`SELECT 1 AS one FROM ${table} WHERE published_to = ? LIMIT 1`, [OPEN])).length > 0;
}

/** The condition that a published row `p` has the key of a staged row `s`. */
export function sameKey(dataset: Dataset): string {
  return storedKey(dataset)
    .map((name) => `p.${name} = s.${name}`)
    .join(' AND ');
}

/** The condition that they differ beside their key. */
export function differs(dataset: Dataset, dialect: Dialect): string {
  return `(${contentColumns(dataset)
    .map((name) => columnDiffers(dialect, name))
    .join(' OR ')})`;
}

/** The condition that a published row `p` and a row `s` differ in one column; two that are not stated do not. */
export function columnDiffers(dialect: Dialect, name: string): string {
  return dialect === 'sqlite' ? `p.${name} IS NOT s.${name}` : `NOT (p.${name} <=> s.${name})`;
}

function closePiece({ tx, dialect, stage }: Writing, piece: Piece, at: Instant): Promise<number> {
  const { dataset, id } = stage;
  const { sql, parameters } = inPiece(dialect, dataset, 's', piece);
  const condition = `${sql} AND p.published_to = ? AND (s.removes = 1 OR ${differs(dataset, dialect)})`;
  const statement =
    dialect === 'sqlite'
      ? `UPDATE ${dataset.table} AS p SET published_to = ? FROM ${stageTable(id)} s WHERE ${sameKey(dataset)} AND ${condition}`
      : `UPDATE ${stageTable(id)} s STRAIGHT_JOIN ${dataset.table} p ON ${sameKey(dataset)} SET p.published_to = ? WHERE ${condition}`;
  return affected(tx, statement, [at, ...parameters, OPEN]);
}

function openPiece(
  { tx, dialect, stage }: Writing,
  piece: Piece,
  releaseId: string,
  at: Instant,
  isCompared: boolean,
): Promise<number> {
  const { dataset, id } = stage;
  const { sql, parameters } = inPiece(dialect, dataset, 's', piece);
  const names = [...storedKey(dataset), ...contentColumns(dataset)];
  const open = `AND NOT EXISTS (SELECT 1 FROM ${dataset.table} p WHERE ${sameKey(dataset)} AND p.published_to = ?)`;
  return affected(
    tx,
    `INSERT INTO ${dataset.table} (${names.join(', ')}, published_from, published_to, release_id, file_row)
      SELECT ${names.map((name) => `s.${name}`).join(', ')}, ?, ?, ?, NULLIF(s.line, 0) FROM ${stageTable(id)} s
      WHERE ${sql} AND s.removes IS NULL ${isCompared ? open : ''}`,
    [at, OPEN, releaseId, ...parameters, ...(isCompared ? [OPEN] : [])],
  );
}

/** Adds the rows of a piece that begin at the instant to hashes: of their CSV lines, and of the rest. */
async function hashOpened(writing: Writing, piece: Piece, at: Instant, content: Hash, rest: Hash): Promise<void> {
  const { dialect, stage } = writing;
  const lines = `${csvLine(dialect, stage.dataset, 'p', 'x')} AS line, ${restLine(dialect, stage.dataset, 'p')} AS rest`;
  for (const row of await findLines(writing, piece, lines, 'published_from', at)) {
    content.update(`${row.line}\n`);
    rest.update(`${row.rest}\n`);
  }
}

/** Adds the keys of the rows of a piece that end at the instant to a hash. */
async function hashClosed(writing: Writing, piece: Piece, at: Instant, closings: Hash): Promise<void> {
  const { dialect, stage } = writing;
  const lines = `${keyLine(dialect, stage.dataset, 'p', 'x')} AS line`;
  for (const { line } of await findLines(writing, piece, lines, 'published_to', at)) closings.update(`${line}\n`);
}

function findLines(
  { tx, dialect, stage: { dataset } }: Writing,
  piece: Piece,
  lines: string,
  column: 'published_from' | 'published_to',
  at: Instant,
): Promise<{ line: unknown; rest?: unknown }[]> {
  const { sql, parameters } = inPiece(dialect, dataset, 'p', piece);
  const join = dataset.series ? `JOIN ${dataset.table}_series x ON x.id = p.series` : '';
  const order = storedKey(dataset).map((name) => `p.${name}`);
  return tx.query(
    `SELECT ${lines} FROM ${dataset.table} p ${join} WHERE ${sql} AND p.${column} = ? ORDER BY ${order.join(', ')}`,
    [...parameters, at],
  );
}
