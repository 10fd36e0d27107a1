import type { EntityManager } from 'typeorm';
import { affected } from './affected.js';
import type { Database, DbRow, Dialect } from './database.js';
import type { Dataset } from './dataset.js';
import type { Difference } from './difference.js';
import { POLICY_VERSION } from './disclosure.js';
import type { Instant } from './period.js';
import { findReferencePeriod } from './reference-period.js';
import type { Asked } from './series.js';
import { textOrNull } from './source.js';
import { releaseTable } from './tables.js';

export const RELEASE_KINDS = ['REGULAR', 'PRELIMINARY', 'REVISION', 'CORRECTION', 'WITHDRAWAL', 'HISTORICAL'] as const;
export type ReleaseKind = (typeof RELEASE_KINDS)[number];

/**
 * Where a release stands, as stored. APPROVED waits for its instant in the stage; ARMED is written for its instant and
 * not sealed; SEALED is seen from its instant on. CANCELLED and FAILED never were and never will be.
 */
export const RELEASE_STATES = ['DRAFT', 'APPROVED', 'ARMED', 'SEALED', 'CANCELLED', 'FAILED'] as const;
export type ReleaseState = (typeof RELEASE_STATES)[number];

/** A release as it is kept. */
export interface StoredRelease {
  readonly id: string;
  readonly dataset: string;
  readonly number: number;
  readonly kind: ReleaseKind;
  readonly state: ReleaseState;
  /** The instant its rows are seen from; null until it is armed. */
  readonly instant: Instant | null;
  /** The instant it was approved for; null for as soon as possible. */
  readonly publishAt: Instant | null;
  /** The releases that appear together with it, itself included; empty for one that appears alone. */
  readonly tiedWith: readonly string[];
  /** Null once its stage is dropped. */
  readonly stage: number | null;
  readonly reason: string | null;
  readonly supersedes: string | null;
  readonly fileName: string | null;
  readonly fileHash: string | null;
  readonly scope: Scope;
  readonly acknowledged: readonly string[];
  /** The newest instant of the dataset when this release was compared with it; 0 before the first. */
  readonly baseInstant: Instant;
  readonly difference: Difference | null;
  readonly rowCount: number;
  readonly contentHash: string | null;
  readonly chainHash: string | null;
  readonly policyVersion: string | null;
  readonly createdAt: Instant;
  readonly createdBy: string;
  readonly approvedBy: string | null;
  /** 0 while nobody has approved it. */
  readonly approvedAt: Instant;
  /** Why it is FAILED. */
  readonly failure: string | null;
}

/** What a file speaks for. */
export interface Scope {
  /** The region it lies within; null for all. */
  readonly region: string | null;
  /** True when what is published and not in the file stays. */
  readonly keepsMissing: boolean;
  readonly locale: string;
}

/** What makes a draft. */
export interface Draft {
  readonly dataset: Dataset;
  readonly stage: number;
  readonly kind: ReleaseKind;
  readonly reason: string | null;
  readonly supersedes: string | null;
  readonly fileName: string | null;
  readonly fileHash: string | null;
  readonly scope: Scope;
  readonly acknowledged: readonly string[];
  readonly rowCount: number;
  readonly baseInstant: Instant;
  /** Null where nothing was published before: every row is new then. */
  readonly difference: Difference | null;
  readonly createdBy: string;
}

export const WHOLE_SCOPE: Scope = { region: null, keepsMissing: true, locale: 'C' };

/** Stores a draft that was compared at an instant, under the next number of its dataset. Readers see nothing of it. */
export async function storeDraft(db: Database, draft: Draft, comparedAt: Instant): Promise<StoredRelease> {
  const { dataset, stage, difference, scope, acknowledged, ...facts } = draft;
  const period = await findReferencePeriod(db, { dataset, id: stage });
  const id = await db.write(async (tx) => {
    const number = await nextNumber(tx, db.dialect, dataset.name);
    await tx.insert(releaseTable.options.name, {
      id: `${dataset.name}/${number}`,
      dataset: dataset.name,
      number,
      kind: facts.kind,
      status: 'DRAFT',
      subgraph: dataset.subgraph,
      stage,
      reason: facts.reason,
      supersedes: facts.supersedes,
      reference_period: period,
      file_name: facts.fileName,
      file_hash: facts.fileHash,
      scope: JSON.stringify(scope),
      acknowledged: acknowledged.join(' '),
      base_instant: facts.baseInstant,
      row_count: facts.rowCount,
      added: difference?.added ?? null,
      changed: difference?.changed ?? null,
      removed: difference?.removed ?? null,
      policy_version: POLICY_VERSION,
      created_at: comparedAt,
      created_by: facts.createdBy,
    });
    return `${dataset.name}/${number}`;
  });
  return demandRelease(db, id);
}

/** The release with this id; null when there is none. */
export async function findRelease(asked: Asked, id: string): Promise<StoredRelease | null> {
  const [row] = await asked.query('SELECT * FROM data_release WHERE id = ?', [id]);
  return row ? readStored(row) : null;
}

async function demandRelease(asked: Asked, id: string): Promise<StoredRelease> {
  const release = await findRelease(asked, id);
  if (release) return release;
  throw new Error(`release ${id} is not in the database`);
}

/** The releases of these datasets in one of these states, oldest first. */
export async function findReleases(
  asked: Asked,
  datasets: readonly string[],
  states: readonly ReleaseState[],
): Promise<StoredRelease[]> {
  if (datasets.length === 0) return [];
  const marks = (list: readonly string[]) => list.map(() => '?').join(', ');
  const rows = await asked.query(
    `SELECT * FROM data_release WHERE dataset IN (${marks(datasets)}) AND status IN (${marks(states)}) ORDER BY dataset, number`,
    [...datasets, ...states],
  );
  return rows.map(readStored);
}

/** The newest releases of a dataset, in every state, newest first. */
export async function listReleases(asked: Asked, dataset: string, limit: number): Promise<StoredRelease[]> {
  const rows = await asked.query('SELECT * FROM data_release WHERE dataset = ? ORDER BY number DESC LIMIT ?', [
    dataset,
    limit,
  ]);
  return rows.map(readStored);
}

/** Changes a release that is in one of these states; false when it is not, any more. */
export async function moveRelease(
  tx: EntityManager,
  id: string,
  from: readonly ReleaseState[],
  columns: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const names = Object.keys(columns);
  const sets = names.map((name) => `${name} = ?`).join(', ');
  const sql = `UPDATE data_release SET ${sets} WHERE id = ? AND status IN (${from.map(() => '?').join(', ')})`;
  return (await affected(tx, sql, [...Object.values(columns), id, ...from])) === 1;
}

/** The hash of the newest armed release of a dataset, to which the next is chained; empty text for the first. */
export async function chainHead(tx: EntityManager, dataset: string): Promise<string> {
  const rows: readonly DbRow[] = await tx.query(
    'SELECT chain_hash, content_hash FROM data_release WHERE dataset = ? AND instant IS NOT NULL ORDER BY instant DESC LIMIT 1',
    [dataset],
  );
  return String(rows[0]?.chain_hash ?? rows[0]?.content_hash ?? '');
}

/**
 * Makes armings of one subgraph wait for one another; on SQLite writers wait anyway. Its datasets are read at one
 * instant: rows that are armed and not sealed must not lie before the seal of another of them.
 */
export async function lockSubgraph(tx: EntityManager, dialect: Dialect, subgraph: string): Promise<void> {
  await lockHead(tx, dialect, `@${subgraph}`, 0);
}

/** Makes approvals of one subgraph wait for one another, and for none of its armings, which may take minutes. */
export async function lockApprovals(tx: EntityManager, dialect: Dialect, subgraph: string): Promise<void> {
  await lockHead(tx, dialect, `!${subgraph}`, 0);
}

/** Now, or later: after every draft of the dataset that was compared before, also where clocks are off. */
export async function approvalTime(asked: Asked, dataset: string, now: Instant): Promise<Instant> {
  const [row] = await asked.query('SELECT MAX(created_at) AS newest FROM data_release WHERE dataset = ?', [dataset]);
  return Math.max(now, Number(row?.newest ?? 0) + 1);
}

/** Now, or later: not before any release of the dataset that was approved. To be taken before a draft is compared. */
export async function comparisonTime(asked: Asked, dataset: string, now: Instant): Promise<Instant> {
  const [row] = await asked.query('SELECT MAX(approved_at) AS newest FROM data_release WHERE dataset = ?', [dataset]);
  return Math.max(now, Number(row?.newest ?? 0));
}

/** Makes a row and locks it, in one statement: two that look first and lock then would wait for one another. */
async function lockHead(tx: EntityManager, dialect: Dialect, row: string, first: number): Promise<void> {
  const known = dialect === 'sqlite' ? 'ON CONFLICT DO NOTHING' : 'ON DUPLICATE KEY UPDATE next_number = next_number';
  await tx.query(`INSERT INTO dataset_head (dataset, next_number) VALUES (?, ?) ${known}`, [row, first]);
}

async function nextNumber(tx: EntityManager, dialect: Dialect, dataset: string): Promise<number> {
  await lockHead(tx, dialect, dataset, 1);
  const lock = dialect === 'mysql' ? ' FOR UPDATE' : '';
  const [head]: { next_number: unknown }[] = await tx.query(
    `SELECT next_number FROM dataset_head WHERE dataset = ?${lock}`,
    [dataset],
  );
  const number = Number(head?.next_number);
  await affected(tx, 'UPDATE dataset_head SET next_number = ? WHERE dataset = ?', [number + 1, dataset]);
  return number;
}

/** The newest instant that a release of the dataset is armed or sealed for; 0 before the first. */
export async function newestInstant(asked: Asked, dataset: string): Promise<Instant> {
  const [row] = await asked.query('SELECT MAX(instant) AS instant FROM data_release WHERE dataset = ?', [dataset]);
  return Number(row?.instant ?? 0);
}

function readStored(row: DbRow): StoredRelease {
  const number = (value: unknown) => (value === null || value === undefined ? null : Number(value));
  return {
    id: String(row.id),
    dataset: String(row.dataset),
    number: Number(row.number),
    kind: String(row.kind) as ReleaseKind, // written by us from the list
    state: String(row.status ?? 'SEALED') as ReleaseState, // written by us from the list
    instant: number(row.instant),
    publishAt: number(row.publish_at),
    tiedWith: row.tied_with ? (JSON.parse(String(row.tied_with)) as string[]) : [], // written by us
    stage: number(row.stage),
    reason: textOrNull(row.reason),
    supersedes: textOrNull(row.supersedes),
    fileName: textOrNull(row.file_name),
    fileHash: textOrNull(row.file_hash),
    scope: row.scope ? (JSON.parse(String(row.scope)) as Scope) : WHOLE_SCOPE, // written by us
    acknowledged: String(row.acknowledged ?? '')
      .split(' ')
      .filter(Boolean),
    baseInstant: Number(row.base_instant ?? 0),
    difference: readDifference(row),
    rowCount: Number(row.row_count ?? 0),
    contentHash: textOrNull(row.content_hash),
    chainHash: textOrNull(row.chain_hash),
    policyVersion: textOrNull(row.policy_version),
    createdAt: Number(row.created_at),
    createdBy: String(row.created_by),
    approvedBy: textOrNull(row.approved_by),
    approvedAt: Number(row.approved_at ?? 0),
    failure: textOrNull(row.failure),
  };
}

function readDifference({ added, changed, removed, row_count }: DbRow): Difference | null {
  if (added === null || added === undefined) return null;
  const [more, other, fewer] = [Number(added), Number(changed), Number(removed)];
  return { added: more, changed: other, removed: fewer, same: Number(row_count) - more - other };
}
