import {
  type Basis,
  type BenefitProgram,
  type BenefitType,
  type DateBasis,
  isProgram,
  type PeriodKind,
  PROGRAMS_OF,
  type Segment,
  type TotalOrigin,
} from './words.js';

/** What a total is of: only figures that agree in all of it are ever added. */
export interface Scope {
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly periodKind: PeriodKind;
  readonly segment: Segment;
  readonly basis: Basis;
  readonly dateBasis: DateBasis | null;
}

/** What a programme paid. Persons are left out on purpose: one person is in several programmes. */
export interface Part extends Scope {
  readonly program: BenefitProgram;
  readonly benefitType: BenefitType;
  readonly cases: number | null;
  readonly amountRupiah: string | null; // whole rupiah, as digits
  readonly roundedTo: number | null; // rupiah
  readonly obsStatus: string;
  readonly confStatus: string;
}

export interface Total<P extends Part> extends Scope {
  readonly origin: TotalOrigin;
  /** The one figure stated, or those that were added. */
  readonly parts: readonly P[];
  readonly cases: number | null;
  readonly amountRupiah: string | null;
  /** The coarsest rounding of the parts, in rupiah; null when none is known. */
  readonly roundedTo: number | null;
  readonly obsStatus: string;
  readonly confStatus: string;
}

/** What a sum inherits when one of its parts has it, the strongest first. */
const INHERITED = ['Q', 'O', 'U', 'E', 'P'];

/**
 * One total for each scope, in the order the scopes come. What a source states for all programmes stands as it is.
 * Otherwise the programmes are added, if every one that the segment can claim from is there: three of five make no
 * total. Parts of a programme (RTW, SCHOLARSHIP) and the pair JKK_JKM are never added; a year to date meets no month.
 */
export function totalsOf<P extends Part>(parts: readonly P[]): Total<P>[] {
  const scopes = new Map<string, P[]>();
  for (const part of parts.filter(({ benefitType }) => benefitType === 'ALL')) {
    const key = JSON.stringify(scopeOf(part));
    scopes.set(key, [...(scopes.get(key) ?? []), part]);
  }
  return [...scopes.values()].flatMap((scope) => statedTotal(scope) ?? summedTotal(scope) ?? []);
}

function statedTotal<P extends Part>(scope: readonly P[]): Total<P> | null {
  const stated = scope.find(({ program }) => program === 'ALL');
  if (!stated) return null;
  const { cases, amountRupiah, roundedTo, obsStatus, confStatus } = stated;
  return {
    origin: 'STATED',
    ...scopeOf(stated),
    parts: [stated],
    cases,
    amountRupiah,
    roundedTo,
    obsStatus,
    confStatus,
  };
}

function summedTotal<P extends Part>(scope: readonly P[]): Total<P> | null {
  const parts = scope.filter(({ program }) => isProgram(program));
  const [first] = parts;
  if (!first || !isComplete(first.segment, parts)) return null;
  const cases = sumOf(parts.map((part) => part.cases));
  const obsStatus = INHERITED.find((status) => parts.some((part) => part.obsStatus === status)) ?? 'A';
  return {
    origin: 'SUMMED',
    ...scopeOf(first),
    parts,
    cases: cases === null ? null : Number(cases),
    amountRupiah: sumOf(parts.map((part) => part.amountRupiah))?.toString() ?? null,
    roundedTo: coarsest(parts),
    obsStatus,
    confStatus: obsStatus === 'Q' ? 'S' : 'F', // a sum would give the withheld part away
  };
}

function isComplete(segment: Segment, parts: readonly Part[]): boolean {
  return PROGRAMS_OF[segment].every((wanted) => parts.some(({ program }) => program === wanted));
}

/** Exact at any size; null as soon as one of the values is not known. */
function sumOf(values: readonly (string | number | null)[]): bigint | null {
  const known = values.filter((value) => value !== null);
  return known.length < values.length ? null : known.reduce((sum, value) => sum + BigInt(value), 0n);
}

function coarsest(parts: readonly Part[]): number | null {
  const known = parts.map(({ roundedTo }) => roundedTo).filter((unit) => unit !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function scopeOf({ periodStart, periodEnd, periodKind, segment, basis, dateBasis }: Scope): Scope {
  return { periodStart, periodEnd, periodKind, segment, basis, dateBasis };
}
