import type { Bilingual, Cell, Column } from './dataset.js';
import { isDate } from './period.js';
import { dottedReading, isRegionCode } from './region-code.js';

export type CellReading = { readonly value: Cell } | { readonly problem: Bilingual };

/** A cell of a CSV file as a value of its column. Blank is null, never zero and never a total. Numbers are not guessed. */
export function readCell(column: Column, text: string): CellReading {
  const raw = text === '' ? (column.fallback ?? '') : text;
  if (raw !== '') return READERS[column.kind](raw, column);
  if (column.required) return { problem: say('wajib diisi', 'must not be blank') };
  return { value: null };
}

/** A value as the database gave it, as it was before it was stored: MySQL sends numbers as text. */
export function fromStored(column: Column, value: unknown): Cell {
  if (value === null || value === undefined || value === '') return null;
  if (column.kind === 'rupiah') return String(value);
  if (column.kind === 'count' || column.kind === 'decimal' || column.kind === 'boolean') return Number(value);
  return String(value);
}

type Reader = (raw: string, column: Column) => CellReading;

const READERS: Readonly<Record<Column['kind'], Reader>> = {
  region: (raw) => (isRegionCode(raw) ? { value: raw } : { problem: badRegion(raw) }),
  date: (raw) =>
    isDate(raw)
      ? { value: raw }
      : {
          problem: say(
            'bukan tanggal 2024-10-12, 2024-10, atau 2024',
            'is not a date like 2024-10-12, 2024-10 or 2024',
          ),
        },
  word: (raw, column) => readWord(raw, column),
  id: (raw) =>
    /^[A-Za-z0-9_.:-]{1,80}$/.test(raw)
      ? { value: raw }
      : { problem: say('bukan pengenal (huruf, angka, _ . : -)', 'is not an id (letters, digits, _ . : -)') },
  reference: (raw) => ({ value: raw.split(/\s+/).join(' ') }),
  count: (raw) => readCount(raw),
  rupiah: (raw) =>
    /^\d{1,18}$/.test(raw)
      ? { value: raw.replace(/^0+(?=\d)/, '') }
      : {
          problem: say(
            'bukan rupiah utuh tanpa pemisah, mis. 1814133110',
            'is not whole rupiah without separators, e.g. 1814133110',
          ),
        },
  decimal: (raw, column) => readDecimal(raw, column),
  boolean: (raw) =>
    raw === 'true' || raw === 'false'
      ? { value: raw === 'true' ? 1 : 0 }
      : { problem: say('bukan true atau false', 'is neither true nor false') },
  text: (raw) =>
    raw.length <= 1000 ? { value: raw } : { problem: say('lebih dari 1.000 huruf', 'has more than 1,000 characters') },
};

function readWord(raw: string, column: Column): CellReading {
  const words = column.kind === 'word' ? column.words : [];
  if (words.includes(raw)) return { value: raw };
  return { problem: say(`bukan salah satu dari ${words.join(', ')}`, `is not one of ${words.join(', ')}`) };
}

function readCount(raw: string): CellReading {
  if (!/^\d+$/.test(raw))
    return {
      problem: say(
        'bukan bilangan bulat tanpa pemisah, mis. 37229',
        'is not a whole number without separators, e.g. 37229',
      ),
    };
  const value = Number(raw);
  return Number.isSafeInteger(value) ? { value } : { problem: say('terlalu besar', 'is too large') };
}

function readDecimal(raw: string, column: Column): CellReading {
  const min = column.kind === 'decimal' ? (column.min ?? 0) : 0;
  if (!/^-?\d{1,14}(\.\d{1,6})?$/.test(raw))
    return {
      problem: say('bukan angka dengan titik desimal, mis. 33.10', 'is not a number with a decimal point, e.g. 33.10'),
    };
  const value = Number(raw);
  return value >= min ? { value } : { problem: say(`kurang dari ${min}`, `is below ${min}`) };
}

function badRegion(raw: string): Bilingual {
  const dotted = dottedReading(raw);
  const [id, en] = ['bukan kode wilayah Kemendagri bertitik', 'is not a dotted Kemendagri region code'];
  if (dotted === null) return say(id, en);
  return say(
    `${id}: dapat berarti ${dotted}, atau wilayah lain bila ini kode BPS; periksa daftarnya`,
    `${en}: it may mean ${dotted}, or another region if it is a BPS code; look it up`,
  );
}

function say(id: string, en: string): Bilingual {
  return { id, en };
}
