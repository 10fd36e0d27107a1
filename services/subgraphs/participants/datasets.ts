import { say } from '../../kit/bilingual.js';
import { figuresAreFree } from '../../kit/confidential.js';
import { AS_PRINTED_COLUMNS, type Dataset, type Row, type Rule, STATUS_COLUMNS } from '../../kit/dataset.js';
import { countIsNoAmount } from '../../kit/large-count.js';
import { migrantProgram } from '../../kit/migrant-program.js';
import { percentRules } from '../../kit/percent.js';
import { sourceDataset } from '../../kit/source.js';
import {
  administratorFits,
  BASE_RULES,
  COUNT_RULES,
  COVERAGE_RULES,
  percentFitsFigures,
  programExists,
} from './invariants.js';
import { readSelector } from './selector.js';
import { ADMINISTRATORS, BASES, CONCEPTS, EVENT_KINDS, PAYERS, PROGRAMS, SEGMENTS, STATUSES } from './words.js';

const SOURCE = { name: 'source_id', kind: 'reference', to: 'participants_source', many: true, required: true } as const;
const NOTE = { name: 'note', kind: 'text' } as const;
const REGION = { name: 'region_code', kind: 'region', required: true } as const;
const PERCENT = { name: 'percent', kind: 'decimal', min: 0, printedIn: 'as_printed' } as const;
const CATEGORY = { name: 'category', kind: 'id', fallback: 'ALL' } as const;

/** Published under this, a count of persons is withheld. A setting of the policy, not a fact of the field. */
const THRESHOLD = 5;

/** The first column is the figure; the others hold figures that say as much. */
const valueOrStatus = (...columns: readonly [string, ...string[]]): Rule => ({
  name: 'E3',
  columns,
  check(row) {
    const [figure] = columns;
    const saysNone = row.obs_status === 'Q' || row.obs_status === 'O';
    const told = columns.find((column) => (row[column] ?? null) !== null);
    if ((row[figure] ?? null) === null && !saysNone)
      return {
        ...say(`${figure} kosong tanpa obs_status Q atau O`, `${figure} is blank without obs_status Q or O`),
        suggestion: say(
          'isi angkanya (nol ditulis 0), atau obs_status O bila tidak ada dan Q bila ditahan',
          'write the figure (zero is 0), or obs_status O where there is none and Q where it is withheld',
        ),
      };
    if (told === undefined || !saysNone) return null;
    return {
      ...say(
        `obs_status ${row.obs_status} berarti tanpa angka, tetapi ${told} terisi`,
        `obs_status ${row.obs_status} means without a figure, yet ${told} is told`,
      ),
      suggestion: say(
        'kosongkan angkanya, atau tulis obs_status A bila memang boleh terbit',
        'leave the figure blank, or write obs_status A where it may be published',
      ),
    };
  },
});

const percentOrPersons: Rule = {
  name: 'E3',
  columns: ['percent'],
  check: ({ percent, persons }) =>
    percent === null && persons === null
      ? {
          ...say('percent dan persons dua-duanya kosong', 'percent and persons are both blank'),
          suggestion: say(
            'isi salah satunya; target tanpa angka tidak dikirim',
            'write one of them; a target without a figure is not sent',
          ),
        }
      : null,
};

export const indicator: Dataset = {
  name: 'indicator',
  title: { id: 'Indikator cakupan', en: 'Indicators of coverage' },
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
  title: { id: 'Cakupan menurut sumbernya', en: 'Coverage as stated by its sources' },
  subgraph: 'participants',
  file: 'stated_coverage.csv',
  table: 'stated_coverage',
  columns: [
    REGION,
    { name: 'date', kind: 'date', required: true },
    { name: 'indicator_id', kind: 'reference', to: 'indicator', required: true },
    { name: 'segment', kind: 'word', words: SEGMENTS },
    CATEGORY,
    PERCENT,
    ...AS_PRINTED_COLUMNS,
    { name: 'numerator', kind: 'count' },
    { name: 'denominator', kind: 'count' },
    ...STATUS_COLUMNS,
    SOURCE,
    NOTE,
  ],
  key: ['region_code', 'date', 'indicator_id', 'segment', 'category'],
  series: ['indicator_id', 'segment', 'category'],
  rules: [
    valueOrStatus('percent', 'numerator'),
    figuresAreFree(['percent', 'numerator']),
    ...percentRules('percent'),
    countIsNoAmount(['numerator', 'denominator']),
    percentFitsFigures,
  ],
  tableRules: COVERAGE_RULES,
  place: { region: 'region_code', date: 'date' },
  firstLoad: 'BY_SOURCE',
};

export const participantCount: Dataset = {
  name: 'participant_count',
  title: { id: 'Jumlah peserta', en: 'Number of participants' },
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
  rules: [
    programExists,
    migrantProgram,
    valueOrStatus('value'),
    figuresAreFree(['value']),
    countIsNoAmount(['value']),
    administratorFits,
  ],
  tableRules: COUNT_RULES,
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

/** Nobody works at an age above this: it would be a figure of another column. */
const OLDEST = 120; // years

const ageIsAge: Rule = {
  name: 'E3',
  columns: ['age_floor'],
  check: ({ age_floor }) =>
    Number(age_floor ?? 0) > OLDEST
      ? {
          ...say(`age_floor ${age_floor} bukan umur`, `age_floor ${age_floor} is no age`),
          suggestion: say(
            'mungkin angka kolom lain: periksa urutan kolomnya',
            'it may be the figure of another column: look at their order',
          ),
        }
      : null,
};

export const populationBase: Dataset = {
  name: 'population_base',
  title: { id: 'Penduduk dan pekerja sebagai penyebut', en: 'Population and workers as denominators' },
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
  rules: [isConcept, ageIsAge, valueOrStatus('value'), figuresAreFree(['value']), countIsNoAmount(['value'])],
  tableRules: BASE_RULES,
  threshold: { counts: ['value'], amounts: [], threshold: THRESHOLD },
  place: { region: 'region_code', date: 'date' },
  firstLoad: 'BY_SOURCE',
};

export const target: Dataset = {
  name: 'target',
  title: { id: 'Target cakupan', en: 'Targets of coverage' },
  subgraph: 'participants',
  file: 'target.csv',
  table: 'target',
  columns: [
    REGION,
    { name: 'due', kind: 'date', required: true },
    { name: 'indicator_id', kind: 'reference', to: 'indicator', required: true },
    PERCENT,
    { name: 'persons', kind: 'count' },
    ...AS_PRINTED_COLUMNS,
    { name: 'legal_basis', kind: 'text' },
    SOURCE,
    NOTE,
  ],
  key: ['region_code', 'due', 'indicator_id', 'source_id'],
  rules: [percentOrPersons, ...percentRules('percent'), countIsNoAmount(['persons'])],
  place: { region: 'region_code' },
  firstLoad: 'BY_SOURCE',
};

export const seriesEvent: Dataset = {
  name: 'series_event',
  title: { id: 'Peristiwa yang mengubah deret angka', en: 'Events that change a series of figures' },
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
