import type { Bilingual, Column } from './dataset.js';

/** What a row that is no data seems to be, and what to do about it. */
export interface StrayRow {
  readonly problem: Bilingual;
  readonly suggestion: Bilingual;
}

/** Tells what a row that cannot be read as data seems to be: a header, a sum, a footnote; null when it is meant as data. */
export function strayRow(columns: readonly Column[], cells: readonly string[]): StrayRow | null {
  const filled = cells.flatMap((cell, index) => (cell.trim() === '' ? [] : [index]));
  const first = filled[0];
  if (first === undefined) return null;
  if (cells.length === columns.length && columns.every(({ name }, index) => cells[index] === name)) return REPEATED;
  const isSum = filled.some(
    (index) => SUM.test(cells[index] ?? '') && LABELLED.includes(columns[index]?.kind ?? 'text'),
  );
  if (isSum) return TOTAL;
  if (filled.length > 1 || columns.length < 3) return null;
  return FOOTNOTE.test(cells[first] ?? '') || first === 0 ? NOTE : null;
}

const SUM = /^\s*(grand\s*total|sub\s*-?\s*total|total|jumlah|jml|rata-rata|average|sum)\b/i;
const FOOTNOTE = /^\s*(sumber|source|catatan|keterangan|ket|note|notes|\*+|\d\))/i;
/** The columns where the word for a sum stands in place of what the column asks for. */
const LABELLED: readonly Column['kind'][] = ['region', 'date', 'word', 'count', 'rupiah', 'decimal'];

const REPEATED: StrayRow = {
  problem: { id: 'judul kolom terulang di tengah berkas', en: 'the header is repeated within the file' },
  suggestion: { id: 'hapus baris ini', en: 'delete this row' },
};

const TOTAL: StrayRow = {
  problem: {
    id: 'baris jumlah; angka yang dijumlahkan bisa berbeda satuan, dan jumlah dihitung dari datanya',
    en: 'a row of sums; what it adds may differ in unit, and sums are made from the figures',
  },
  suggestion: {
    id: 'hapus baris ini; jumlah yang memang diumumkan ditulis sebagai baris data dengan kode wilayah dan segmennya sendiri',
    en: 'delete this row; a sum that was published is a row of data, with the code of its region and segment',
  },
};

const NOTE: StrayRow = {
  problem: { id: 'baris ini hanya berisi keterangan, bukan data', en: 'this row holds a remark only, no data' },
  suggestion: {
    id: 'hapus baris ini; keterangan ditulis di kolom note, sumber di kolom source_id',
    en: 'delete this row; a remark belongs in the column note, a source in source_id',
  },
};
