/** Where the rows lie. Columns as in datasets.ts; the dimensions that `series` stands for are in `disbursement_series`. */
export const SOURCE = 'benefits_source';
export const DISBURSEMENT = 'disbursement';
export const BENEFIT_RULE = 'benefit_rule';

/** The index that finds the rows of one region in a series. */
export const DISBURSEMENT_BY_REGION = 'disbursement_1';
