import { setImmediate as nextTurn } from 'node:timers/promises';
import { affected } from './affected.js';
import type { Database } from './database.js';
import { contentColumns, type Dataset, hasStatus, storedKey } from './dataset.js';
import { countDifference, figureColumns, withinScope } from './difference.js';
import { OPEN } from './edition.js';
import { RequestError } from './errors.js';
import type { Loader } from './load.js';
import type { Instant } from './period.js';
import { comparisonTime, findRelease, findReleases, newestInstant, type StoredRelease, storeDraft } from './release.js';
import { createStage, dropStage, type Stage, stageTable } from './stage.js';

/** What a withdrawal says of itself. */
export interface WithdrawalFacts {
  /** Why, as readers see it. */
  readonly reason: string;
  readonly createdBy: string;
  /** The region it keeps to, with all below; null for all. */
  readonly scope: string | null;
}

/**
 * Makes a draft that takes a release back. Where the release is still the newest word on a cell, the cell keeps its
 * place, its source and the status O, without its figures; a dataset without statuses loses the row. Cells that later
 * releases have changed stay as they are, and older figures never come back. The same asked again gives the draft that
 * is there.
 *
 * Throws REASON_MISSING, UNKNOWN_RELEASE, or RELEASE_NOT_READY for a release that readers do not see, that is a
 * withdrawal itself, of which nothing is left, or whose rows others refer to.
 */
export async function draftWithdrawal(
  loader: Loader,
  dataset: Dataset,
  releaseId: string,
  facts: WithdrawalFacts,
): Promise<StoredRelease> {
  const { db, clock } = loader;
  if (facts.reason.trim() === '')
    throw new RequestError('REASON_MISSING', `Say why ${releaseId} is withdrawn: readers see the reason.`);
  await demandWithdrawable(db, dataset, releaseId, clock());
  const comparedAt = await comparisonTime(db, dataset.name, clock());
  const baseInstant = await newestInstant(db, dataset.name);
  const same = await findSameDraft(db, dataset, releaseId, facts, baseInstant);
  if (same) return same;
  const stage = await createStage(db, dataset, clock());
  try {
    const rows = await stageTombstones(db, stage, releaseId, facts.scope);
    if (rows === 0) throw notReady(releaseId, nothingLeft(facts.scope));
    if (!hasStatus(dataset)) await refuseReferred(loader, stage, releaseId);
    const { reason, createdBy, scope } = facts;
    const own = {
      kind: 'WITHDRAWAL',
      supersedes: releaseId,
      reason,
      createdBy,
      fileName: null,
      fileHash: null,
    } as const;
    const difference = await countDifference(db, stage);
    const rowCount = hasStatus(dataset) ? rows : 0; // a row that goes is none of the release
    const reach = { scope: { region: scope, keepsMissing: true, locale: 'C' }, acknowledged: [], baseInstant };
    return await storeDraft(db, { dataset, stage: stage.id, rowCount, difference, ...own, ...reach }, comparedAt);
  } catch (error) {
    await dropStage(db, stage.id);
    throw error;
  }
}

async function demandWithdrawable(db: Database, { name }: Dataset, id: string, now: Instant): Promise<void> {
  const release = await findRelease(db, id);
  if (release?.dataset !== name)
    throw new RequestError(
      'UNKNOWN_RELEASE',
      `${name} has no release "${id.slice(0, 80)}": its list of releases has them.`,
    );
  const { state, instant, kind } = release;
  if (state !== 'SEALED' || instant === null || instant > now)
    throw notReady(id, 'readers do not see it: cancel it, or wait until it is published');
  if (kind === 'WITHDRAWAL')
    throw notReady(id, 'it is a withdrawal and has no figures: publish the figures again instead');
}

async function findSameDraft(
  db: Database,
  { name }: Dataset,
  id: string,
  { reason, createdBy, scope }: WithdrawalFacts,
  baseInstant: Instant,
): Promise<StoredRelease | null> {
  const drafts = await findReleases(db, [name], ['DRAFT']);
  const isSame = (draft: StoredRelease) =>
    draft.kind === 'WITHDRAWAL' &&
    draft.supersedes === id &&
    draft.reason === reason &&
    draft.createdBy === createdBy &&
    draft.scope.region === scope &&
    draft.baseInstant === baseInstant;
  return drafts.find(isSame) ?? null;
}

/**
 * Fills the stage from the open rows of the release, one series after the other. Gives how many. A cell that an armed
 * release is about to change is closed already, and left out: the withdrawal would empty what that release says.
 */
async function stageTombstones(db: Database, stage: Stage, releaseId: string, scope: string | null): Promise<number> {
  const { dataset, series, id } = stage;
  const within = withinScope(dataset, 'p', scope);
  const { names, values } = tombstone(dataset);
  const sql = `INSERT INTO ${stageTable(id)} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${dataset.table} p
    WHERE p.release_id = ? AND p.published_to = ? AND ${within.sql}`;
  let rows = 0;
  for (const number of series ? series.all().keys() : [null]) {
    const ofSeries = number === null ? { sql: '', parameters: [] } : { sql: ' AND p.series = ?', parameters: [number] };
    const parameters = [releaseId, OPEN, ...within.parameters, ...ofSeries.parameters];
    rows += await db.write((tx) => affected(tx, `${sql}${ofSeries.sql}`, parameters));
    await nextTurn();
  }
  return rows;
}

/** The columns of a stage that a withdrawn row fills, and with what of the published row `p`. No line of a file: 0. */
function tombstone(dataset: Dataset) {
  const keys = storedKey(dataset);
  const own = (name: string) => `p.${name}`;
  if (!hasStatus(dataset)) return { names: [...keys, 'line', 'removes'], values: [...keys.map(own), '0', '1'] };
  const said: Readonly<Record<string, string>> = {
    ...Object.fromEntries([...figureColumns(dataset), 'note'].map((name) => [name, 'NULL'])),
    obs_status: "'O'",
    conf_status: "'F'",
  };
  const contents = contentColumns(dataset);
  return {
    names: [...keys, ...contents, 'line'],
    values: [...keys.map(own), ...contents.map((name) => said[name] ?? own(name)), '0'],
  };
}

/** Rows that go must not be what others name: every figure has its source, and every share its definition. */
async function refuseReferred({ db, datasets }: Loader, { dataset, id }: Stage, releaseId: string): Promise<void> {
  for (const other of datasets)
    for (const column of other.columns) {
      if (column.kind !== 'reference' || column.to !== dataset.name) continue;
      const going = new Set((await db.query(`SELECT id FROM ${stageTable(id)}`)).map((row) => String(row.id)));
      const named = (await findNamed(db, other, column.name)).flatMap((ids) => ids.split(' '));
      const used = named.filter((one) => going.has(one));
      if (used.length === 0) continue;
      throw notReady(releaseId, `${other.name} refers to its rows, such as "${used[0]}": change that first`);
    }
}

/** What the open rows of a dataset name in a column, as stored. */
async function findNamed(db: Database, { table, series }: Dataset, column: string): Promise<string[]> {
  const from = series?.includes(column)
    ? `x.${column} AS named FROM ${table}_series x JOIN ${table} p ON p.series = x.id`
    : `p.${column} AS named FROM ${table} p`;
  const rows = await db.query(`SELECT DISTINCT ${from} WHERE p.published_to = ?`, [OPEN]);
  return rows.map(({ named }) => String(named ?? ''));
}

function nothingLeft(scope: string | null): string {
  const where = scope === null ? '' : ` in ${scope}`;
  return `nothing of it is left${where}: later releases have changed or removed every cell that it opened`;
}

function notReady(id: string, why: string): RequestError {
  return new RequestError('RELEASE_NOT_READY', `${id} cannot be withdrawn: ${why}.`);
}
