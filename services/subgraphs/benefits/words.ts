import type { Segment } from '../../kit/words.js';

export { BASES, type Basis, QUALIFIERS, type Qualifier, SEGMENTS, type Segment } from '../../kit/words.js';

/** The words of the field that figures of benefits are named by; those they share with others are in the kit. */
export const PROGRAMS = ['JKK', 'JKM', 'JHT', 'JP', 'JKP'] as const;
export type Program = (typeof PROGRAMS)[number];

/** JKK_JKM is the pair counted as one; ALL is every programme, for cases and rupiah only. */
export const BENEFIT_PROGRAMS = [...PROGRAMS, 'JKK_JKM', 'ALL'] as const;
export type BenefitProgram = (typeof BENEFIT_PROGRAMS)[number];

/** ALL is all that a programme paid; the others are parts of it and are never added to it. */
export const BENEFIT_TYPES = ['ALL', 'SCHOLARSHIP', 'RTW'] as const;
export type BenefitType = (typeof BENEFIT_TYPES)[number];

export const PERIOD_KINDS = ['MONTH', 'QUARTER', 'YEAR', 'YTD'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

export const DATE_BASES = ['PAID', 'APPROVED', 'EVENT'] as const;
export type DateBasis = (typeof DATE_BASES)[number];

export const TOTAL_ORIGINS = ['STATED', 'SUMMED'] as const;
export type TotalOrigin = (typeof TOTAL_ORIGINS)[number];

/** The segments a rule can be for; ALL where it holds for every one. */
export const RULE_SEGMENTS = ['PU', 'BPU', 'JAKON', 'PMI', 'ALL'] as const;

export const RULE_UNITS = ['RUPIAH', 'RUPIAH_PER_MONTH', 'MONTHS', 'PERCENT_OF_WAGE', 'PERCENT_OF_CONTRACT'] as const;
export type RuleUnit = (typeof RULE_UNITS)[number];

/** The programmes each segment can claim from. What is said of PMI is background knowledge, so nothing is refused by it. */
export const PROGRAMS_OF: Readonly<Record<Segment, readonly Program[]>> = {
  PU: PROGRAMS,
  BPU: ['JKK', 'JKM', 'JHT'],
  JAKON: ['JKK', 'JKM'],
  PMI: ['JKK', 'JKM', 'JHT'],
  PU_BPU: PROGRAMS,
  PU_BPU_JAKON: PROGRAMS,
  PU_BPU_JAKON_PMI: PROGRAMS,
  NOT_STATED: PROGRAMS,
};

/** True for one of the five programmes; false for their sums. */
export function isProgram(word: string): word is Program {
  return PROGRAMS.some((program) => program === word);
}
