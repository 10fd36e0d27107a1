import { AS_PRINTED_COLUMNS, type Dataset, type Row, type Rule, STATUS_COLUMNS } from '../../kit/dataset.js';
import { sourceDataset } from '../../kit/source.js';
import { readSelector } from './selector.js';
import { ADMINISTRATORS, BASES, CONCEPTS, EVENT_KINDS, PAYERS, PROGRAMS, SEGMENTS, STATUSES } from './words.js';

const SOURCE = { name: 'source_id', kind: 'reference', to: 'participants_source', many: true, required: true } as const;
const NOTE = { name: 'note', kind: 'text' } as const;
const REGION = { name: 'region_code', kind: 'region', required: true } as const;
const CATEGORY = { name: 'category', kind: 'id', fallback: 'ALL' } as const;

/** Published under this, a count of persons is withheld. A setting of the policy, not a fact of the field. */
const THRESHOLD = 5;

/** E4: JP and JKP exist for wage earners only; construction workers have JKK and JKM. PMI is known too little to refuse. */
const NEVER: Readonly<Record<string, readonly string[]>> = { BPU: ['JP', 'JKP'], JAKON: ['JHT', 'JP', 'JKP'] };

const programExists: Rule = {
  name: 'E4',
  columns: ['program'],
  check: ({ segment, program }) =>
    NEVER[String(segment)]?.includes(String(program))
      ? {
          id: `program ${program} tidak ada pada segmen ${segment}`,
          en: `programme ${program} does not exist in segment ${segment}`,
        }
      : null,
};

const valueOrStatus = (column: string): Rule => ({
  name: 'E3',
  columns: [column],
  check: (row) =>
    (row[column] ?? null) === null && row.obs_status !== 'Q' && row.obs_status !== 'O'
      ? { id: `${column} kosong tanpa obs_status Q atau O`, en: `${column} is blank without obs_status Q or O` }
      : null,
});

const percentOrPersons: Rule = {
  name: 'E3',
  columns: ['percent'],
  check: ({ percent, persons }) =>
    percent === null && persons === null
      ? { id: 'percent dan persons dua-duanya kosong', en: 'percent and persons are both blank' }
      : null,
};

export const indicator: Dataset = {
  name: 'indicator',
  subgraph: 'participants',
  file: 'indicator.csv',
  table: 'indicator',
  columns: [
    { name: 'id', kind: 'id', required: true },
    { name: 'name_id', kind: 'text', required: true },
    { name: 'name_en', kind: 'text', required: true },
    { name: 'short_id', kind: 'text', required: true },
    { name: 'short_en', kind: 'text', required: true },
    { name: 'numerator_id', kind: 'text', required: true },
    { name: 'numerator_en', kind: 'text', required: true },
    { name: 'denominator_id', kind: 'text', required: true },
    { name: 'denominator_en', kind: 'text', required: true },
    { name: 'numerator_selector', kind: 'text' },
    { name: 'denominator_selector', kind: 'text' },
    { name: 'includes_jakon', kind: 'boolean' },
    { name: 'comparability_group', kind: 'id' },
    { name: 'unit', kind: 'word', words: ['PERCENT'], required: true },
    { name: 'default_rank', kind: 'count' },
    { name: 'same_as', kind: 'text' },
    { name: 'legal_basis', kind: 'text' },
    { name: 'note_id', kind: 'text' },
    { name: 'note_en', kind: 'text' },
  ],
  key: ['id'],
  derived: {
    numerator_segment: (row: Row) => readSelector(row.numerator_selector).segment ?? null,
    numerator_program: (row: Row) => readSelector(row.numerator_selector).program ?? null,
    numerator_status: (row: Row) => readSelector(row.numerator_selector).status ?? null,
    denominator_concept: (row: Row) => readSelector(row.denominator_selector).concept ?? null,
  },
  firstLoad: 'REFERENCE',
};

export const statedCoverage: Dataset = {
  name: 'stated_coverage',
  subgraph: 'participants',
  file: 'stated_coverage.csv',
  table: 'stated_coverage',
  columns: [
    REGION,
    { name: 'date', kind: 'date', required: true },
    { name: 'indicator_id', kind: 'reference', to: 'indicator', required: true },
    { name: 'segment', kind: 'word', words: SEGMENTS },
    CATEGORY,
    { name: 'percent', kind: 'decimal', min: 0 },
    ...AS_PRINTED_COLUMNS,
    { name: 'numerator', kind: 'count' },
    { name: 'denominator', kind: 'count' },
    ...STATUS_COLUMNS,
    SOURCE,
    NOTE,
  ],
  key: ['region_code', 'date', 'indicator_id', 'segment', 'category'],
  series: ['indicator_id', 'segment', 'category'],
  rules: [valueOrStatus('percent')],
  place: { region: 'region_code', date: 'date' },
  firstLoad: 'BY_SOURCE',
};

export const participantCount: Dataset = {
  name: 'participant_count',
  subgraph: 'participants',
  file: 'participant_count.csv',
  table: 'participant_count',
  columns: [
    REGION,
    { name: 'date', kind: 'date', required: true },
    { name: 'segment', kind: 'word', words: SEGMENTS, required: true },
    { name: 'program', kind: 'word', words: PROGRAMS, required: true },
    { name: 'status', kind: 'word', words: STATUSES, required: true },
    CATEGORY,
    { name: 'administrator', kind: 'word', words: ADMINISTRATORS, fallback: 'BPJSTK' },
    { name: 'payer', kind: 'word', words: PAYERS },
    { name: 'basis', kind: 'word', words: BASES, fallback: 'UNKNOWN' },
    { name: 'value', kind: 'count' },
    ...AS_PRINTED_COLUMNS,
    ...STATUS_COLUMNS,
    { name: 'subsidy_end', kind: 'date' },
    SOURCE,
    NOTE,
  ],
  key: ['region_code', 'date', 'segment', 'program', 'status', 'category', 'administrator', 'payer', 'basis'],
  series: ['segment', 'program', 'status', 'category', 'administrator', 'payer', 'basis'],
  rules: [programExists, valueOrStatus('value')],
  threshold: { counts: ['value'], amounts: [], threshold: THRESHOLD },
  place: { region: 'region_code', date: 'date' },
  firstLoad: 'BY_SOURCE',
};

const isConcept: Rule = {
  name: 'LAYOUT',
  columns: ['concept'],
  check: ({ concept }) =>
    CONCEPTS.includes(String(concept)) || /^CATEGORY:[A-Z_.]+$/.test(String(concept))
      ? null
      : {
          id: `bukan salah satu dari ${CONCEPTS.join(', ')} atau CATEGORY:...`,
          en: `is not one of ${CONCEPTS.join(', ')} or CATEGORY:...`,
        },
};

export const populationBase: Dataset = {
  name: 'population_base',
  subgraph: 'participants',
  file: 'population_base.csv',
  table: 'population_base',
  columns: [
    REGION,
    { name: 'date', kind: 'date', required: true },
    { name: 'concept', kind: 'id', required: true },
    { name: 'value', kind: 'count' },
    ...AS_PRINTED_COLUMNS,
    { name: 'age_floor', kind: 'count' },
    { name: 'rse', kind: 'decimal', min: 0 },
    { name: 'survey_round', kind: 'id' },
    { name: 'vintage', kind: 'id' },
    { name: 'exclusions', kind: 'text' },
    ...STATUS_COLUMNS,
    SOURCE,
    NOTE,
  ],
  key: ['region_code', 'date', 'concept', 'vintage'],
  series: ['concept', 'vintage'],
  rules: [isConcept, valueOrStatus('value')],
  threshold: { counts: ['value'], amounts: [], threshold: THRESHOLD },
  place: { region: 'region_code', date: 'date' },
  firstLoad: 'BY_SOURCE',
};

export const target: Dataset = {
  name: 'target',
  subgraph: 'participants',
  file: 'target.csv',
  table: 'target',
  columns: [
    REGION,
    { name: 'due', kind: 'date', required: true },
    { name: 'indicator_id', kind: 'reference', to: 'indicator', required: true },
    { name: 'percent', kind: 'decimal', min: 0 },
    { name: 'persons', kind: 'count' },
    ...AS_PRINTED_COLUMNS,
    { name: 'legal_basis', kind: 'text' },
    SOURCE,
    NOTE,
  ],
  key: ['region_code', 'due', 'indicator_id', 'source_id'],
  rules: [percentOrPersons],
  place: { region: 'region_code' },
  firstLoad: 'BY_SOURCE',
};

export const seriesEvent: Dataset = {
  name: 'series_event',
  subgraph: 'participants',
  file: 'series_event.csv',
  table: 'series_event',
  columns: [
    REGION,
    { name: 'date', kind: 'date', required: true },
    { name: 'kind', kind: 'word', words: EVENT_KINDS, required: true },
    { name: 'note_id', kind: 'text', required: true },
    { name: 'note_en', kind: 'text', required: true },
    SOURCE,
  ],
  key: ['region_code', 'date', 'kind'],
  place: { region: 'region_code' },
  firstLoad: 'BY_SOURCE',
};

/** In the order they are loaded: what is referred to comes first. */
export const DATASETS: readonly Dataset[] = [
  sourceDataset('participants'),
  indicator,
  statedCoverage,
  participantCount,
  populationBase,
  target,
  seriesEvent,
];
