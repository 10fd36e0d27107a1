import { RequestError } from './errors.js';

/** Indonesia's western time (WIB), the business zone of every date; it knows no summer time. */
const WIB_OFFSET_MS = 7 * 60 * 60 * 1000;

export const DATE_PRECISIONS = ['DAY', 'MONTH', 'YEAR'] as const;
export type DatePrecision = (typeof DATE_PRECISIONS)[number];

/** Milliseconds since 1970, UTC. */
export type Instant = number;

/** True for a real day, month or year: `2024-10-12`, `2024-10`, `2024`. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? '1'), Number(match[3] ?? '1')];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The date as given; throws BAD_DATE. Dates are text and stay as precise as the source was. */
export function readDate(text: string, what = 'Date'): string {
  if (isDate(text)) return text;
  throw new RequestError(
    'BAD_DATE',
    `${what} "${text}" is not a day, month or year: write 2024-10-12, 2024-10 or 2024.`,
  );
}

export function datePrecision(date: string): DatePrecision {
  if (date.length === 4) return 'YEAR';
  return date.length === 7 ? 'MONTH' : 'DAY';
}

/** The last day of a date: of `2024-02` it is `2024-02-29`. */
export function lastDay(date: string): string {
  if (date.length === 10) return date;
  const [year, month] = [Number(date.slice(0, 4)), date.length === 4 ? 12 : Number(date.slice(5, 7))];
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The first day of a date. */
export function firstDay(date: string): string {
  return `${date}-01-01`.slice(0, 10);
}

/** The last millisecond of a date in WIB, as an instant. */
export function endOfDate(date: string): Instant {
  return Date.parse(`${lastDay(date)}T23:59:59.999Z`) - WIB_OFFSET_MS;
}

/** The day an instant falls on in WIB. */
export function dayOf(instant: Instant): string {
  return new Date(instant + WIB_OFFSET_MS).toISOString().slice(0, 10);
}

/** `2024-01/2024-10`, `2024-Q3`, `2024`, `2024-10`, as first and last day; throws BAD_PERIOD. */
export function readPeriod(text: string): { start: string; end: string } {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(text);
  if (quarter) return readPeriod(quarterMonths(quarter[1] ?? '', Number(quarter[2])));
  const [from, to, ...rest] = text.split('/');
  if (from === undefined || rest.length > 0 || !isDate(from) || !isDate(to ?? from)) throw badPeriod(text);
  const period = { start: firstDay(from), end: lastDay(to ?? from) };
  if (period.start > period.end) throw badPeriod(text);
  return period;
}

function quarterMonths(year: string, quarter: number): string {
  const month = (n: number) => `${year}-${String(n).padStart(2, '0')}`;
  return `${month(quarter * 3 - 2)}/${month(quarter * 3)}`;
}

function badPeriod(text: string): RequestError {
  const forms = '2024, 2024-Q3, 2024-10 or 2024-01/2024-10';
  return new RequestError('BAD_PERIOD', `Period "${text}" is not understood: write ${forms}, the earlier date first.`);
}

/**
 * The instant a caller means: a day is its end in WIB, today is now, an instant needs a zone.
 * Throws BAD_AS_OF or AS_OF_IN_FUTURE.
 */
export function readAsOf(text: string, now: Instant): Instant {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && isDate(text);
  if (isDay && text === dayOf(now)) return now;
  const instant = isDay ? endOfDate(text) : readInstant(text);
  if (instant <= now) return instant;
  throw new RequestError(
    'AS_OF_IN_FUTURE',
    `asOf "${text}" lies after now (${new Date(now).toISOString()}): ask for a past day or leave it out.`,
  );
}

function readInstant(text: string): Instant {
  const instant = instantOf(text);
  if (instant !== null) return instant;
  throw new RequestError(
    'BAD_AS_OF',
    `asOf "${text}" is not understood: write a day (2024-10-12) or an instant with its zone (2024-10-12T08:30+07:00).`,
  );
}

/** The instant of a text with its zone, `2024-10-12T08:30+07:00`; null for any other text. */
export function instantOf(text: string): Instant | null {
  const form = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/.exec(
    text,
  );
  return form && isDate(form[1] ?? '') ? Date.parse(text) : null;
}
