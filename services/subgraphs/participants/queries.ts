import { groupBy } from '../../kit/batch.js';
import { type DbRow, type Dialect, keyTable } from '../../kit/database.js';
import { visible } from '../../kit/edition.js';
import type { Release, Source } from '../../kit/observation.js';
import { datePrecision } from '../../kit/period.js';
import { PLANS } from '../../kit/plan.js';
import type { Reader } from '../../kit/reader.js';
import { findWithdrawn, RELEASE_COLUMNS, readRelease } from '../../kit/release-row.js';
import { everVisible, readRevision } from '../../kit/revision.js';
import { findSources, numberOrNull, sourcesOf, textOrNull } from '../../kit/source.js';
import { cellKey } from './cell.js';
import { byRegion, INDICATOR, PARTICIPANT_COUNT, POPULATION_BASE, SERIES_EVENT, SOURCE, TARGET } from './tables.js';
import type { Indicator, ParticipantCount, ParticipantRevision, PopulationBase, SeriesEvent, Target } from './types.js';
import { liesWithin, type Period, textRange } from './within.js';

/** All sources of this subgraph, by id; one statement per edition. */
export function findAllSources(reader: Reader): Promise<ReadonlyMap<string, Source>> {
  return findSources(reader, SOURCE);
}

export type Indicators = ReadonlyMap<string, Indicator>;

/** All indicators as of the reader's instant, by id; one statement per edition. */
export function findIndicators(reader: Reader): Promise<Indicators> {
  return reader.remember(INDICATOR, async () => {
    if (!reader.keeps(INDICATOR)) return new Map<string, Indicator>();
    const sql = `SELECT * FROM ${INDICATOR} i WHERE ${visible('i')} ORDER BY COALESCE(i.default_rank, 1000), i.id`;
    const rows = await reader.query(sql, [reader.asOf, reader.asOf]);
    return new Map(rows.map((row) => [String(row.id), readIndicator(row)]));
  });
}

export interface CountDimensions {
  readonly segment: string | null;
  readonly program: string | null;
  readonly status: string | null;
  readonly category: string | null;
}

export interface CountFilter extends CountDimensions {
  readonly date: string | null;
}

/** Counts of participants of these regions, newest first. A date takes all figures dated within it. */
export function findParticipantCounts(
  reader: Reader,
  codes: readonly string[],
  { date, ...dimensions }: CountFilter,
): Promise<Map<string, ParticipantCount[]>> {
  return findFigures(reader, codes, { table: PARTICIPANT_COUNT, date, dimensions, order: 'x.id' }, readCount);
}

/** The counts in these cells, by the key of each. */
export function findCountCells(reader: Reader, cells: readonly string[]): Promise<Map<string, ParticipantCount>> {
  return findCells(reader, PARTICIPANT_COUNT, cells, readCount);
}

export interface CountHistoryFilter extends CountDimensions {
  readonly within: Period;
}

/**
 * Every count that was published of these regions for dates within a period, up to the reader's instant: by date, then
 * series, then the instant it was seen from.
 */
export async function findCountHistory(
  reader: Reader,
  codes: readonly string[],
  { within, ...dimensions }: CountHistoryFilter,
): Promise<Map<string, ParticipantRevision[]>> {
  if (!reader.keeps(PARTICIPANT_COUNT)) return new Map();
  const { next, by } = PLANS[reader.dialect];
  const series = seriesCondition(dimensions);
  const sql = `SELECT f.*, x.*, ${RELEASE_COLUMNS} FROM ${PARTICIPANT_COUNT}_series x
    ${next} ${keyTable(reader.dialect, 'k')}
    ${next} ${PARTICIPANT_COUNT} f ${by(byRegion(PARTICIPANT_COUNT))} ON f.series = x.id AND f.region_code = k.code
    ${next} data_release r ON r.id = f.release_id
    WHERE ${series.sql} AND f.date BETWEEN ? AND ? AND ${everVisible('f')}
    ORDER BY f.region_code, f.date, x.id, f.published_from`;
  const values = [JSON.stringify(codes), ...series.words, ...textRange(within), reader.asOf];
  const [rows, readCommon] = await Promise.all([reader.query(sql, values), commonReader(reader)]);
  const read = (row: DbRow) => Object.assign(readCount(row, readCommon(row)), readRevision(row, reader.asOf));
  const found = rows.filter(({ date }) => liesWithin(String(date), within));
  return mapValues(groupBy(found, regionOf), (group) => group.map(read));
}

export interface BaseFilter {
  readonly date: string | null;
  readonly concept: string | null;
}

/** Possible denominators of these regions, newest first. */
export function findPopulationBases(
  reader: Reader,
  codes: readonly string[],
  { date, concept }: BaseFilter,
): Promise<Map<string, PopulationBase[]>> {
  const order = 'x.concept, x.vintage DESC';
  return findFigures(reader, codes, { table: POPULATION_BASE, date, dimensions: { concept }, order }, readBase);
}

/** The possible denominators in these cells, by the key of each. */
export function findBaseCells(reader: Reader, cells: readonly string[]): Promise<Map<string, PopulationBase>> {
  return findCells(reader, POPULATION_BASE, cells, readBase);
}

/** Targets of these regions, nearest due date first. */
export async function findTargets(
  reader: Reader,
  codes: readonly string[],
  indicatorId: string | null,
): Promise<Map<string, Target[]>> {
  if (!reader.keeps(TARGET)) return new Map();
  const [indicators, readOrigin] = await Promise.all([findIndicators(reader), originReader(reader)]);
  const only = indicatorId === null ? '' : 'AND f.indicator_id = ?';
  const sql = `SELECT f.*, ${RELEASE_COLUMNS} FROM ${keyTable(reader.dialect, 'k')}
    JOIN ${TARGET} f ON f.region_code = k.code AND ${visible('f')} ${only}
    JOIN data_release r ON r.id = f.release_id ORDER BY f.region_code, f.due, f.indicator_id, f.source_id`;
  const rows = await reader.query(sql, [
    JSON.stringify(codes),
    reader.asOf,
    reader.asOf,
    ...(indicatorId === null ? [] : [indicatorId]),
  ]);
  const read = (row: DbRow): Target[] => {
    const indicator = indicators.get(String(row.indicator_id));
    const target = {
      due: String(row.due),
      percent: numberOrNull(row.percent),
      persons: numberOrNull(row.persons),
      legalBasis: textOrNull(row.legal_basis),
      ...readOrigin(row),
    };
    return indicator ? [{ indicator, ...target }] : [];
  };
  return mapValues(groupBy(rows, regionOf), (group) => group.flatMap(read));
}

/** Events of these regions, newest first. */
export async function findSeriesEvents(reader: Reader, codes: readonly string[]): Promise<Map<string, SeriesEvent[]>> {
  if (!reader.keeps(SERIES_EVENT)) return new Map();
  const sources = await findAllSources(reader);
  const sql = `SELECT f.* FROM ${keyTable(reader.dialect, 'k')}
    JOIN ${SERIES_EVENT} f ON f.region_code = k.code AND ${visible('f')} ORDER BY f.region_code, f.date DESC, f.kind`;
  const rows = await reader.query(sql, [JSON.stringify(codes), reader.asOf, reader.asOf]);
  const read = (row: DbRow): SeriesEvent => ({
    date: String(row.date),
    kind: String(row.kind) as SeriesEvent['kind'], // checked against the list when it was loaded
    note: { id: String(row.note_id), en: String(row.note_en) },
    sources: sourcesOf(String(row.source_id), sources),
  });
  return mapValues(groupBy(rows, regionOf), (group) => group.map(read));
}

/** The same events where they only complete an answer: none where they were not kept yet. */
export async function findKnownEvents(reader: Reader, codes: readonly string[]): Promise<Map<string, SeriesEvent[]>> {
  return reader.has(SERIES_EVENT) ? findSeriesEvents(reader, codes) : new Map();
}

type Dimensions = Readonly<Record<string, string | null>>;

interface FigureQuery {
  readonly table: string;
  readonly date: string | null;
  /** Dimensions of the series and the word each must be; null takes all. */
  readonly dimensions: Dimensions;
  readonly order: string;
}

/** Where a row comes from. */
interface Origin {
  readonly sources: Source[];
  readonly release: Release;
  readonly fileRow: number | null;
  readonly note: string | null;
}

interface CommonFields extends Origin {
  readonly obsStatus: string;
  readonly confStatus: string;
  readonly unit: string;
}

type ReadFigure<Figure> = (row: DbRow, common: CommonFields) => Figure;

/** The rows of a figure table for these regions in one statement: series that fit, then region, then date. */
async function findFigures<Figure>(
  reader: Reader,
  codes: readonly string[],
  { table, date, dimensions, order }: FigureQuery,
  read: ReadFigure<Figure>,
): Promise<Map<string, Figure[]>> {
  if (!reader.keeps(table)) return new Map();
  const series = seriesCondition(dimensions);
  const within = date === null ? '' : 'AND f.date LIKE ?';
  const { next, by } = PLANS[reader.dialect];
  const sql = `SELECT f.*, x.*, ${RELEASE_COLUMNS} FROM ${table}_series x
    ${next} ${keyTable(reader.dialect, 'k')}
    ${next} ${table} f ${by(byRegion(table))} ON f.series = x.id AND f.region_code = k.code
    ${next} data_release r ON r.id = f.release_id
    WHERE ${series.sql} AND ${visible('f')} ${within}
    ORDER BY f.region_code, f.date DESC, ${order}`;
  const dates = date === null ? [] : [`${date}%`];
  const values = [JSON.stringify(codes), ...series.words, reader.asOf, reader.asOf, ...dates];
  const [rows, readCommon] = await Promise.all([reader.query(sql, values), commonReader(reader)]);
  return mapValues(groupBy(rows, regionOf), (group) => group.map((row) => read(row, readCommon(row))));
}

/** The figures in these cells of a table, by the key of each, in one statement. */
async function findCells<Figure>(
  reader: Reader,
  table: string,
  cells: readonly string[],
  read: ReadFigure<Figure>,
): Promise<Map<string, Figure>> {
  if (!reader.keeps(table)) return new Map();
  const { next, by } = PLANS[reader.dialect];
  const sql = `SELECT f.*, x.*, ${RELEASE_COLUMNS} FROM ${cellTable(reader.dialect, 'k')}
    ${next} ${table}_series x ON x.id = k.series
    ${next} ${table} f ${by(byRegion(table))} ON f.series = x.id AND f.region_code = k.code AND f.date = k.date
    ${next} data_release r ON r.id = f.release_id WHERE ${visible('f')}`;
  const values = [`[${cells.join(',')}]`, reader.asOf, reader.asOf];
  const [rows, readCommon] = await Promise.all([reader.query(sql, values), commonReader(reader)]);
  const keyOf = (row: DbRow) => cellKey(Number(row.series), String(row.date), regionOf(row));
  return new Map(rows.map((row) => [keyOf(row), read(row, readCommon(row))]));
}

/** A `?` list of cells, each a JSON list as `cellKey` writes it, as a table. */
function cellTable(dialect: Dialect, alias: string): string {
  const item = (index: number) => `json_extract(value, '$[${index}]')`;
  if (dialect === 'sqlite')
    return `(SELECT ${item(0)} AS series, ${item(1)} AS date, ${item(2)} AS code FROM json_each(?)) ${alias}`;
  const text = (name: string, length: number, index: number) =>
    `${name} VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin PATH '$[${index}]'`;
  const columns = `series INT PATH '$[0]', ${text('date', 10, 1)}, ${text('code', 20, 2)}`;
  return `JSON_TABLE(?, '$[*]' COLUMNS (${columns})) ${alias}`;
}

/** The condition that a series `x` has each of these words; null takes any. */
function seriesCondition(dimensions: Dimensions): { readonly sql: string; readonly words: readonly string[] } {
  const wanted = Object.entries(dimensions).filter(([, word]) => word !== null);
  const sql = wanted.length === 0 ? '1 = 1' : wanted.map(([name]) => `x.${name} = ?`).join(' AND ');
  return { sql, words: wanted.map(([, word]) => String(word)) };
}

async function originReader(reader: Reader): Promise<(row: DbRow) => Origin> {
  const [sources, withdrawn] = await Promise.all([findAllSources(reader), findWithdrawn(reader)]);
  return (row) => ({
    sources: sourcesOf(textOrNull(row.source_id) ?? '', sources),
    release: readRelease(row, withdrawn),
    fileRow: numberOrNull(row.file_row),
    note: textOrNull(row.note),
  });
}

async function commonReader(reader: Reader): Promise<(row: DbRow) => CommonFields> {
  const readOrigin = await originReader(reader);
  return (row) => ({
    obsStatus: String(row.obs_status),
    confStatus: String(row.conf_status),
    unit: 'PERSONS',
    ...readOrigin(row),
  });
}

/** The casts below: each word was checked against its list when the row was loaded. */
function readCount(row: DbRow, common: CommonFields): ParticipantCount {
  return {
    segment: String(row.segment) as ParticipantCount['segment'],
    program: String(row.program) as ParticipantCount['program'],
    status: String(row.status) as ParticipantCount['status'],
    category: String(row.category),
    administrator: String(row.administrator),
    payer: textOrNull(row.payer),
    basis: String(row.basis) as ParticipantCount['basis'],
    subsidyEnd: textOrNull(row.subsidy_end),
    ...common,
    ...readPersons(row),
  };
}

function readBase(row: DbRow, common: CommonFields): PopulationBase {
  return {
    concept: String(row.concept),
    vintage: textOrNull(row.vintage),
    ageFloor: numberOrNull(row.age_floor),
    rse: numberOrNull(row.rse),
    surveyRound: textOrNull(row.survey_round),
    exclusions: textOrNull(row.exclusions),
    ...common,
    ...readPersons(row),
  };
}

function readPersons(row: DbRow) {
  const date = String(row.date);
  return {
    value: numberOrNull(row.value),
    asPrinted: textOrNull(row.as_printed),
    roundedTo: numberOrNull(row.rounded_to),
    qualifier: textOrNull(row.qualifier) as ParticipantCount['qualifier'], // checked against the list when it was loaded
    date,
    precision: datePrecision(date),
  };
}

function readIndicator(row: DbRow): Indicator {
  const bilingual = (name: string) => ({ id: String(row[`${name}_id`]), en: String(row[`${name}_en`]) });
  const includesJakon = numberOrNull(row.includes_jakon);
  return {
    id: String(row.id),
    name: bilingual('name'),
    shortName: bilingual('short'),
    numeratorText: bilingual('numerator'),
    denominatorText: bilingual('denominator'),
    includesJakon: includesJakon === null ? null : includesJakon === 1,
    comparabilityGroup: textOrNull(row.comparability_group),
    unit: String(row.unit),
    defaultRank: numberOrNull(row.default_rank),
    sameAs: String(row.same_as ?? '')
      .split('|')
      .filter(Boolean),
    legalBasis: textOrNull(row.legal_basis),
    note: textOrNull(row.note_id) === null ? null : bilingual('note'),
  };
}

function regionOf(row: DbRow): string {
  return String(row.region_code);
}

function mapValues<Value, Result>(map: ReadonlyMap<string, Value>, change: (value: Value) => Result) {
  return new Map([...map].map(([key, value]) => [key, change(value)] as const));
}
