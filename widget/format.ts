import type { Language } from './words.js';

/** Numbers and dates as readers of one language write them. */
export interface Format {
  /** `21%`, `33,10%`: with the decimals of the source when it printed plain digits, else at most two. */
  percent(percent: number, asPrinted: string | null): string;
  /** `37.229` */
  count(count: number): string;
  /** `12 Okt 2024`, `Des 2024`, `2024`: as precise as the date. */
  date(date: string): string;
  /** `22 Nov 2026 08.30 WIB`: an instant in Indonesia's western time. */
  instant(instant: string): string;
}

/** The formats of a language. */
export function createFormat(language: Language): Format {
  const [locale, point] = language === 'en' ? ['en-GB', '.'] : ['id-ID', ','];
  const write = (date: string, options: Intl.DateTimeFormatOptions) => new Date(date).toLocaleString(locale, options);
  return {
    percent: (percent, asPrinted) => `${decimal(percent, asPrinted).replace('.', point)}%`,
    count: (persons) => persons.toLocaleString(locale),
    date: (date) => write(date, { ...PRECISIONS[date.split('-').length - 1], year: 'numeric', timeZone: 'UTC' }),
    instant: (instant) => `${write(instant, CLOCK).replace(',', '')} WIB`,
  };
}

/** What else than the year a date of one, two and three parts says. */
const PRECISIONS = [{}, { month: 'short' }, { month: 'short', day: 'numeric' }] as const;
const CLOCK = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Jakarta' } as const;

/** With a point. Printed digits say how many decimals only when they are the same number. */
function decimal(percent: number, asPrinted: string | null): string {
  const printed = (asPrinted ?? '').replace(',', '.');
  const isSame = /^\d+(\.\d+)?$/.test(printed) && Number(printed) === percent;
  return isSame ? printed : `${Number(percent.toFixed(2))}`;
}
