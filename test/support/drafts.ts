import { benefitRule, disbursement } from '../../services/subgraphs/benefits/datasets.js';
import { statedCoverage } from '../../services/subgraphs/participants/datasets.js';
import type { TestDraft } from './publish.js';

/** Drafts of one invented figure each, to be published in a test's database only. */

const DRAFT = {
  kind: 'REGULAR',
  reason: null,
  createdBy: 'tok_test0001 publisher',
  approvedBy: 'tok_test0002 approver',
} as const;
const INVENTED = { obs_status: 'E', conf_status: 'F', note: 'synthetic' } as const;
const UNPRINTED = { as_printed: null, rounded_to: null, qualifier: null } as const;

/** The UCJ of a region on a date, in percent. */
export function coverageDraft(percent: number, region: string, date: string): TestDraft {
  const key = { region_code: region, date, indicator_id: 'ucj', segment: null, category: 'ALL' };
  const cells = { ...UNPRINTED, ...INVENTED, percent, numerator: null, denominator: null };
  return { ...DRAFT, dataset: statedCoverage, rows: [{ ...key, ...cells, source_id: 'antara-babel-534790' }] };
}

/** The JHT cases of a region in 2025. */
export function benefitDraft(cases: number, region: string): TestDraft {
  const key = {
    region_code: region,
    period_start: '2025-01-01',
    period_end: '2025-12-31',
    period_kind: 'YEAR',
    program: 'JHT',
    benefit_type: 'ALL',
    segment: 'NOT_STATED',
    basis: 'BRANCH',
    date_basis: null,
  };
  const counts = { cases, payments: null, recipients: null, beneficiaries: null, amount_rupiah: null };
  const row = { ...key, ...counts, ...UNPRINTED, ...INVENTED, source_id: 'tribun-babel-2025-02-05' };
  return { ...DRAFT, dataset: disbursement, rows: [row] };
}

/** A rule of JKP named `test_parameter`. */
export const RULE_DRAFT: TestDraft = {
  ...DRAFT,
  dataset: benefitRule,
  rows: [
    {
      program: 'JKP',
      segment: 'PU',
      parameter: 'test_parameter',
      value: 1,
      unit: 'PERCENT_OF_WAGE',
      as_printed: null,
      legal_basis: null,
      valid_from: '2026',
      valid_to: null,
      source_id: 'okezone-2025-02-17',
      note: 'synthetic',
    },
  ],
};
