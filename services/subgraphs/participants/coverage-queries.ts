import { groupBy } from '../../kit/batch.js';
import { type DbRow, keyTable } from '../../kit/database.js';
import { visible } from '../../kit/edition.js';
import type { Release, Revision } from '../../kit/observation.js';
import { PLANS } from '../../kit/plan.js';
import type { Reader } from '../../kit/reader.js';
import { findWithdrawn, RELEASE_COLUMNS, readRelease, type Withdrawn } from '../../kit/release-row.js';
import { everVisible, readRevision } from '../../kit/revision.js';
import { numberOrNull, textOrNull } from '../../kit/source.js';
import { cellKey } from './cell.js';
import type { Finding } from './coverage.js';
import { byRegion, INDICATOR, PARTICIPANT_COUNT, POPULATION_BASE, STATED_COVERAGE } from './tables.js';
import type { DerivedCells } from './types.js';
import { liesWithin, type Period, textRange } from './within.js';

/** A finding with where it comes from. */
export interface FoundCoverage extends Finding {
  readonly regionCode: string;
  readonly asPrinted: string | null;
  readonly confStatus: string;
  readonly sourceIds: string;
  readonly release: Release | null;
  readonly fileRow: number | null;
  readonly note: string | null;
  /** What it is derived from; null where it is stated. */
  readonly cells: DerivedCells | null;
}

/** A stated finding with the time it was what we said. */
export interface FoundRevision extends FoundCoverage, Revision {
  readonly segment: string | null;
}

export interface CoverageFilter {
  /** One indicator, or all of them. */
  readonly indicator: string | null;
  readonly category: string;
  /** Only figures dated within this day, month or year. */
  readonly date: string | null;
  /** Every date of the series rather than the newest. */
  readonly allDates?: boolean;
}

/**
 * What is known of the coverage of these regions, in one statement: for each indicator the newest stated figure, and
 * the newest that can be derived from a numerator and the newest denominator not younger than it.
 */
export async function findCoverage(
  reader: Reader,
  codes: readonly string[],
  filter: CoverageFilter,
): Promise<Map<string, FoundCoverage[]>> {
  const parts = [
    ...(reader.has(STATED_COVERAGE) ? [statedPart(reader, codes, filter)] : []),
    ...(canDerive(reader, filter) ? [derivedPart(reader, codes, filter)] : []),
  ];
  if (parts.length === 0) reader.keeps(STATED_COVERAGE); // says so when it is not kept yet
  if (parts.length === 0) return new Map();
  const sql = `${parts.map(([text]) => text).join(' UNION ALL ')} ORDER BY region_code, date DESC, indicator_id, segment, denominator_date DESC`;
  const parameters = parts.flatMap(([, ofPart]) => ofPart);
  const [rows, withdrawn] = await Promise.all([reader.query(sql, parameters), findWithdrawn(reader)]);
  return groupBy(
    rows.map((row) => readFinding(row, withdrawn)),
    ({ regionCode }) => regionCode,
  );
}

export interface CoverageHistoryFilter {
  /** One indicator, or all of them. */
  readonly indicator: string | null;
  readonly category: string;
  readonly within: Period;
}

/**
 * Every stated figure that was published of these regions for dates within a period, up to the reader's instant: by
 * date, then indicator and segment, then the instant it was seen from.
 */
export async function findCoverageHistory(
  reader: Reader,
  codes: readonly string[],
  { indicator, category, within }: CoverageHistoryFilter,
): Promise<Map<string, FoundRevision[]>> {
  if (!reader.keeps(STATED_COVERAGE)) return new Map();
  const only = indicator === null ? '' : 'AND x.indicator_id = ?';
  const { next, by } = PLANS[reader.dialect];
  const sql = `SELECT ${STATED_COLUMNS}, s.published_from, s.published_to
    FROM ${STATED_COVERAGE}_series x
    ${next} ${keyTable(reader.dialect, 'k')}
    ${next} ${STATED_COVERAGE} s ${by(byRegion(STATED_COVERAGE))} ON s.series = x.id AND s.region_code = k.code
    ${next} data_release r ON r.id = s.release_id
    WHERE x.category = ? ${only} AND s.date BETWEEN ? AND ? AND ${everVisible('s')}
    ORDER BY s.region_code, s.date, x.indicator_id, x.segment, s.published_from`;
  const series = [category, ...(indicator === null ? [] : [indicator])];
  const parameters = [JSON.stringify(codes), ...series, ...textRange(within), reader.asOf];
  const [rows, withdrawn] = await Promise.all([reader.query(sql, parameters), findWithdrawn(reader)]);
  const found = rows.map((row) => ({
    segment: textOrNull(row.segment),
    ...readFinding(row, withdrawn),
    ...readRevision(row, reader.asOf),
  }));
  return groupBy(
    found.filter(({ date }) => liesWithin(date, within)),
    ({ regionCode }) => regionCode,
  );
}

/** The codes below `prefix` of `length` characters that have any figure of the indicator. */
export async function findCoveredCodes(
  reader: Reader,
  indicator: string,
  prefix: string,
  length: number,
): Promise<string[]> {
  const { next, by } = PLANS[reader.dialect];
  const stated = `SELECT s.region_code FROM ${STATED_COVERAGE}_series x
    ${next} ${STATED_COVERAGE} s ${by(byRegion(STATED_COVERAGE))} ON s.series = x.id
    WHERE x.indicator_id = ? AND s.region_code LIKE ? AND LENGTH(s.region_code) = ? AND ${visible('s')}`;
  const derived = `SELECT n.region_code FROM ${INDICATOR} i
    ${next} ${PARTICIPANT_COUNT}_series nx ON ${NUMERATOR_SERIES}
    ${next} ${PARTICIPANT_COUNT} n ${by(byRegion(PARTICIPANT_COUNT))} ON n.series = nx.id
    WHERE i.id = ? AND ${visible('i')} AND n.region_code LIKE ? AND LENGTH(n.region_code) = ? AND ${visible('n')}`;
  const at = [reader.asOf, reader.asOf];
  const parts: [string, readonly unknown[]][] = [
    ...(reader.has(STATED_COVERAGE) ? [[stated, [indicator, `${prefix}%`, length, ...at]] as [string, unknown[]]] : []),
    ...(reader.has(PARTICIPANT_COUNT)
      ? [[derived, [indicator, ...at, `${prefix}%`, length, ...at]] as [string, unknown[]]]
      : []),
  ];
  if (parts.length === 0) return [];
  const rows = await reader.query(
    parts.map(([text]) => text).join(' UNION '),
    parts.flatMap(([, parameters]) => parameters),
  );
  return rows.map((row) => String(row.region_code)).sort();
}

type Part = readonly [sql: string, parameters: readonly unknown[]];

/** The series an indicator counts: all workers, whoever pays. */
const NUMERATOR_SERIES = `nx.segment = i.numerator_segment AND nx.program = i.numerator_program AND nx.status = i.numerator_status
      AND nx.category = 'ALL' AND nx.payer = ''`;

const STATED_COLUMNS = `s.region_code, 'STATED' AS origin, x.indicator_id, x.segment, x.category, s.date, s.percent, s.as_printed, s.rounded_to,
    s.qualifier, s.numerator, s.denominator, NULL AS denominator_date, s.obs_status, s.conf_status, NULL AS rse, s.source_id, s.note, s.file_row,
    NULL AS numerator_series, NULL AS denominator_series, ${RELEASE_COLUMNS}`;

function statedPart(reader: Reader, codes: readonly string[], filter: CoverageFilter): Part {
  const { indicator, category } = filter;
  const at = [reader.asOf, reader.asOf];
  const only = indicator === null ? '' : 'AND x.indicator_id = ?';
  const { next, by } = PLANS[reader.dialect];
  const newest = newestDate(reader, STATED_COVERAGE, 's', 'x.id', filter);
  const sql = `SELECT ${STATED_COLUMNS}
    FROM ${STATED_COVERAGE}_series x
    ${next} ${keyTable(reader.dialect, 'k')}
    ${next} ${STATED_COVERAGE} s ${by(byRegion(STATED_COVERAGE))} ON s.series = x.id AND s.region_code = k.code
    ${next} data_release r ON r.id = s.release_id
    WHERE x.category = ? ${only} AND ${visible('s')} ${newest.sql}`;
  const before = [JSON.stringify(codes), category, ...(indicator === null ? [] : [indicator])];
  return [sql, [...before, ...at, ...newest.parameters]];
}

function derivedPart(reader: Reader, codes: readonly string[], filter: CoverageFilter): Part {
  const { indicator } = filter;
  const at = [reader.asOf, reader.asOf];
  const only = indicator === null ? '' : 'AND i.id = ?';
  const { next, by } = PLANS[reader.dialect];
  const newest = newestDate(reader, PARTICIPANT_COUNT, 'n', 'nx.id', filter);
  const sql = `SELECT n.region_code, 'DERIVED' AS origin, i.id AS indicator_id, nx.segment, nx.category, n.date, NULL AS percent, NULL AS as_printed,
    NULL AS rounded_to, n.qualifier, n.value AS numerator, d.value AS denominator, d.date AS denominator_date, n.obs_status, n.conf_status, d.rse,
    CONCAT(n.source_id, ' ', d.source_id) AS source_id, NULL AS note, NULL AS file_row,
    n.series AS numerator_series, d.series AS denominator_series, ${NO_RELEASE}
    FROM ${INDICATOR} i
    ${next} ${PARTICIPANT_COUNT}_series nx ON ${NUMERATOR_SERIES}
    ${next} ${POPULATION_BASE}_series dx ON dx.concept = i.denominator_concept
    ${next} ${keyTable(reader.dialect, 'k')}
    ${next} ${PARTICIPANT_COUNT} n ${by(byRegion(PARTICIPANT_COUNT))} ON n.series = nx.id AND n.region_code = k.code
    ${next} ${POPULATION_BASE} d ${by(byRegion(POPULATION_BASE))} ON d.series = dx.id AND d.region_code = k.code
      AND d.date = (SELECT e.date FROM ${POPULATION_BASE} e ${by(byRegion(POPULATION_BASE))}
        WHERE e.series = dx.id AND e.region_code = k.code AND e.date <= n.date AND ${visible('e')} ORDER BY e.date DESC LIMIT 1)
    WHERE ${visible('i')} ${only} AND n.value IS NOT NULL AND ${visible('n')} ${newest.sql} AND d.value IS NOT NULL AND ${visible('d')}`;
  const before = [JSON.stringify(codes), ...at, ...at, ...(indicator === null ? [] : [indicator])];
  return [sql, [...before, ...at, ...newest.parameters, ...at]];
}

const NO_RELEASE = RELEASE_COLUMNS.replace(/r\.\w+ AS/g, 'NULL AS');

/** The condition that a row is the newest of its series and region, within a date where one is given. */
function newestDate(reader: Reader, table: string, alias: string, series: string, { date, allDates }: CoverageFilter) {
  const dates = date === null ? [] : [`${date}%`];
  const within = (name: string) => (date === null ? '' : `AND ${name}.date LIKE ?`);
  if (allDates) return { sql: within(alias), parameters: dates };
  const sql = `AND ${alias}.date = (SELECT m.date FROM ${table} m ${PLANS[reader.dialect].by(byRegion(table))}
      WHERE m.series = ${series} AND m.region_code = k.code ${within('m')} AND ${visible('m')} ORDER BY m.date DESC LIMIT 1)`;
  return { sql, parameters: [...dates, reader.asOf, reader.asOf] };
}

function canDerive(reader: Reader, { category }: CoverageFilter): boolean {
  return category === 'ALL' && [INDICATOR, PARTICIPANT_COUNT, POPULATION_BASE].every((name) => reader.has(name));
}

function readFinding(row: DbRow, withdrawn: Withdrawn): FoundCoverage {
  return {
    regionCode: String(row.region_code),
    origin: row.origin === 'STATED' ? 'STATED' : 'DERIVED',
    indicatorId: String(row.indicator_id),
    category: String(row.category),
    date: String(row.date),
    percent: numberOrNull(row.percent),
    asPrinted: textOrNull(row.as_printed),
    roundedTo: numberOrNull(row.rounded_to),
    qualifier: textOrNull(row.qualifier) as FoundCoverage['qualifier'], // checked against the list when it was loaded
    numerator: numberOrNull(row.numerator),
    denominator: numberOrNull(row.denominator),
    denominatorDate: textOrNull(row.denominator_date),
    obsStatus: String(row.obs_status),
    confStatus: String(row.conf_status),
    rse: numberOrNull(row.rse),
    sourceIds: textOrNull(row.source_id) ?? '',
    release: textOrNull(row.release_id) === null ? null : readRelease(row, withdrawn),
    fileRow: numberOrNull(row.file_row),
    note: textOrNull(row.note),
    cells: readCells(row),
  };
}

function readCells(row: DbRow): DerivedCells | null {
  if (row.origin !== 'DERIVED') return null;
  const keyOf = (series: unknown, date: unknown) => cellKey(Number(series), String(date), String(row.region_code));
  return {
    numerator: keyOf(row.numerator_series, row.date),
    denominator: keyOf(row.denominator_series, row.denominator_date),
  };
}
