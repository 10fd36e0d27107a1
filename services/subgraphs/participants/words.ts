export { BASES, type Basis, QUALIFIERS, type Qualifier, SEGMENTS, type Segment } from '../../kit/words.js';

/** The words of the field that this subgraph's figures are named by; those it shares with others are in the kit. */
export const PROGRAMS = ['JKK', 'JKM', 'JHT', 'JP', 'JKP', 'JKK_JKM', 'ANY'] as const;
export const STATUSES = ['ACTIVE', 'REGISTERED', 'NOT_STATED'] as const;
export const ADMINISTRATORS = ['BPJSTK', 'TASPEN', 'ASABRI', 'NOT_STATED'] as const;
export const PAYERS = ['SELF', 'EMPLOYER', 'APBD', 'APBDES', 'DBH_SAWIT', 'CSR', 'CENTRAL'] as const;
export const EVENT_KINDS = [
  'ADHOC_ELECTION',
  'SUBSIDY_START',
  'SUBSIDY_END',
  'RULE_CHANGE',
  'DENOMINATOR_REBASE',
  'DEFINITION_CHANGE',
  'BOUNDARY_CHANGE',
] as const;
/** Denominators; `CATEGORY:x` stands for the head-count of a category. */
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

export const ORIGINS = ['STATED', 'DERIVED'] as const;
export const FLAGS = [
  'OVER_100',
  'STALE_DENOMINATOR',
  'SERIES_BREAK',
  'LOW_RELIABILITY',
  'APPROXIMATE',
  'INCONSISTENT',
] as const;
export type Flag = (typeof FLAGS)[number];
