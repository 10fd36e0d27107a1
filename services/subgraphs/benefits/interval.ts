import { firstDay, lastDay, readPeriod } from '../../kit/period.js';
import type { PeriodKind } from './words.js';

/** First and last day of what a flow is summed over: `2024-01-01`, `2024-10-31`. */
export interface Interval {
  readonly start: string;
  readonly end: string;
}

/** True when the days are a whole calendar month, quarter or year, or run from 1 January within a year (YTD). */
export function fitsKind(kind: PeriodKind, { start, end }: Interval): boolean {
  const year = start.slice(0, 4);
  if (kind === 'YTD') return start === firstDay(year) && start <= end && end <= lastDay(year);
  const whole = readPeriod({ MONTH: start.slice(0, 7), QUARTER: quarterOf(start), YEAR: year }[kind]);
  return start === whole.start && end === whole.end;
}

function quarterOf(day: string): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}
