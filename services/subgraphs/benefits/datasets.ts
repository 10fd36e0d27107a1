import { AS_PRINTED_COLUMNS, type Column, type Dataset, STATUS_COLUMNS } from '../../kit/dataset.js';
import { sourceDataset } from '../../kit/source.js';
import { COUNTS, INVARIANTS, TABLE_RULES } from './invariants.js';
import { BENEFIT_RULE, DISBURSEMENT, SOURCE } from './tables.js';
import {
  BASES,
  BENEFIT_PROGRAMS,
  BENEFIT_TYPES,
  DATE_BASES,
  PERIOD_KINDS,
  RULE_SEGMENTS,
  RULE_UNITS,
  SEGMENTS,
} from './words.js';

const PROGRAM: Column = { name: 'program', kind: 'word', words: BENEFIT_PROGRAMS, required: true };
const SOURCE_ID: Column = { name: 'source_id', kind: 'reference', to: SOURCE, many: true, required: true };
const NOTE: Column = { name: 'note', kind: 'text' };

/** Published under this, a count of claims is withheld with its rupiah: health and money. A setting of the policy. */
const THRESHOLD = 10;

export const disbursement: Dataset = {
  name: DISBURSEMENT,
  title: { id: 'Pembayaran klaim', en: 'Claims paid' },
  subgraph: 'benefits',
  file: 'disbursement.csv',
  table: DISBURSEMENT,
  columns: [
    { name: 'region_code', kind: 'region', required: true },
    { name: 'period_start', kind: 'date', required: true },
    { name: 'period_end', kind: 'date', required: true },
    { name: 'period_kind', kind: 'word', words: PERIOD_KINDS, required: true },
    PROGRAM,
    { name: 'benefit_type', kind: 'word', words: BENEFIT_TYPES, required: true },
    { name: 'segment', kind: 'word', words: SEGMENTS, fallback: 'NOT_STATED' },
    { name: 'cases', kind: 'count' },
    { name: 'payments', kind: 'count' },
    { name: 'recipients', kind: 'count' },
    { name: 'beneficiaries', kind: 'count' },
    { name: 'amount_rupiah', kind: 'rupiah' },
    ...AS_PRINTED_COLUMNS,
    { name: 'basis', kind: 'word', words: BASES, fallback: 'UNKNOWN' },
    { name: 'date_basis', kind: 'word', words: DATE_BASES },
    ...STATUS_COLUMNS,
    SOURCE_ID,
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
  series: ['period_kind', 'program', 'benefit_type', 'segment', 'basis', 'date_basis'],
  rules: INVARIANTS,
  tableRules: TABLE_RULES,
  threshold: { counts: COUNTS, amounts: ['amount_rupiah'], threshold: THRESHOLD },
  place: { region: 'region_code', date: 'period_end' },
  period: ['period_start', 'period_end', 'period_kind'],
  firstLoad: 'BY_SOURCE',
};

export const benefitRule: Dataset = {
  name: BENEFIT_RULE,
  title: { id: 'Ketentuan iuran dan manfaat', en: 'Rules of contributions and benefits' },
  subgraph: 'benefits',
  file: 'benefit_rule.csv',
  table: BENEFIT_RULE,
  columns: [
    PROGRAM,
    { name: 'segment', kind: 'word', words: RULE_SEGMENTS, required: true },
    { name: 'parameter', kind: 'id', required: true },
    { name: 'value', kind: 'decimal', min: 0, required: true },
    { name: 'unit', kind: 'word', words: RULE_UNITS, required: true },
    { name: 'as_printed', kind: 'text' },
    { name: 'legal_basis', kind: 'text' },
    { name: 'valid_from', kind: 'date', required: true },
    { name: 'valid_to', kind: 'date' },
    SOURCE_ID,
    NOTE,
  ],
  key: ['program', 'segment', 'parameter', 'valid_from'],
  firstLoad: 'BY_SOURCE',
};

/** In the order they are loaded: what is referred to comes first. */
export const DATASETS: readonly Dataset[] = [sourceDataset('benefits'), disbursement, benefitRule];
