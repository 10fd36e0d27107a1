import { groupBy } from '../../kit/batch.js';
import { type DbRow, keyTable } from '../../kit/database.js';
import { visible } from '../../kit/edition.js';
import type { Release } from '../../kit/observation.js';
import type { Reader } from '../../kit/reader.js';
import { RELEASE_COLUMNS, readRelease } from '../../kit/release-row.js';
import { numberOrNull, textOrNull } from '../../kit/source.js';
import type { Finding } from './coverage.js';
import { INDICATOR, PARTICIPANT_COUNT, POPULATION_BASE, STATED_COVERAGE } from './tables.js';

/** A finding with where it comes from. */
export interface FoundCoverage extends Finding {
  readonly regionCode: string;
  readonly asPrinted: string | null;
  readonly confStatus: string;
  readonly sourceIds: string;
  readonly release: Release | null;
  readonly note: string | null;
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
    ...(reader.keeps(STATED_COVERAGE) ? [statedPart(reader, codes, filter)] : []),
    ...(canDerive(reader, filter) ? [derivedPart(reader, codes, filter)] : []),
  ];
  if (parts.length === 0) return new Map();
  const sql = `${parts.map(([text]) => text).join(' UNION ALL ')} ORDER BY region_code, date DESC, indicator_id, segment, denominator_date DESC`;
  const rows = await reader.query(
    sql,
    parts.flatMap(([, parameters]) => parameters),
  );
  return groupBy(rows.map(readFinding), ({ regionCode }) => regionCode);
}

/** The codes below `prefix` of `length` characters that have any figure of the indicator. */
export async function findCoveredCodes(
  reader: Reader,
  indicator: string,
  prefix: string,
  length: number,
): Promise<string[]> {
  const stated = `SELECT DISTINCT s.region_code FROM ${STATED_COVERAGE}_series x JOIN ${STATED_COVERAGE} s ON s.series = x.id
    WHERE x.indicator_id = ? AND s.region_code LIKE ? AND LENGTH(s.region_code) = ? AND ${visible('s')}`;
  const derived = `SELECT DISTINCT n.region_code FROM ${INDICATOR} i
    JOIN ${PARTICIPANT_COUNT}_series nx ON ${NUMERATOR_SERIES}
    JOIN ${PARTICIPANT_COUNT} n ON n.series = nx.id
    WHERE i.id = ? AND ${visible('i')} AND n.region_code LIKE ? AND LENGTH(n.region_code) = ? AND ${visible('n')}`;
  const at = [reader.asOf, reader.asOf];
  const parts: [string, readonly unknown[]][] = [
    ...(reader.keeps(STATED_COVERAGE)
      ? [[stated, [indicator, `${prefix}%`, length, ...at]] as [string, unknown[]]]
      : []),
    ...(reader.keeps(PARTICIPANT_COUNT)
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

function statedPart(
  reader: Reader,
  codes: readonly string[],
  { indicator, category, date, allDates }: CoverageFilter,
): Part {
  const at = [reader.asOf, reader.asOf];
  const only = indicator === null ? '' : 'AND x.indicator_id = ?';
  const newest = newestDate(STATED_COVERAGE, 's', 'x.id', date, allDates);
  const sql = `SELECT k.code AS region_code, 'STATED' AS origin, x.indicator_id, x.segment, x.category, s.date, s.percent, s.as_printed, s.rounded_to,
    s.qualifier, s.numerator, s.denominator, NULL AS denominator_date, s.obs_status, s.conf_status, NULL AS rse, s.source_id, s.note, ${RELEASE_COLUMNS}
    FROM ${keyTable(reader.dialect, 'k')}
    JOIN ${STATED_COVERAGE}_series x ON x.category = ? ${only}
    JOIN ${STATED_COVERAGE} s ON s.series = x.id AND s.region_code = k.code AND ${visible('s')} ${newest.sql}
    JOIN data_release r ON r.id = s.release_id`;
  return [
    sql,
    [JSON.stringify(codes), category, ...(indicator === null ? [] : [indicator]), ...at, ...newest.parameters(at)],
  ];
}

function derivedPart(reader: Reader, codes: readonly string[], { indicator, date, allDates }: CoverageFilter): Part {
  const at = [reader.asOf, reader.asOf];
  const only = indicator === null ? '' : 'AND i.id = ?';
  const newest = newestDate(PARTICIPANT_COUNT, 'n', 'nx.id', date, allDates);
  const sql = `SELECT k.code AS region_code, 'DERIVED' AS origin, i.id AS indicator_id, nx.segment, nx.category, n.date, NULL AS percent, NULL AS as_printed,
    NULL AS rounded_to, n.qualifier, n.value AS numerator, d.value AS denominator, d.date AS denominator_date, n.obs_status, n.conf_status, d.rse,
    CONCAT(n.source_id, ' ', d.source_id) AS source_id, NULL AS note, ${NO_RELEASE}
    FROM ${keyTable(reader.dialect, 'k')}
    JOIN ${INDICATOR} i ON ${visible('i')} AND i.denominator_concept IS NOT NULL ${only}
    JOIN ${PARTICIPANT_COUNT}_series nx ON ${NUMERATOR_SERIES}
    JOIN ${PARTICIPANT_COUNT} n ON n.series = nx.id AND n.region_code = k.code AND n.value IS NOT NULL AND ${visible('n')} ${newest.sql}
    JOIN ${POPULATION_BASE}_series dx ON dx.concept = i.denominator_concept
    JOIN ${POPULATION_BASE} d ON d.series = dx.id AND d.region_code = k.code AND d.value IS NOT NULL AND ${visible('d')}
      AND d.date = (SELECT e.date FROM ${POPULATION_BASE} e WHERE e.series = dx.id AND e.region_code = k.code AND e.date <= n.date AND ${visible('e')}
        ORDER BY e.date DESC LIMIT 1)`;
  const before = [JSON.stringify(codes), ...at, ...(indicator === null ? [] : [indicator])];
  return [sql, [...before, ...at, ...newest.parameters(at), ...at, ...at]];
}

const NO_RELEASE = RELEASE_COLUMNS.replace(/r\.\w+ AS/g, 'NULL AS');

/** The condition that a row is the newest of its series and region, within a date where one is given. */
function newestDate(table: string, alias: string, series: string, date: string | null, allDates = false) {
  const within = date === null ? '' : `AND m.date LIKE ?`;
  const dates = date === null ? [] : [`${date}%`];
  if (allDates) return { sql: date === null ? '' : `AND ${alias}.date LIKE ?`, parameters: () => dates };
  const sql = `AND ${alias}.date = (SELECT m.date FROM ${table} m WHERE m.series = ${series} AND m.region_code = k.code ${within} AND ${visible('m')}
      ORDER BY m.date DESC LIMIT 1)`;
  return { sql, parameters: (at: readonly number[]) => [...dates, ...at] };
}

function canDerive(reader: Reader, { category }: CoverageFilter): boolean {
  return (
    category === 'ALL' && reader.keeps(INDICATOR) && reader.keeps(PARTICIPANT_COUNT) && reader.keeps(POPULATION_BASE)
  );
}

function readFinding(row: DbRow): FoundCoverage {
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
    sourceIds: String(row.source_id),
    release: textOrNull(row.release_id) === null ? null : readRelease(row),
    note: textOrNull(row.note),
  };
}
