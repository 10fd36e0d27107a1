import { CONCEPTS, type ColumnFact, type Locale } from './layout.js';

/** What a cell says, written in one way only, or why it must be refused. */
export type Meaning = { readonly value: string | null } | { readonly wrong: string };

/** What a cell of a column says by the rules of the field. Lookups in other lists are left to the caller. */
export function meaningOf(column: ColumnFact, text: string, locale: Locale): Meaning {
  const { kind, required = false, fallback } = column;
  if (text === '') {
    if (required) return { wrong: `${column.name} is blank` };
    return { value: fallback ?? null };
  }
  if (kind === 'word') return column.words?.includes(text) ? { value: text } : wrong(column, text);
  if (kind === 'region') return /^\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?$/.test(text) ? { value: text } : wrong(column, text);
  if (kind === 'date') return isRealDate(text) ? { value: text } : wrong(column, text);
  if (kind === 'count') return countMeaning(column, text, locale);
  if (kind === 'rupiah') return rupiahMeaning(column, text, locale);
  if (kind === 'decimal') return decimalMeaning(column, text, locale);
  if (kind === 'text') return textMeaning(column, text);
  return nameMeaning(column, text);
}

function wrong({ name }: ColumnFact, text: string): Meaning {
  return { wrong: `${name} ${JSON.stringify(text)}` };
}

/** A day, month or year of the calendar. */
function isRealDate(text: string): boolean {
  if (!/^\d{4}(-\d\d(-\d\d)?)?$/.test(text)) return false;
  const [year = 0, month = 1, day = 1] = text.split('-').map(Number);
  return year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The last day of a date. */
export function endOf(date: string): string {
  const [year = '', month = '12', day] = date.split('-');
  return `${year}-${month}-${day ?? daysOf(Number(year), Number(month))}`;
}

/** Digits, or digits in groups of three where the locale has a sign for them. */
function wholeDigits(text: string, locale: Locale): string | null {
  const isGrouped = locale === 'id-ID' && /^[1-9]\d?\d?(\.\d\d\d)+$/.test(text);
  const digits = isGrouped ? text.split('.').join('') : text;
  return /^[0-9]+$/.test(digits) ? digits.replace(/^0+(?=.)/, '') : null;
}

/** No figure of persons is above what 32 bits hold: it would be rupiah, or a number of something. */
const MOST_PERSONS = 2 ** 31 - 1;
const OLDEST = 120; // years

function countMeaning(column: ColumnFact, text: string, locale: Locale): Meaning {
  const digits = wholeDigits(text, locale);
  const most = column.name === 'age_floor' ? OLDEST : MOST_PERSONS;
  return digits === null || digits.length > 10 || Number(digits) > most ? wrong(column, text) : { value: digits };
}

function rupiahMeaning(column: ColumnFact, text: string, locale: Locale): Meaning {
  const digits = wholeDigits(text, locale);
  return digits === null || digits.length > 18 ? wrong(column, text) : { value: digits };
}

function decimalMeaning(column: ColumnFact, text: string, locale: Locale): Meaning {
  const [whole = '', fraction = '', ...more] = text.split(locale === 'C' ? '.' : ',');
  const digits = wholeDigits(whole, locale);
  const hasFraction = text.length > whole.length;
  const isFraction = !hasFraction || /^[0-9]{1,6}$/.test(fraction);
  if (digits === null || !isFraction || more.length > 0 || digits.length > 14) return wrong(column, text);
  const rest = fraction.replace(/0+$/, '');
  const value = rest === '' ? digits : `${digits}.${rest}`;
  return column.name === 'percent' && Number(digits) >= 999 ? wrong(column, text) : { value };
}

/** Signs that take no place or turn the direction of a text, and controls. */
const UNSEEN = /(?![\t\r\n])[\p{Cc}\p{Cf}\ufffd]/u;

function textMeaning(column: ColumnFact, text: string): Meaning {
  const isFormula = /^\s*[=+\-@]/.test(text) && !/^\s*[+-] ?\d[\d.,]* ?%?\s*$/.test(text);
  const isMarkup = /<[a-z/!?]|javascript:/i.test(text);
  return isFormula || isMarkup || UNSEEN.test(text) || text.length > 1000 ? wrong(column, text) : { value: text };
}

function nameMeaning(column: ColumnFact, text: string): Meaning {
  const names = column.kind === 'source' ? text.split(/ +/) : [text];
  if (!names.every((name) => /^[A-Za-z0-9_.:-]{1,80}$/.test(name))) return wrong(column, text);
  const isConcept = CONCEPTS.includes(text) || /^CATEGORY:[A-Z_.]+$/.test(text);
  return column.name === 'concept' && !isConcept ? wrong(column, text) : { value: names.join(' ') };
}

/** What in a cell is of a person; null where nothing surely is. Eleven digits are a card number in a text only. */
export function personIn(text: string, column: ColumnFact | null): string | null {
  const number = /(?<!\d)\d{16}(?!\d)/.exec(text)?.[0];
  if (number && (column?.kind !== 'rupiah' || IDENTITY.test(number))) return number;
  const sure = /[a-z0-9._]+@[a-z0-9]+\.[a-z]{2,}/i.exec(text) ?? /(?<!\d)08[1-9]\d{8,9}(?!\d)/.exec(text);
  if (sure) return sure[0];
  const said = /\ba\.n\. [A-Z][a-z]+|\blahir \d\d-\d\d-\d{4}|\(0\d{2,3}\) ?\d{5,8}/.exec(text);
  if (said) return said[0];
  return (column?.kind === 'text' && /^\d{11}$/.exec(text)?.[0]) || null;
}

/** Province, regency, district, day (women: plus 40), month. */
const IDENTITY = new RegExp(
  [
    '^(1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])',
    '\\d{4}',
    '(0[1-9]|[12]\\d|3[01]|4[1-9]|[56]\\d|7[01])',
    '(0[1-9]|1[0-2])',
  ].join(''),
);

/** Titles of columns that hold data of persons. */
export const PERSONAL_TITLES = [
  'nik',
  'NIK',
  'nama',
  'nama_peserta',
  'no_hp',
  'kpj',
  'tanggal_lahir',
  'alamat',
  'email',
];
