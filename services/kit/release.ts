import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Database, Dialect } from './database.js';
import type { Dataset, Row } from './dataset.js';
import { rowKey } from './dataset.js';
import { keepable, POLICY_VERSION, screen } from './disclosure.js';
import { type EditionLog, SEAL_LEAD_MS, type Seal } from './edition.js';
import type { Instant } from './period.js';
import { affected, closeRows, findOpen, isSame, openRows, undoRows } from './published.js';
import { releaseTable, stagedRowTable, withheldValueTable } from './tables.js';

export const RELEASE_KINDS = ['REGULAR', 'PRELIMINARY', 'REVISION', 'CORRECTION', 'WITHDRAWAL', 'HISTORICAL'] as const;
export type ReleaseKind = (typeof RELEASE_KINDS)[number];

/** What is to be published, checked already. Rows that are not in it stay as they are. */
export interface Draft {
  readonly dataset: Dataset;
  readonly rows: readonly Row[];
  readonly kind: ReleaseKind;
  readonly reason: string | null;
  readonly createdBy: string;
  readonly approvedBy: string;
}

/** A release written for an instant and not sealed yet. */
export interface Armed {
  readonly dataset: Dataset;
  readonly releaseId: string;
  readonly instant: Instant;
  readonly hash: string;
  readonly changedCells: number;
}

export interface Publisher {
  readonly db: Database;
  readonly log: EditionLog;
  readonly clock: () => Instant;
}

/** Puts a draft into staging and gives it its number. Readers see nothing of it. */
export async function stageDraft(db: Database, draft: Draft, now: Instant): Promise<string> {
  return db.write(async (tx) => {
    const number = await nextNumber(tx, db.dialect, draft.dataset.name);
    const id = `${draft.dataset.name}/${number}`;
    await tx.insert(releaseTable.options.name, {
      id,
      dataset: draft.dataset.name,
      number,
      kind: draft.kind,
      reason: draft.reason,
      row_count: draft.rows.length,
      created_at: now,
      created_by: draft.createdBy,
      approved_by: draft.approvedBy,
    });
    for (let start = 0; start < draft.rows.length; start += 500) {
      const values = draft.rows
        .slice(start, start + 500)
        .map((row, index) => ({ release_id: id, line: start + index + 1, body: JSON.stringify(row) }));
      await tx
        .createQueryBuilder()
        .insert()
        .into(stagedRowTable.options.name)
        .values(values)
        .updateEntity(false)
        .execute();
    }
    return id;
  });
}

/** Arms one staged release for an instant, in one transaction: compares it with the newest state, screens it, writes it. */
export function arm(db: Database, dataset: Dataset, releaseId: string, instant: Instant): Promise<Armed> {
  return db.write((tx) => armIn(tx, db.dialect, dataset, releaseId, instant));
}

/** The same inside a transaction of the caller. */
export async function armIn(
  tx: EntityManager,
  dialect: Dialect,
  dataset: Dataset,
  releaseId: string,
  instant: Instant,
): Promise<Armed> {
  await lock(tx, dialect, dataset.name);
  await refuseSecondArming(tx, dataset.name, instant);
  const staged: { body: string }[] = await tx.query('SELECT body FROM staged_row WHERE release_id = ? ORDER BY line', [
    releaseId,
  ]);
  const screened = staged.map(({ body }) => screen(dataset, withDerived(dataset, JSON.parse(body))));
  const open = await findOpen(
    tx,
    dialect,
    dataset,
    screened.map(({ row }) => row),
  );
  const changed = screened.filter(({ row }) => {
    const current = open.get(rowKey(dataset, row));
    return !current || !isSame(dataset, current, row);
  });
  const closing = changed.map(({ row }) => row).filter((row) => open.has(rowKey(dataset, row)));
  await closeRows(tx, dialect, dataset, closing, instant);
  await openRows(
    tx,
    dataset,
    changed.map(({ row }) => ({ row, releaseId })),
    instant,
  );
  await keepWithheld(tx, dataset, releaseId, changed);
  const hash = hashOf(
    dataset,
    changed.map(({ row }) => row),
    closing,
  );
  const sets = 'instant = ?, content_hash = ?, changed_cells = ?, policy_version = ?';
  const facts = [instant, hash, changed.length, POLICY_VERSION, releaseId];
  await affected(tx, `UPDATE data_release SET ${sets} WHERE id = ?`, facts);
  await affected(tx, 'DELETE FROM staged_row WHERE release_id = ?', [releaseId]);
  return { dataset, releaseId, instant, hash, changedCells: changed.length };
}

/** Takes an armed release back, whole, as long as it is not sealed; the release is gone and has to be staged anew. */
export async function disarm(
  db: Database,
  { dataset, releaseId, instant }: Pick<Armed, 'dataset' | 'releaseId' | 'instant'>,
): Promise<void> {
  await db.write(async (tx) => {
    await lock(tx, db.dialect, dataset.name);
    const sealed: unknown[] = await tx.query('SELECT 1 FROM seal WHERE dataset = ? AND instant = ?', [
      dataset.name,
      instant,
    ]);
    if (sealed.length > 0) throw new Error(`${releaseId} is sealed; only a new release can change it`);
    await undoRows(tx, dataset, instant);
    await forget(tx, releaseId);
  });
}

/** Removes a release that was staged and never armed. */
export async function discard(db: Database, releaseId: string): Promise<void> {
  await db.write((tx) => forget(tx, releaseId));
}

/**
 * Publishes drafts of several datasets so that readers see all of them from one instant on, or none. The instant is
 * the one given, or as soon as the seal's lead allows. Gives the armed releases; throws what kept them from being sealed,
 * after taking everything back. Once the log has sealed them nothing is taken back, whatever fails afterwards.
 */
export async function publishTogether(
  { db, log, clock }: Publisher,
  drafts: readonly Draft[],
  at?: Instant,
): Promise<Armed[]> {
  const instant = at ?? clock() + 2 * SEAL_LEAD_MS;
  const armed: Armed[] = [];
  try {
    for (const draft of drafts) armed.push(await stageAndArm(db, draft, instant, clock()));
    await log.seal(armed.map(sealOf));
  } catch (error) {
    await takeBack(db, log, armed);
    throw error;
  }
  await copySeals(db, armed.map(sealOf));
  return armed;
}

/** Disarms what the log has not sealed: its reply may have been lost. A log that cannot be read leaves it to the next start. */
async function takeBack(db: Database, log: EditionLog, armed: readonly Armed[]): Promise<void> {
  if (armed.length === 0) return;
  const { seals } = await log.read(0);
  const isSealed = ({ dataset, instant }: Armed) =>
    seals.some((seal) => seal.dataset === dataset.name && seal.instant === instant);
  for (const one of armed) if (!isSealed(one)) await disarm(db, one);
}

async function stageAndArm(db: Database, draft: Draft, instant: Instant, now: Instant): Promise<Armed> {
  const id = await stageDraft(db, draft, now);
  try {
    return await arm(db, draft.dataset, id, instant);
  } catch (error) {
    await discard(db, id);
    throw error;
  }
}

export function sealOf({ dataset, instant, hash }: Armed): Seal {
  return { dataset: dataset.name, subgraph: dataset.subgraph, instant, hash, historical: false };
}

/** Writes the seals into the datasets' own database, where its subgraphs look them up. */
export async function copySeals(db: Database, seals: readonly Seal[]): Promise<void> {
  await db.write(async (tx) => {
    for (const { dataset, instant } of seals) await tx.insert('seal', { dataset, instant });
  });
}

async function forget(tx: EntityManager, releaseId: string): Promise<void> {
  for (const table of ['withheld_value', 'staged_row'])
    await affected(tx, `DELETE FROM ${table} WHERE release_id = ?`, [releaseId]);
  await affected(tx, 'DELETE FROM data_release WHERE id = ?', [releaseId]);
}

/** The row lock that makes armings of one dataset wait for one another; on SQLite writers wait anyway. */
async function lock(tx: EntityManager, dialect: Dialect, dataset: string): Promise<void> {
  if (dialect === 'mysql')
    await tx.query('SELECT next_number FROM dataset_head WHERE dataset = ? FOR UPDATE', [dataset]);
}

async function nextNumber(tx: EntityManager, dialect: Dialect, dataset: string): Promise<number> {
  const add = dialect === 'sqlite' ? 'INSERT OR IGNORE' : 'INSERT IGNORE';
  await tx.query(`${add} INTO dataset_head (dataset, next_number) VALUES (?, 1)`, [dataset]);
  await lock(tx, dialect, dataset);
  const [head]: { next_number: unknown }[] = await tx.query('SELECT next_number FROM dataset_head WHERE dataset = ?', [
    dataset,
  ]);
  const number = Number(head?.next_number);
  await affected(tx, 'UPDATE dataset_head SET next_number = ? WHERE dataset = ?', [number + 1, dataset]);
  return number;
}

async function refuseSecondArming(tx: EntityManager, dataset: string, instant: Instant): Promise<void> {
  const others: { id: string }[] = await tx.query('SELECT id FROM data_release WHERE dataset = ? AND instant = ?', [
    dataset,
    instant,
  ]);
  if (others[0]) throw new Error(`${others[0].id} is armed for this instant already`);
}

function withDerived(dataset: Dataset, row: Row): Row {
  const derived = Object.entries(dataset.derived ?? {}).map(([name, derive]) => [name, derive(row)]);
  return { ...row, ...Object.fromEntries(derived) };
}

async function keepWithheld(
  tx: EntityManager,
  dataset: Dataset,
  releaseId: string,
  rows: readonly ReturnType<typeof screen>[],
): Promise<void> {
  const values = rows.flatMap((screened) =>
    keepable(screened).map(({ column, value }) => ({
      release_id: releaseId,
      row_hash: sha256(rowKey(dataset, screened.row)),
      column_name: column,
      dataset: dataset.name,
      row_key: rowKey(dataset, screened.row),
      value: String(value),
    })),
  );
  if (values.length > 0) await tx.insert(withheldValueTable.options.name, values);
}

/** SHA-256 over the opened rows as published and the keys that are closed, in the order of their keys. */
function hashOf(dataset: Dataset, opened: readonly Row[], closed: readonly Row[]): string {
  const names = dataset.columns.map(({ name }) => name);
  const openings = opened.map((row) => JSON.stringify(names.map((name) => row[name] ?? null))).sort();
  const closings = closed.map((row) => rowKey(dataset, row)).sort();
  return sha256(JSON.stringify([dataset.name, openings, closings]));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
