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

/**
 * The formats of a language, to be kept. By hand, in the words of `Intl`: what a browser does when a page first asks it
 * for a format takes longer than all the rest of a card (decision 21).
 */
export function createFormat(language: Language): Format {
  const [comma, point, colon] = language === 'en' ? [',', '.', ':'] : ['.', ',', '.'];
  const months = MONTHS[language].split(' ');
  const dateOf = (date: string) => {
    const [year, month, day] = date.slice(0, 10).split('-');
    return [Number(day), months[Number(month) - 1], year].filter(Boolean).join(' ');
  };
  return {
    percent: (percent, asPrinted) => `${decimal(percent, asPrinted).replace('.', point)}%`,
    count: (persons) => `${persons}`.replace(/\B(?=(\d{3})+$)/g, comma),
    date: dateOf,
    instant(instant) {
      const there = new Date(Date.parse(instant) + JAKARTA_MS).toISOString();
      return `${dateOf(there)} ${there.slice(11, 16).replace(':', colon)} WIB`;
    },
  };
}

const MONTHS = {
  id: 'Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des',
  en: 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec',
} as const;
/** The clocks of Jakarta go so far ahead of UTC, all year round. */
const JAKARTA_MS = 7 * 3_600_000;

/** With a point. Printed digits say how many decimals only when they are the same number. */
function decimal(percent: number, asPrinted: string | null): string {
  const printed = (asPrinted ?? '').replace(',', '.');
  const isSame = /^\d+(\.\d+)?$/.test(printed) && Number(printed) === percent;
  return isSame ? printed : `${Number(percent.toFixed(2))}`;
}
