/** The four layouts as the page for data people has them, typed anew: what judges the checks must not be made of them. */

export type Locale = 'C' | 'id-ID';

export type Kind = 'region' | 'date' | 'word' | 'id' | 'source' | 'indicator' | 'count' | 'rupiah' | 'decimal' | 'text';

export interface ColumnFact {
  readonly name: string;
  readonly kind: Kind;
  readonly words?: readonly string[];
  readonly required?: boolean;
  /** What blank means, where it does not mean "not stated". */
  readonly fallback?: string;
}

export interface Layout {
  readonly dataset: string;
  /** Whose sources it names. */
  readonly owner: 'participants' | 'benefits';
  readonly columns: readonly ColumnFact[];
  readonly key: readonly string[];
  /** What it counts or sums; blank needs a status that says why. */
  readonly figures: readonly string[];
  /** The date a region must exist on, and that must have come. */
  readonly date: string;
  /** Counts from 1 to below this are withheld; null where the dataset withholds nothing. */
  readonly least: number | null;
}

export const SINGLE_PROGRAMS = ['JKK', 'JKM', 'JHT', 'JP', 'JKP'] as const;
const SEGMENTS = ['PU', 'BPU', 'JAKON', 'PMI', 'PU_BPU', 'PU_BPU_JAKON', 'PU_BPU_JAKON_PMI', 'NOT_STATED'];
const BASES = ['WORKPLACE', 'RESIDENCE', 'BRANCH', 'UNKNOWN'];
const PAYERS = ['SELF', 'EMPLOYER', 'APBD', 'APBDES', 'DBH_SAWIT', 'CSR', 'CENTRAL'];
/** Concepts of denominators; `CATEGORY:x` besides. */
export const CONCEPTS: readonly string[] = [
  'POPULATION',
  'WORKING_AGE',
  'LABOUR_FORCE',
  'UNEMPLOYED',
  'EMPLOYED',
  'EMPLOYEES',
  'FORMAL',
  'INFORMAL',
  'POTENTIAL_UCJ',
  'POTENTIAL_BPJS',
];

const PLACE: ColumnFact = { name: 'region_code', kind: 'region', required: true };
const DATE: ColumnFact = { name: 'date', kind: 'date', required: true };
const SOURCE: ColumnFact = { name: 'source_id', kind: 'source', required: true };
const NOTE: ColumnFact = { name: 'note', kind: 'text' };
const CATEGORY: ColumnFact = { name: 'category', kind: 'id', fallback: 'ALL' };
const BASIS: ColumnFact = { name: 'basis', kind: 'word', words: BASES, fallback: 'UNKNOWN' };
const PRINTED: readonly ColumnFact[] = [
  { name: 'as_printed', kind: 'text' },
  { name: 'rounded_to', kind: 'decimal' },
  { name: 'qualifier', kind: 'word', words: ['ABOUT', 'ALMOST', 'MORE_THAN'] },
];
const STATUS: readonly ColumnFact[] = [
  { name: 'obs_status', kind: 'word', words: [...'ABDEIPQUVWKO'], fallback: 'A' },
  { name: 'conf_status', kind: 'word', words: [...'FASDGN'], fallback: 'F' },
];

const PARTICIPANT_COUNT: Layout = {
  dataset: 'participant_count',
  owner: 'participants',
  columns: [
    PLACE,
    DATE,
    { name: 'segment', kind: 'word', words: SEGMENTS, required: true },
    { name: 'program', kind: 'word', words: [...SINGLE_PROGRAMS, 'JKK_JKM', 'ANY'], required: true },
    { name: 'status', kind: 'word', words: ['ACTIVE', 'REGISTERED', 'NOT_STATED'], required: true },
    CATEGORY,
    { name: 'administrator', kind: 'word', words: ['BPJSTK', 'TASPEN', 'ASABRI', 'NOT_STATED'], fallback: 'BPJSTK' },
    { name: 'payer', kind: 'word', words: PAYERS },
    BASIS,
    { name: 'value', kind: 'count' },
    ...PRINTED,
    ...STATUS,
    { name: 'subsidy_end', kind: 'date' },
    SOURCE,
    NOTE,
  ],
  key: ['region_code', 'date', 'segment', 'program', 'status', 'category', 'administrator', 'payer', 'basis'],
  figures: ['value'],
  date: 'date',
  least: 5,
};

const STATED_COVERAGE: Layout = {
  dataset: 'stated_coverage',
  owner: 'participants',
  columns: [
    PLACE,
    DATE,
    { name: 'indicator_id', kind: 'indicator', required: true },
    { name: 'segment', kind: 'word', words: SEGMENTS },
    CATEGORY,
    { name: 'percent', kind: 'decimal' },
    ...PRINTED,
    { name: 'numerator', kind: 'count' },
    { name: 'denominator', kind: 'count' },
    ...STATUS,
    SOURCE,
    NOTE,
  ],
  key: ['region_code', 'date', 'indicator_id', 'segment', 'category'],
  figures: ['percent'],
  date: 'date',
  least: null,
};

const POPULATION_BASE: Layout = {
  dataset: 'population_base',
  owner: 'participants',
  columns: [
    PLACE,
    DATE,
    { name: 'concept', kind: 'id', required: true },
    { name: 'value', kind: 'count' },
    ...PRINTED,
    { name: 'age_floor', kind: 'count' },
    { name: 'rse', kind: 'decimal' },
    { name: 'survey_round', kind: 'id' },
    { name: 'vintage', kind: 'id' },
    { name: 'exclusions', kind: 'text' },
    ...STATUS,
    SOURCE,
    NOTE,
  ],
  key: ['region_code', 'date', 'concept', 'vintage'],
  figures: ['value'],
  date: 'date',
  least: 5,
};

const DISBURSEMENT: Layout = {
  dataset: 'disbursement',
  owner: 'benefits',
  columns: [
    PLACE,
    { name: 'period_start', kind: 'date', required: true },
    { name: 'period_end', kind: 'date', required: true },
    { name: 'period_kind', kind: 'word', words: ['MONTH', 'QUARTER', 'YEAR', 'YTD'], required: true },
    { name: 'program', kind: 'word', words: [...SINGLE_PROGRAMS, 'JKK_JKM', 'ALL'], required: true },
    { name: 'benefit_type', kind: 'word', words: ['ALL', 'SCHOLARSHIP', 'RTW'], required: true },
    { name: 'segment', kind: 'word', words: SEGMENTS, fallback: 'NOT_STATED' },
    { name: 'cases', kind: 'count' },
    { name: 'payments', kind: 'count' },
    { name: 'recipients', kind: 'count' },
    { name: 'beneficiaries', kind: 'count' },
    { name: 'amount_rupiah', kind: 'rupiah' },
    ...PRINTED,
    BASIS,
    { name: 'date_basis', kind: 'word', words: ['PAID', 'APPROVED', 'EVENT'] },
    ...STATUS,
    SOURCE,
    NOTE,
  ],
  key: [
    'region_code',
    'period_start',
    'period_end',
    'period_kind',
    'program',
    'benefit_type',
    'segment',
    'basis',
    'date_basis',
  ],
  figures: ['cases', 'payments', 'recipients', 'beneficiaries', 'amount_rupiah'],
  date: 'period_end',
  least: 10,
};

export const LAYOUTS = {
  participant_count: PARTICIPANT_COUNT,
  stated_coverage: STATED_COVERAGE,
  population_base: POPULATION_BASE,
  disbursement: DISBURSEMENT,
} as const;

/** Programmes that migrant workers do not seem to have: nobody refuses them. */
export const DOUBTED = { segment: 'PMI', programs: ['JP', 'JKP'] } as const;

/** Programmes that a segment never has. */
export const NEVER: Readonly<Record<string, readonly string[]>> = { BPU: ['JP', 'JKP'], JAKON: ['JHT', 'JP', 'JKP'] };
