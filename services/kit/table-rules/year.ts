import type { Figure } from './figure.js';

/** The months of one year that were paid in, one after the other from January on. */
export interface Year {
  readonly year: string;
  /** How many months from January on are known; 0 where one is missing. */
  readonly months: number;
  readonly sum: number;
  readonly last: number;
}

export const EMPTY_YEAR: Year = { year: '', months: 0, sum: 0, last: 0 };

/** A sum of months has a month more in it than the sum before: one that is like the others, more or less. */
const LEAST = 0.3;
const MOST = 3;
/** How near to the next step of a steady climb from January on. */
const NEARLY = 0.2;

/** The year with one more month in it. */
export function addToYear(year: Year, date: string, figure: Figure): Year {
  const [name, month, now] = [date.slice(0, 4), Number(date.slice(5, 7)), Number(figure)];
  if (month === 1) return { year: name, months: 1, sum: now, last: now };
  if (year.year !== name || year.months !== month - 1) return { ...EMPTY_YEAR, year: name };
  return { year: name, months: month, sum: year.sum + now, last: now };
}

/** True for a month's figure that looks like that of all months since January: their sum, or one step more of a climb. */
export function isYearSoFar({ year, months, sum, last }: Year, date: string, now: number): boolean {
  if (year !== date.slice(0, 4) || months === 0 || Number(date.slice(5, 7)) !== months + 1) return false;
  const typical = sum / months;
  const isSum = now >= sum + LEAST * typical && now <= sum + MOST * typical;
  const isClimb = months > 1 && Math.abs((now * months) / (last * (months + 1)) - 1) <= NEARLY && now > last;
  return isSum || isClimb;
}
