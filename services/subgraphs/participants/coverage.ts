import { fitsShare, sharePercent } from './share.js';
import type { Flag, Qualifier } from './words.js';

/** What is found of one figure of coverage before it becomes an answer: stated by a source, or the parts to derive it. */
export interface Finding {
  readonly origin: 'STATED' | 'DERIVED';
  readonly indicatorId: string;
  readonly category: string;
  readonly date: string;
  readonly percent: number | null; // as stated; null where it is derived or withheld
  readonly roundedTo: number | null;
  readonly qualifier: Qualifier | null;
  readonly numerator: number | null; // persons
  readonly denominator: number | null; // persons
  readonly denominatorDate: string | null;
  readonly obsStatus: string;
  readonly rse: number | null; // percent, of the denominator
}

/** Months after which a denominator is called stale (W4). */
const STALE_MONTHS = 18;
/** Relative standard error in percent above which an estimate is called unreliable. */
const UNRELIABLE_RSE = 25;

/** The percent of a finding: as stated, never recomputed; derived where nothing is stated. */
export function percentOf(finding: Finding): number | null {
  const { origin, percent, numerator, denominator } = finding;
  if (origin === 'STATED' || numerator === null) return percent;
  return sharePercent({ numerator, denominator });
}

/** What a reader should know before using the figure. */
export function flagsOf(finding: Finding): Flag[] {
  const percent = percentOf(finding);
  const { qualifier, denominator, denominatorDate, date, rse, obsStatus } = finding;
  const isStale = denominatorDate !== null && monthsBetween(denominatorDate, date) > STALE_MONTHS;
  const flags: [Flag, boolean][] = [
    ['OVER_100', percent !== null && percent > 100],
    ['STALE_DENOMINATOR', denominator !== null && isStale],
    ['LOW_RELIABILITY', obsStatus === 'U' || (rse !== null && rse > UNRELIABLE_RSE)],
    ['APPROXIMATE', qualifier !== null],
    ['INCONSISTENT', isInconsistent(finding)],
  ];
  return flags.filter(([, holds]) => holds).map(([flag]) => flag);
}

/** Between which percents the figure lies after its rounding or the word before it; null where that is not known. */
export function boundsOf({ origin, percent, roundedTo, qualifier }: Finding): {
  lower: number | null;
  upper: number | null;
} {
  if (origin === 'DERIVED' || percent === null || qualifier === 'ABOUT') return { lower: null, upper: null };
  if (qualifier === 'MORE_THAN') return { lower: percent, upper: null };
  if (qualifier === 'ALMOST') return { lower: null, upper: percent };
  if (roundedTo === null) return { lower: null, upper: null };
  const exact = (value: number) => Number(value.toFixed(6));
  return { lower: Math.max(0, exact(percent - roundedTo / 2)), upper: exact(percent + roundedTo / 2) };
}

/**
 * The finding that answers for a region: the first indicator by rank that has a figure; of it the stated one, with the
 * derived one beside it. `rankOf` gives null for an indicator that never answers by default.
 */
export function chooseFinding<F extends Finding>(
  findings: readonly F[],
  rankOf: (indicatorId: string) => number | null,
): { answer: F; derived: F | null } | null {
  const ranked = findings
    .filter((finding) => rankOf(finding.indicatorId) !== null)
    .sort(
      (left, right) => (rankOf(left.indicatorId) ?? 0) - (rankOf(right.indicatorId) ?? 0) || newestFirst(left, right),
    );
  const first = ranked[0];
  if (!first) return null;
  const same = ranked.filter(({ indicatorId }) => indicatorId === first.indicatorId);
  const answer = same.find(({ origin }) => origin === 'STATED') ?? first;
  return {
    answer,
    derived: answer.origin === 'STATED' ? (same.find(({ origin }) => origin === 'DERIVED') ?? null) : null,
  };
}

/**
 * Newest first by the text of the date. A year stands before its months and a month before its days: a figure known
 * only to the year is not taken to be newer than a dated one of that year.
 */
export function newestFirst(left: { readonly date: string }, right: { readonly date: string }): number {
  return left.date === right.date ? 0 : left.date < right.date ? 1 : -1;
}

function isInconsistent({ origin, percent, roundedTo, numerator, denominator }: Finding): boolean {
  if (origin === 'DERIVED' || percent === null || roundedTo === null || numerator === null) return false;
  return !fitsShare(percent, roundedTo, { numerator, denominator });
}

/** Whole months from the one date to the other; a year alone counts as its January. */
function monthsBetween(earlier: string, later: string): number {
  const months = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7) || '1');
  return months(later) - months(earlier);
}
