import { groupBy } from '../../kit/batch.js';
import { type DbRow, keyTable } from '../../kit/database.js';
import { visible } from '../../kit/edition.js';
import type { Release, Source } from '../../kit/observation.js';
import { datePrecision } from '../../kit/period.js';
import { PLANS } from '../../kit/plan.js';
import type { Reader } from '../../kit/reader.js';
import { RELEASE_COLUMNS, readRelease } from '../../kit/release-row.js';
import { findSources, numberOrNull, sourcesOf, textOrNull } from '../../kit/source.js';
import { byRegion, INDICATOR, PARTICIPANT_COUNT, POPULATION_BASE, SERIES_EVENT, SOURCE, TARGET } from './tables.js';
import type { Indicator, ParticipantCount, PopulationBase, SeriesEvent, Target } from './types.js';

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

export interface CountFilter {
  readonly date: string | null;
  readonly segment: string | null;
  readonly program: string | null;
  readonly status: string | null;
  readonly category: string | null;
}

/** Counts of participants of these regions, newest first. A date takes all figures dated within it. */
export async function findParticipantCounts(
  reader: Reader,
  codes: readonly string[],
  filter: CountFilter,
): Promise<Map<string, ParticipantCount[]>> {
  const { date, ...dimensions } = filter;
  return findFigures(reader, codes, { table: PARTICIPANT_COUNT, date, dimensions, order: 'x.id' }, (row, common) => ({
    ...common,
    ...readPersons(row),
    segment: String(row.segment) as ParticipantCount['segment'], // checked against the list when it was loaded
    program: String(row.program) as ParticipantCount['program'], // likewise
    status: String(row.status) as ParticipantCount['status'], // likewise
    category: String(row.category),
    administrator: String(row.administrator),
    payer: textOrNull(row.payer),
    basis: String(row.basis) as ParticipantCount['basis'], // likewise
    subsidyEnd: textOrNull(row.subsidy_end),
  }));
}

export interface BaseFilter {
  readonly date: string | null;
  readonly concept: string | null;
}

/** Possible denominators of these regions, newest first. */
export async function findPopulationBases(
  reader: Reader,
  codes: readonly string[],
  { date, concept }: BaseFilter,
): Promise<Map<string, PopulationBase[]>> {
  return findFigures(
    reader,
    codes,
    { table: POPULATION_BASE, date, dimensions: { concept }, order: 'x.concept, x.vintage DESC' },
    (row, common) => ({
      ...common,
      ...readPersons(row),
      concept: String(row.concept),
      vintage: textOrNull(row.vintage),
      ageFloor: numberOrNull(row.age_floor),
      rse: numberOrNull(row.rse),
      surveyRound: textOrNull(row.survey_round),
      exclusions: textOrNull(row.exclusions),
    }),
  );
}

/** Targets of these regions, nearest due date first. */
export async function findTargets(
  reader: Reader,
  codes: readonly string[],
  indicatorId: string | null,
): Promise<Map<string, Target[]>> {
  if (!reader.keeps(TARGET)) return new Map();
  const [sources, indicators] = await Promise.all([findAllSources(reader), findIndicators(reader)]);
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
      sources: sourcesOf(String(row.source_id), sources),
      release: readRelease(row),
      note: textOrNull(row.note),
    };
    return indicator ? [{ ...target, indicator }] : [];
  };
  return new Map([...groupBy(rows, regionOf)].map(([code, group]) => [code, group.flatMap(read)]));
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
  return new Map([...groupBy(rows, regionOf)].map(([code, group]) => [code, group.map(read)]));
}

/** The same events where they only complete an answer: none where they were not kept yet. */
export async function findKnownEvents(reader: Reader, codes: readonly string[]): Promise<Map<string, SeriesEvent[]>> {
  return reader.has(SERIES_EVENT) ? findSeriesEvents(reader, codes) : new Map();
}

interface FigureQuery {
  readonly table: string;
  readonly date: string | null;
  /** Dimensions of the series and the word each must be; null takes all. */
  readonly dimensions: Readonly<Record<string, string | null>>;
  readonly order: string;
}

interface CommonFields {
  readonly obsStatus: string;
  readonly confStatus: string;
  readonly unit: string;
  readonly sources: Source[];
  readonly release: Release;
  readonly note: string | null;
}

/** The rows of a figure table for these regions in one statement: series that fit, then region, then date. */
async function findFigures<Figure>(
  reader: Reader,
  codes: readonly string[],
  { table, date, dimensions, order }: FigureQuery,
  read: (row: DbRow, common: CommonFields) => Figure,
): Promise<Map<string, Figure[]>> {
  if (!reader.keeps(table)) return new Map();
  const sources = await findAllSources(reader);
  const wanted = Object.entries(dimensions).filter(([, word]) => word !== null);
  const series = wanted.length === 0 ? '1 = 1' : wanted.map(([name]) => `x.${name} = ?`).join(' AND ');
  const within = date === null ? '' : 'AND f.date LIKE ?';
  const { next, by } = PLANS[reader.dialect];
  const sql = `SELECT f.*, x.*, ${RELEASE_COLUMNS} FROM ${table}_series x
    ${next} ${keyTable(reader.dialect, 'k')}
    ${next} ${table} f ${by(byRegion(table))} ON f.series = x.id AND f.region_code = k.code
    ${next} data_release r ON r.id = f.release_id
    WHERE ${series} AND ${visible('f')} ${within}
    ORDER BY f.region_code, f.date DESC, ${order}`;
  const dates = date === null ? [] : [`${date}%`];
  const rows = await reader.query(sql, [
    JSON.stringify(codes),
    ...wanted.map(([, word]) => word),
    reader.asOf,
    reader.asOf,
    ...dates,
  ]);
  const common = (row: DbRow): CommonFields => ({
    obsStatus: String(row.obs_status),
    confStatus: String(row.conf_status),
    unit: 'PERSONS',
    sources: sourcesOf(String(row.source_id), sources),
    release: readRelease(row),
    note: textOrNull(row.note),
  });
  return new Map(
    [...groupBy(rows, regionOf)].map(([code, group]) => [code, group.map((row) => read(row, common(row)))]),
  );
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
