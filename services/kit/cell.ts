import { say } from './bilingual.js';
import { adviseRegion } from './code-advice.js';
import type { Bilingual, Cell, Column } from './dataset.js';
import { adviseDate } from './date-advice.js';
import type { Locale } from './locale.js';
import { readNumber, readWhole } from './number.js';
import { adviseNumber } from './number-advice.js';
import { isDate } from './period.js';
import { isRegionCode } from './region-code.js';
import { adviseBoolean, adviseId, adviseReference, adviseWord, isId } from './word-advice.js';

/** What a cell says; or what is wrong with it, to be read after the cell, and what it may be meant to say. */
export type CellReading =
  | { readonly value: Cell }
  | {
      readonly problem: Bilingual;
      /** Names every way to read the cell, where there is one; null when nothing comes to mind. */
      readonly suggestion?: Bilingual | null;
      /** Where it is not the rule of the column's kind. */
      readonly rule?: string;
    };

/** A cell of a CSV file as a value of its column. Blank is null, never zero and never a total. Numbers are not guessed. */
export function readCell(column: Column, text: string, locale: Locale = 'C'): CellReading {
  const raw = text === '' ? (column.fallback ?? '') : text;
  if (raw !== '') return READERS[column.kind](raw, column, locale);
  return column.required ? { problem: BLANK } : { value: null };
}

/** A value as the database gave it, as it was before it was stored: MySQL sends numbers as text. */
export function fromStored(column: Column, value: unknown): Cell {
  if (value === null || value === undefined || value === '') return null;
  if (column.kind === 'rupiah') return String(value);
  if (column.kind === 'count' || column.kind === 'decimal' || column.kind === 'boolean') return Number(value);
  return String(value);
}

const BLANK = say('wajib diisi', 'must not be blank');

type Reader = (raw: string, column: Column, locale: Locale) => CellReading;

const READERS: Readonly<Record<Column['kind'], Reader>> = {
  region: (raw) => (isRegionCode(raw) ? { value: raw } : { problem: NO_REGION, suggestion: adviseRegion(raw) }),
  date: (raw) => (isDate(raw) ? { value: raw } : { problem: NO_DATE, suggestion: adviseDate(raw) }),
  word: readWord,
  id: (raw) => (isId(raw) ? { value: raw } : { problem: NO_ID, suggestion: adviseId(raw) }),
  reference: readReference,
  count: (raw, _, locale) => readCount(raw, locale),
  rupiah: (raw, _, locale) => readRupiah(raw, locale),
  decimal: readDecimal,
  boolean: (raw) =>
    raw === 'true' || raw === 'false'
      ? { value: raw === 'true' ? 1 : 0 }
      : { problem: NO_BOOLEAN, suggestion: adviseBoolean(raw) },
  text: (raw) => (raw.length <= 1000 ? { value: raw } : { problem: TOO_LONG }),
};

const NO_REGION = say('bukan kode wilayah Kemendagri bertitik', 'is not a dotted Kemendagri region code');
const NO_DATE = say('bukan tanggal 2024-10-12, 2024-10, atau 2024', 'is not a date like 2024-10-12, 2024-10 or 2024');
const NO_ID = say('bukan pengenal (huruf, angka, _ . : -)', 'is not an id (letters, digits, _ . : -)');
const NO_BOOLEAN = say('bukan true atau false', 'is neither true nor false');
const TOO_LONG = say('lebih dari 1.000 huruf', 'has more than 1,000 characters');

function readWord(raw: string, column: Column): CellReading {
  const words = column.kind === 'word' ? column.words : [];
  if (words.includes(raw)) return { value: raw };
  const list = words.join(', ');
  return { problem: say(`bukan salah satu dari ${list}`, `is not one of ${list}`), suggestion: adviseWord(raw, words) };
}

/** Several ids stand with one space between; more are made one. */
function readReference(raw: string, column: Column): CellReading {
  const isMany = column.kind === 'reference' && column.many === true;
  const ids = isMany ? raw.split(/ +/) : [raw];
  if (ids.every(isId)) return { value: ids.join(' ') };
  const problem = isMany
    ? say('bukan pengenal, atau beberapa dengan spasi di antaranya', 'is not an id, or several with a space between')
    : NO_ID;
  return { problem, suggestion: adviseReference(raw) };
}

const NO_COUNT: Readonly<Record<Locale, Bilingual>> = {
  'C': say('bukan bilangan bulat tanpa pemisah, mis. 37229', 'is not a whole number without separators, e.g. 37229'),
  'id-ID': say('bukan bilangan bulat, mis. 37229 atau 37.229', 'is not a whole number, e.g. 37229 or 37.229'),
};
const NO_RUPIAH: Readonly<Record<Locale, Bilingual>> = {
  'C': say(
    'bukan rupiah utuh tanpa pemisah, mis. 1814133110',
    'is not whole rupiah without separators, e.g. 1814133110',
  ),
  'id-ID': say('bukan rupiah utuh, mis. 1.814.133.110', 'is not whole rupiah, e.g. 1.814.133.110'),
};
const NO_DECIMAL: Readonly<Record<Locale, Bilingual>> = {
  'C': say('bukan angka dengan titik desimal, mis. 33.10', 'is not a number with a decimal point, e.g. 33.10'),
  'id-ID': say('bukan angka dengan koma desimal, mis. 33,10', 'is not a number with a decimal comma, e.g. 33,10'),
};
const TOO_LARGE = say('terlalu besar', 'is too large');
const CHECK_DIGITS = say(
  'periksa digitnya: mungkin dua angka tersambung, atau ini nomor, bukan jumlah',
  'look at its digits: two figures may have run together, or it is a number of something, not a count',
);
/** How many digits rupiah may have: a thousand times the state budget. */
const RUPIAH_DIGITS = 18;

function readCount(raw: string, locale: Locale): CellReading {
  const digits = readWhole(raw, locale);
  if (digits === null) return { problem: NO_COUNT[locale], suggestion: adviseNumber(raw, { isWhole: true, locale }) };
  const value = Number(digits);
  return Number.isSafeInteger(value) ? { value } : { problem: TOO_LARGE, suggestion: CHECK_DIGITS };
}

function readRupiah(raw: string, locale: Locale): CellReading {
  const digits = readWhole(raw, locale);
  if (digits === null) return { problem: NO_RUPIAH[locale], suggestion: adviseNumber(raw, { isWhole: true, locale }) };
  return digits.length <= RUPIAH_DIGITS
    ? { value: digits.replace(/^0+(?=\d)/, '') }
    : { problem: TOO_LARGE, suggestion: CHECK_DIGITS };
}

/** How many decimals are kept, and how many digits before them. */
const STORED = /^-?\d{1,14}(?:\.\d{1,6})?$/;
/** How many digits a number keeps exactly, whatever they are. */
const EXACT_DIGITS = 15;

function readDecimal(raw: string, column: Column, locale: Locale): CellReading {
  const text = readNumber(raw, locale);
  if (text === null) return { problem: NO_DECIMAL[locale], suggestion: adviseNumber(raw, { isWhole: false, locale }) };
  if (!STORED.test(text) || !isExact(text)) return tooManyDigits(text);
  const min = column.kind === 'decimal' ? (column.min ?? 0) : 0;
  const value = Number(text) + 0; // -0 is 0
  return value >= min
    ? { value }
    : { problem: say(`kurang dari ${min}`, `is below ${min}`), suggestion: belowLeast(text) };
}

function isExact(text: string): boolean {
  return text.length <= EXACT_DIGITS || text.replace(/[-.]/g, '').replace(/^0+/, '').length <= EXACT_DIGITS;
}

function tooManyDigits(text: string): CellReading {
  const [, fraction = ''] = text.split('.');
  if (fraction.length <= 6) return { problem: TOO_LARGE, suggestion: CHECK_DIGITS };
  return {
    problem: say('lebih dari 6 angka di belakang desimal', 'has more than 6 decimals'),
    suggestion: say('bulatkan seperti pada sumbernya', 'round it as its source has it'),
  };
}

/** What is not negative may not be meant so: some systems write -99 where they know nothing. */
function belowLeast(text: string): Bilingual | null {
  return text.startsWith('-') ? adviseNumber(text, { isWhole: true, locale: 'C' }) : null;
}
