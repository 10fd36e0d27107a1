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

/** The formats of a language, to be kept: what a browser needs for them is made once, and takes it longer than a card. */
export function createFormat(language: Language): Format {
  const [locale, point] = language === 'en' ? ['en-GB', '.'] : ['id-ID', ','];
  const counts = new Intl.NumberFormat(locale);
  const dates = PRECISIONS.map((more) => new Intl.DateTimeFormat(locale, { ...YEAR, ...more }));
  const instants = new Intl.DateTimeFormat(locale, CLOCK);
  return {
    percent: (percent, asPrinted) => `${decimal(percent, asPrinted).replace('.', point)}%`,
    count: (persons) => counts.format(persons),
    date: (date) => `${dates[date.split('-').length - 1]?.format(new Date(date))}`,
    instant: (instant) => `${instants.format(new Date(instant)).replace(',', '')} WIB`,
  };
}

const YEAR = { year: 'numeric', timeZone: 'UTC' } as const;
/** What else than the year a date of one, two and three parts says. */
const PRECISIONS = [{}, { month: 'short' }, { month: 'short', day: 'numeric' }] as const;
const CLOCK = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Jakarta' } as const;

/** With a point. Printed digits say how many decimals only when they are the same number. */
function decimal(percent: number, asPrinted: string | null): string {
  const printed = (asPrinted ?? '').replace(',', '.');
  const isSame = /^\d+(\.\d+)?$/.test(printed) && Number(printed) === percent;
  return isSame ? printed : `${Number(percent.toFixed(2))}`;
}
