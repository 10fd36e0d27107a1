import type { EntityManager } from 'typeorm';
import { analyze, type Database, type Dialect } from '../../services/kit/database.js';
import { OPEN } from '../../services/kit/edition.js';
import type { Instant } from '../../services/kit/period.js';
import { PLANS } from '../../services/kit/plan.js';
import { type Figures, figuresOf } from './asof-figures.js';

/** Invented history in the tables of figures: so many cells, published by so many releases, written by SQL alone. */

/** How much there is in a database. */
export interface Size {
  /** Cells that readers see at the newest instant, of all tables together. */
  readonly observations: number;
  /** Of each table; each but the first has replaced the same share of its cells. */
  readonly releases: number;
}

/** What was written. */
export interface History {
  readonly regions: readonly string[];
  /** The instants of the releases, oldest first; all of them lie in the past. */
  readonly instants: readonly Instant[];
  readonly cells: number;
  /** Rows stored, with those that were replaced. */
  readonly rows: number;
}

/** The regions whose figures every release replaces: what history costs is seen in theirs. */
export const REVISED: readonly string[] = ['19.03', '19', '00'];

/** The share of the cells that a release replaces: the figures of REVISED, and of other regions in turn. */
const SHARE = 0.01;
/** Twenty years; what does not fit in so many months is in more series. */
const MOST_MONTHS = 240;
const DAY_MS = 86_400_000;

/** One row of each cell of a region: which release opened it, and the instants it is seen from and to. */
interface Version {
  readonly region: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly release: number;
}

/** Fills the empty tables of figures. The regions are those of the database; `now` is the instant the last release is near. */
export async function writeHistory(db: Database, { observations, releases }: Size, now: Instant): Promise<History> {
  const regions = await findRegions(db);
  const perRegion = Math.max(1, Math.round(observations / regions.length));
  const months = Math.min(MOST_MONTHS, Math.max(1, Math.round(perRegion / ASKED)));
  const figures = figuresOf(Math.max(3, Math.round(perRegion / months / 3)));
  const dates = Array.from({ length: months }, (_, month) => monthOf(month));
  const instants = Array.from({ length: releases }, (_, index) => now - (releases - index) * 7 * DAY_MS);
  const versions = versionsOf(regions, instants);
  await addSource(db);
  await Promise.all(figures.map((one) => fillTable(db, one, instants, dates, versions))); // MariaDB writes them at once
  const series = figures.reduce((sum, one) => sum + one.series.length, 0);
  return { regions, instants, cells: regions.length * months * series, rows: versions.length * months * series };
}

async function fillTable(
  db: Database,
  figures: Figures,
  instants: readonly Instant[],
  dates: readonly string[],
  versions: readonly Version[],
): Promise<void> {
  await addReleases(db, figures, instants);
  for (const id of await addSeries(db, figures))
    await db.write((tx) => addRows(tx, db.dialect, figures, id, dates, versions));
  for (const table of [figures.table, `${figures.table}_series`]) await analyze(db, table);
}

/** The series the card asks for, of the three tables. */
const ASKED = 9;

async function findRegions(db: Database): Promise<string[]> {
  const rows = await db.query(
    "SELECT code FROM region WHERE level IN ('COUNTRY', 'PROVINCE', 'REGENCY') AND kind <> 'UNALLOCATED' ORDER BY code",
  );
  return rows.map(({ code }) => String(code));
}

/** Every row of a cell, by region, then by instant: the order of the primary key. */
function versionsOf(regions: readonly string[], instants: readonly Instant[]): Version[] {
  const others = regions.filter((region) => !REVISED.includes(region));
  const inTurn = Math.max(0, Math.round(regions.length * SHARE) - REVISED.length);
  const replacedBy = new Map(regions.map((region) => [region, [0]]));
  for (let release = 1; release < instants.length; release += 1) {
    const next = Array.from({ length: inTurn }, (_, index) => others[(release * inTurn + index) % others.length] ?? '');
    for (const region of [...REVISED, ...next]) replacedBy.get(region)?.push(release);
  }
  return [...replacedBy].flatMap(([region, list]) =>
    list.map((release, index) => ({
      region,
      from: instants[release] ?? 0,
      to: instants[list[index + 1] ?? Number.NaN] ?? OPEN,
      release: release + 1,
    })),
  );
}

/** The month so many months before December 2025. */
function monthOf(month: number): string {
  const index = 2026 * 12 - 1 - month;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

async function addSource(db: Database): Promise<void> {
  await db.write((tx) =>
    tx.query(
      "INSERT INTO participants_source (id, publisher, published_from, published_to, release_id) VALUES ('bench', 'A bench', 0, ?, 'participants_source/1')",
      [OPEN],
    ),
  );
}

async function addReleases(db: Database, { table }: Figures, instants: readonly Instant[]): Promise<void> {
  const columns =
    'id, dataset, subgraph, number, kind, status, instant, content_hash, chain_hash, row_count, changed_cells, policy_version, created_at, created_by, approved_by';
  const marks = columns.replace(/\w+/g, '?');
  await db.write(async (tx) => {
    for (const [index, instant] of instants.entries()) {
      const kind = index === 0 ? 'HISTORICAL' : 'REGULAR';
      const id = `${table}/${index + 1}`;
      const facts = [id, table, 'participants', index + 1, kind, 'SEALED', instant, id, id, 0, 0, 'bench', instant];
      await tx.query(`INSERT INTO data_release (${columns}) VALUES (${marks})`, [...facts, 'system', 'system']);
    }
  });
}

/** Adds the series of a table; gives their ids, ascending. */
async function addSeries(db: Database, { table, series }: Figures): Promise<number[]> {
  await db.write(async (tx) => {
    for (const [index, dimensions] of series.entries()) {
      const values = [index + 1, ...dimensions];
      await tx.query(`INSERT INTO ${table}_series VALUES (${values.map(() => '?').join(', ')})`, values);
    }
  });
  return series.map((_, index) => index + 1);
}

/** All rows of one series, in the order of the primary key, which both databases take in fastest. */
async function addRows(
  tx: EntityManager,
  dialect: Dialect,
  { table, values }: Figures,
  series: number,
  dates: readonly string[],
  versions: readonly Version[],
): Promise<void> {
  if (dialect === 'mysql') await tx.query('SET SESSION join_cache_level = 0'); // a join buffer would turn the order round
  await tx.query(`CREATE TEMPORARY TABLE bench_month AS ${monthsOf(dialect)}`, [JSON.stringify([...dates].reverse())]);
  await tx.query(`CREATE TEMPORARY TABLE bench_version AS ${rowsOf(dialect)}`, [JSON.stringify(versions)]);
  const columns = Object.keys(values).join(', ');
  await tx.query(
    `INSERT INTO ${table} (series, date, region_code, ${columns}, obs_status, conf_status, source_id, published_from, published_to, release_id, file_row)
      SELECT ?, m.date, v.region, ${Object.values(values).join(', ')}, 'E', 'F', 'bench', v.seen_from, v.seen_to, CONCAT('${table}/', v.number), v.seed
      FROM bench_month m ${PLANS[dialect].next} bench_version v`,
    [series],
  );
  for (const name of ['bench_month', 'bench_version'])
    await tx.query(`DROP ${dialect === 'mysql' ? 'TEMPORARY ' : ''}TABLE ${name}`);
}

/** A `?` list of months as rows: their number `n` and their `date`. */
function monthsOf(dialect: Dialect): string {
  if (dialect === 'sqlite') return 'SELECT key AS n, value AS date FROM json_each(?)';
  return "SELECT * FROM JSON_TABLE(?, '$[*]' COLUMNS (n FOR ORDINALITY, date CHAR(10) PATH '$')) j";
}

/** A `?` list of versions as rows; `seed` is the place of each in the list, from which its figures are made. */
function rowsOf(dialect: Dialect): string {
  if (dialect === 'sqlite')
    return `SELECT key AS seed, json_extract(value, '$.region') AS region, json_extract(value, '$.from') AS seen_from,
      json_extract(value, '$.to') AS seen_to, json_extract(value, '$.release') AS number FROM json_each(?)`;
  return `SELECT * FROM JSON_TABLE(?, '$[*]' COLUMNS (seed FOR ORDINALITY, region CHAR(13) PATH '$.region',
    seen_from BIGINT PATH '$.from', seen_to BIGINT PATH '$.to', number INT PATH '$.release')) j`;
}
