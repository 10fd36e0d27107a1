import { firstDay, lastDay } from '../../kit/period.js';

/** A period by its first and last day: `2024-01-01`, `2024-10-31`. */
export interface Period {
  readonly start: string;
  readonly end: string;
}

/** True when a day, month or year lies within the period as a whole: a year is not within one of its quarters. */
export function liesWithin(date: string, { start, end }: Period): boolean {
  return firstDay(date) >= start && lastDay(date) <= end;
}

/** Two texts between which, as texts, every date within the period stands, with some that lie before it. */
export function textRange({ start, end }: Period): readonly [earliest: string, latest: string] {
  return [start.slice(0, 4), end];
}
