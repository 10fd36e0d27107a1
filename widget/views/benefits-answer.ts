import { isAmount, isDate, isText, type Source } from '../answer.js';

/** What a region's programmes paid, as the API answers it, the newest first. */
export interface Benefits {
  readonly name: string;
  readonly disbursements: readonly Disbursement[];
  readonly disbursementTotals: readonly Total[];
}

/** What figures must share to stand on one scale. */
export interface Scope {
  readonly periodStart: string;
  readonly periodEnd: string;
  /** MONTH, QUARTER, YEAR or YTD. */
  readonly periodKind: string;
  readonly segment: string;
  /** What places the claims in the region: BRANCH, WORKPLACE, RESIDENCE, UNKNOWN. */
  readonly basis: string;
  /** What places them in the period: PAID, APPROVED, EVENT; null when not stated. */
  readonly dateBasis: string | null;
}

export interface Paid extends Scope {
  readonly cases: number | null;
  /** Whole rupiah as digits. */
  readonly amountRupiah: string | null;
  /** The unit the source rounded to, in rupiah; null when not known. */
  readonly roundedTo: number | null;
  readonly obsStatus: string;
}

export interface Total extends Paid {
  /** STATED by a source, or SUMMED by the API. */
  readonly origin: string;
}

export interface Disbursement extends Paid {
  readonly program: string;
  /** ALL, or which part of what the programme paid. */
  readonly benefitType: string;
  readonly payments: number | null;
  /** Insured persons who were paid. */
  readonly recipients: number | null;
  /** Persons paid who are not the insured. */
  readonly beneficiaries: number | null;
  readonly qualifier: string | null;
  /** In Indonesian. */
  readonly note: string | null;
  readonly sources: readonly Source[];
}

/** The benefits in an answer; null on anything half or odd. */
export function readBenefits(answer: unknown): Benefits | null {
  try {
    const benefits = answer as Benefits; // each field is looked at below
    const { name, disbursements, disbursementTotals } = benefits;
    const isWhole =
      isText(name) &&
      disbursementTotals.every((total) => isPaid(total, []) && isText(total.origin)) &&
      disbursements.every(
        ({ program, benefitType, payments, recipients, beneficiaries, sources, ...paid }) =>
          [program, benefitType, ...sources.map(({ publisher }) => publisher)].every(isText) &&
          isPaid(paid, [payments, recipients, beneficiaries]),
      );
    return isWhole ? benefits : null;
  } catch {
    return null; // something lacks what was looked for in it
  }
}

/** What is withheld or withdrawn must have no number. */
function isPaid(paid: Paid, others: readonly (number | null)[]): boolean {
  const { periodStart, periodEnd, periodKind, segment, basis, cases, amountRupiah, roundedTo, obsStatus } = paid;
  const counts = [cases, ...others];
  return (
    [periodStart, periodEnd].every(isDate) &&
    [periodKind, segment, basis, obsStatus].every(isText) &&
    [roundedTo, ...counts].every(isAmount) &&
    (amountRupiah === null || /^\d{1,15}$/.test(amountRupiah)) &&
    (!/[QO]/.test(obsStatus) || [amountRupiah, ...counts].every((value) => value === null))
  );
}
