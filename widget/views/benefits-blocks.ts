import type { Benefits, Disbursement, Scope, Total } from './benefits-answer.js';

/** Figures on one scale: of one period, one segment, and placed by the same in region and period. */
export interface Block {
  readonly scope: Scope;
  /** Only where the API gives one. */
  readonly total: Total | null;
  /** What each programme paid, the most first. */
  readonly programs: readonly Disbursement[];
  /** Parts of programmes, and programmes counted as one: they are in the others already. */
  readonly parts: readonly Disbursement[];
  /** The highest amount of a programme, in rupiah; null where no two are known, and a bar would say nothing. */
  readonly highest: number | null;
}

/** The blocks of all that was paid, the newest period first. */
export function blocksOf({ disbursements, disbursementTotals }: Benefits): Block[] {
  const scopes = new Map([...disbursements, ...disbursementTotals].map((scope) => [keyOf(scope), scope]));
  return [...scopes]
    .sort(([, one], [, other]) => (one.periodEnd < other.periodEnd ? 1 : one.periodEnd > other.periodEnd ? -1 : 0))
    .map(([key, scope]) => {
      const own = disbursements
        .filter((paid) => keyOf(paid) === key && !isOfAll(paid))
        .sort((one, other) => Number(other.amountRupiah ?? -1) - Number(one.amountRupiah ?? -1));
      const programs = own.filter((paid) => !isPart(paid));
      const total = disbursementTotals.find((one) => keyOf(one) === key) ?? null;
      const amounts = programs.flatMap(({ amountRupiah }) => (amountRupiah === null ? [] : Number(amountRupiah)));
      const highest = amounts.length > 1 ? Math.max(...amounts) : null;
      return { scope, total, programs, parts: own.filter(isPart), highest };
    });
}

/** True for what is in other figures already: a part of a programme, or a pair of them. */
export function isPart({ program, benefitType }: Disbursement): boolean {
  return benefitType !== 'ALL' || program.includes('_');
}

/** The API makes totals of these. */
function isOfAll({ program, benefitType }: Disbursement): boolean {
  return program === 'ALL' && benefitType === 'ALL';
}

function keyOf({ periodStart, periodEnd, periodKind, segment, basis, dateBasis }: Scope): string {
  return [periodStart, periodEnd, periodKind, segment, basis, dateBasis].join(' ');
}
