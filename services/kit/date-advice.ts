import { say } from './bilingual.js';
import type { Bilingual } from './dataset.js';
import { adviseByHabit, type Habit } from './habit.js';
import { adviseWriting, plainText } from './lookalike.js';
import { dayOf, isDate } from './period.js';

/** What a cell that is no date may be meant to say; null when nothing comes to mind. All ways to read it are named. */
export function adviseDate(raw: string): Bilingual | null {
  if (raw.length > 60) return null;
  const text = plainText(raw);
  if (isDate(text)) return adviseWriting(raw, text);
  return adviseByHabit(HABITS, text.toLowerCase(), null);
}

function habit(pattern: RegExp, advise: (...groups: string[]) => Bilingual | null): Habit<null> {
  return [pattern, (groups) => advise(...groups)];
}

const MONTHS = [
  'jan(?:uari|uary)?',
  '[fp]eb(?:ruari|ruary)?',
  'mar(?:et|ch)?',
  'apr(?:il)?',
  'mei|may',
  'jun[ie]?',
  'jul[iy]?',
  'agu(?:st(?:us)?)?|agt|ags|aug(?:ust)?',
  'sept?(?:ember)?',
  'o[kc]t(?:ober)?',
  'no[vp](?:ember)?',
  'de[sc](?:ember)?',
];
const MONTH = `(${MONTHS.join('|')})\\.?`;
const YEAR = "'?(\\d{4}|\\d{2})";
const BETWEEN = '[\\s./-]*';

const HABITS: readonly Habit<null>[] = [
  habit(/^(?:s\.?\s?d\.?|s\/d|sampai(?: dengan)?|hingga|until|ytd)\s*(.+)$/, adviseCumulative),
  habit(/^(?:per|posisi|tgl\.?|tanggal|as of|akhir)\s*(.+)$/, (rest) => adviseDateWords(rest)),
  habit(/^(\d{4}-\d\d-\d\d)[t ](.+)$/, adviseInstant),
  habit(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)$/, adviseNumeric),
  habit(/^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/, adviseYearFirst),
  habit(/^(\d{1,2})[/.-](\d{4})$/, (month, year) => writeIf(`${year}-${two(month)}`)),
  habit(/^(\d{4})[/.-](\d{1,2})$/, (year, month) =>
    Number(month) > 12 ? NO_SUCH_MONTH : writeIf(`${year}-${two(month)}`),
  ),
  habit(/^(\d{4})[.,]0+$/, (year) => writeIf(year)),
  habit(/^((?:19|20)\d\d)(0[1-9]|1[0-2])(\d\d)?$/, (year, month, day) =>
    writeIf([year, month, ...(day ? [day] : [])].join('-')),
  ),
  habit(/^(\d{5})(?:[.,]\d+)?$/, adviseSerial),
  habit(/^(?:triwulan|tw\.?|kuartal|q)\s*(iv|i{1,3}|[1-4])\s*[/-]?\s*(\d{4})$/, adviseQuarter),
  habit(/^(\d{4})\s*[/-]?\s*(?:triwulan|tw\.?|kuartal|q)\s*(iv|i{1,3}|[1-4])$/, (year, quarter) =>
    adviseQuarter(quarter, year),
  ),
  habit(/^(?:semester|smt\.?|s)\s*(i{1,2}|[12])\s*[/-]?\s*(\d{4})$/, (half, year) =>
    writeMany(year, 'semester', 'half-year', half === 'i' || half === '1' ? '06-30' : '12-31'),
  ),
  habit(/^(\d{1,2})[/-](\d{1,2})$/, () =>
    say('tahunnya tidak ada: tulis tahun, bulan, lalu tanggal', 'it has no year: write year, month, then day'),
  ),
  habit(/^(.*)$/, (text) => adviseDateWords(text)),
];

const NO_SUCH_MONTH = say('bulan hanya 01 sampai 12: periksa sumbernya', 'months are 01 to 12: look at the source');

/** `12 Okt 2024`, `Okt-24`, `Oktober 2024`, `Des`, `14 Desember`. */
function adviseDateWords(text: string): Bilingual | null {
  const found = new RegExp(`^(?:(\\d{1,2})${BETWEEN})?${MONTH}(?:${BETWEEN}${YEAR})?$`).exec(text.trim());
  if (!found) return isDate(text.trim()) ? writeIf(text.trim()) : adviseWithin(text);
  const [, day, name = '', year] = found;
  const month = two(String(MONTHS.findIndex((pattern) => new RegExp(`^(?:${pattern})$`).test(name)) + 1));
  if (year === undefined) {
    const form = day ? `YYYY-${month}-${two(day)}` : `YYYY-${month}`;
    return say(`tahunnya tidak ada: tulis ${form} dengan tahunnya`, `it has no year: write ${form} with its year`);
  }
  const date = `${fullYear(year)}-${month}`;
  if (!day) return writeIf(date);
  const whole = `${date}-${two(day)}`;
  return isDate(whole) ? writeIf(whole) : adviseNoSuchDay(fullYear(year), month, two(day));
}

/** What stood behind "per" may have one of the other forms. */
function adviseWithin(text: string): Bilingual | null {
  const numeric = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)$/.exec(text.trim());
  return numeric ? adviseNumeric(numeric[1] ?? '', numeric[2] ?? '', numeric[3] ?? '') : null;
}

function adviseCumulative(rest: string): Bilingual | null {
  const inner = adviseDateWords(rest);
  const [id, en] = inner ? [`; posisi pada tanggal: ${inner.id}`, `; for a stock on a day: ${inner.en}`] : ['', ''];
  return say(
    `"s.d." berarti jumlah sejak awal tahun: untuk klaim pakai period_kind YTD dengan period_start dan period_end${id}`,
    `"until" means a sum since the year began: for claims use period_kind YTD with period_start and period_end${en}`,
  );
}

/** Day and month in either order, where both are possible. */
function adviseNumeric(first: string, second: string, year: string): Bilingual | null {
  const [dayFirst, monthFirst] = [
    `${fullYear(year)}-${two(second)}-${two(first)}`,
    `${fullYear(year)}-${two(first)}-${two(second)}`,
  ];
  const possible = [...new Set([dayFirst, monthFirst])].filter(isDate);
  const [one, other] = possible;
  if (one === undefined) return Number(second) <= 12 ? adviseNoSuchDay(fullYear(year), two(second), two(first)) : null;
  if (other === undefined) return writeIf(one);
  return say(
    `tulis ${one} bila tanggal di depan (cara Indonesia), atau ${other} bila bulan di depan (cara Amerika)`,
    `write ${one} if the day comes first (as in Indonesia), or ${other} if the month does (as in America)`,
  );
}

function adviseYearFirst(year: string, month: string, day: string): Bilingual | null {
  const date = `${year}-${two(month)}-${two(day)}`;
  if (isDate(date)) return writeIf(date);
  if (Number(month) > 12 && Number(day) <= 12) return adviseYearFirst(year, day, month);
  return Number(month) > 12 ? NO_SUCH_MONTH : adviseNoSuchDay(year, two(month), two(day));
}

function adviseNoSuchDay(year: string, month: string, day: string): Bilingual | null {
  if (!isDate(`${year}-${month}`) || Number(day) > 31 || Number(day) === 0) return null;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return say(
    `bulan itu hanya ${last} hari: tulis ${year}-${month}-${last}, atau ${year}-${month} bila untuk bulannya`,
    `that month has ${last} days: write ${year}-${month}-${last}, or ${year}-${month} if it is for the month`,
  );
}

/** A day with a time: in another zone it may be another day. */
function adviseInstant(day: string, time: string): Bilingual | null {
  if (!isDate(day)) return null;
  const zoned = /^(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(z|[+-]\d\d:?\d\d)$/.exec(time);
  if (!zoned) return say(`tulis ${day}, tanpa jam`, `write ${day}, without a time`);
  const zone = (zoned[2] ?? 'z').toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const instant = Date.parse(`${day}T${zoned[1]}${zone}`);
  if (Number.isNaN(instant)) return null;
  const local = dayOf(instant);
  if (local === day) return say(`tulis ${day}, tanpa jam`, `write ${day}, without a time`);
  return say(
    `di WIB saat itu sudah ${local}: tulis ${local}, atau ${day} bila hari itulah yang dimaksud`,
    `in WIB that instant falls on ${local}: write ${local}, or ${day} if that day is meant`,
  );
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Spreadsheets count days from here, having counted a 29 February 1900 that never was. */
const SERIAL_ZERO = Date.UTC(1899, 11, 30);

function adviseSerial(digits: string): Bilingual | null {
  const serial = Number(digits);
  if (serial < 18_264 || serial > 73_050) return null; // 1950 to 2099
  const date = new Date(SERIAL_ZERO + serial * DAY_MS).toISOString().slice(0, 10);
  return say(
    `nomor hari dari Excel: tulis ${date} bila itu harinya, lalu jadikan kolomnya Text`,
    `a day number of Excel: write ${date} if that is the day, and make the column Text`,
  );
}

const QUARTER_ENDS = ['03-31', '06-30', '09-30', '12-31'];

function adviseQuarter(quarter: string, year: string): Bilingual | null {
  const number = /^\d$/.test(quarter) ? Number(quarter) : ['i', 'ii', 'iii', 'iv'].indexOf(quarter) + 1;
  return writeMany(year, 'triwulan', 'quarter', QUARTER_ENDS[number - 1] ?? '');
}

function writeMany(year: string, id: string, en: string, end: string): Bilingual {
  return say(
    `bukan tanggal melainkan ${id}: untuk posisi akhir ${id} tulis ${year}-${end}; untuk klaim pakai period_start dan period_end`,
    `not a date but a ${en}: for a stock at its end write ${year}-${end}; for claims use period_start and period_end`,
  );
}

function writeIf(date: string): Bilingual | null {
  return isDate(date) ? say(`bila maksudnya ${date}, tulis ${date}`, `if it means ${date}, write ${date}`) : null;
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}

function fullYear(year: string): string {
  return year.length === 2 ? `20${year}` : year;
}
