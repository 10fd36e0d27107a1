import { describe, expect, test } from '@jest/globals';
import { markupOf, readerOf, textsOf } from '../../test/support/views.js';
import type { Drawing } from '../drawing.js';
import { draw } from './breakdown.js';
import { BREAKDOWN_WORDS } from './breakdown-words.js';

/** A count as the API answers it: date, segment, programme and persons, active and of all groups unless changed. */
function count(date: string, segment: string, program: string, value: number | null, change: object = {}) {
  return {
    date,
    segment,
    program,
    status: 'ACTIVE',
    category: 'ALL',
    payer: null,
    value,
    qualifier: null,
    roundedTo: 1,
    obsStatus: 'A',
    note: null,
    sources: [{ publisher: 'Dinas Contoh', url: null }],
    ...change,
  };
}

function breakdown(participants: readonly object[], language: 'id' | 'en' = 'id'): Drawing {
  const drawing = draw({ code: '99', name: 'Provinsi Contoh', participants }, readerOf(language));
  if (!drawing) throw new Error('The answer was not read');
  return drawing;
}

/** The lengths of the bars, in percent, in their order. */
const lengths = ({ picture }: Drawing) =>
  [...markupOf(picture).matchAll(/rect width="([\d.]+)%/g)].map((it) => Number(it[1]));

const REGISTERED = { status: 'REGISTERED' };
const withheld = { obsStatus: 'Q' };

describe('the breakdown', () => {
  test('sets segments side by side within a programme, in their order, and their union after them', () => {
    const drawing = breakdown([
      count('2025-06', 'PU_BPU', 'JKK', 100),
      count('2025-06', 'NOT_STATED', 'JKK', 90),
      count('2025-06', 'BPU', 'JKK', 40),
      count('2025-06', 'PU', 'JHT', 50),
      count('2025-06', 'PU', 'JKK', 60),
    ]);
    expect(textsOf(drawing.picture)).toEqual([
      'Peserta aktif, per Jun 2025',
      'Kecelakaan kerja (JKK)',
      ...['Penerima upah (PU)', '60', 'Bukan penerima upah (BPU)', '40', 'PU + BPU (gabungan)', '100'],
      ...['Segmen tidak disebutkan sumber', '90'],
      ...['Hari tua (JHT)', 'Penerima upah (PU)', '50'],
      'Program tidak dijumlahkan: satu orang dapat ikut beberapa program.',
    ]);
    expect(markupOf(drawing.picture).match(/<li class=(part|union)/g)).toEqual([
      '<li class=part',
      '<li class=part',
      '<li class=union',
      '<li class=union',
      '<li class=part',
    ]);
  });

  test('has one scale for each date and status, and no bar for a count that stands alone', () => {
    const drawing = breakdown([
      count('2025-06', 'PU', 'JKK', 50),
      count('2025-06', 'BPU', 'JKK', 25),
      count('2025-06', 'PU', 'JKK', 1000, REGISTERED),
      count('2025-06', 'BPU', 'JKK', 100, REGISTERED),
      count('2024-12', 'PU', 'JHT', 7),
    ]);
    expect(lengths(drawing)).toEqual([100, 50, 100, 10]);
    expect(textsOf(drawing.picture).filter((text) => /per /.test(text))).toEqual([
      'Peserta aktif, per Jun 2025',
      'Peserta terdaftar, per Jun 2025',
      'Peserta aktif, per Des 2024',
    ]);
  });

  test('shows an older date only where it counts what no newer one does, and then the whole of it', () => {
    const { table } = breakdown([
      count('2025-02', 'PU', 'JKK', 4),
      count('2024-12', 'PU', 'JKK', 3),
      count('2024-12', 'PU', 'JHT', 2),
      count('2023-12', 'PU', 'JKK', 1),
    ]);
    expect(table.rows.map((row) => [row[1], row[4], row[5]].join(' '))).toEqual([
      'Kecelakaan kerja (JKK) 4 Feb 2025',
      'Kecelakaan kerja (JKK) 3 Des 2024',
      'Hari tua (JHT) 2 Des 2024',
    ]);
  });

  test('lists groups of workers apart, the newest of each, without a bar and said to overlap', () => {
    const group = (date: string, value: number | null, category: string, change = {}) =>
      count(date, 'BPU', 'JKK_JKM', value, { status: 'NOT_STATED', category, ...change });
    const drawing = breakdown([
      group('2025', 1768, 'PEKERJA_RENTAN.NELAYAN', { payer: 'APBD' }),
      group('2025', null, 'APARATUR_DESA', withheld),
      group('2024', 99, 'APARATUR_DESA'),
    ]);
    expect(textsOf(drawing.picture)).toEqual([
      'Kelompok pekerja, saling tumpang tindih dan tidak dijumlahkan',
      ...['Pekerja rentan: nelayan', '1.768'],
      '2025 · Bukan penerima upah (BPU) · Kecelakaan kerja dan kematian (JKK+JKM) · iuran dibayar APBD',
      ...['Aparatur desa', 'dirahasiakan (jumlah kecil)'],
      '2025 · Bukan penerima upah (BPU) · Kecelakaan kerja dan kematian (JKK+JKM)',
    ]);
    expect(lengths(drawing)).toEqual([]);
  });

  test('hatches what is withheld, without a length, and draws nothing for what was withdrawn', () => {
    const drawing = breakdown([
      count('2025-06', 'PU', 'JKK', 50),
      count('2025-06', 'BPU', 'JKK', null, withheld),
      count('2025-06', 'JAKON', 'JKK', null, { obsStatus: 'O' }),
      count('2025-06', 'PMI', 'JKK', null, { obsStatus: 'O' }),
    ]);
    expect(markupOf(drawing.picture).match(/class="bar [^"]*"|rect width="[^"]*"/g)).toEqual([
      'class="bar "',
      'rect width="100%"',
      'class="bar withheld"',
      'rect width="0%"',
    ]);
    expect(drawing.table.rows.map((row) => row[4])).toEqual([
      '50',
      'dirahasiakan (jumlah kecil)',
      'ditarik',
      'ditarik',
    ]);
  });

  test('says once what is to be remarked on all counts of a date', () => {
    const rounded = { roundedTo: 10_000, note: 'Data Kemnaker.' };
    const { picture } = breakdown([
      count('2025-02', 'PU', 'JKK', 26_260_000, rounded),
      count('2025-02', 'BPU', 'JKK', 9_580_000, { ...rounded, obsStatus: 'P', qualifier: 'ABOUT' }),
    ]);
    expect(textsOf(picture)).toEqual([
      'Peserta aktif, per Feb 2025',
      'dibulatkan sumber ke 10.000 · Data Kemnaker.',
      'Kecelakaan kerja (JKK)',
      ...['Penerima upah (PU)', '26.260.000'],
      ...['Bukan penerima upah (BPU)', 'sekitar 9.580.000', 'Angka sementara'],
    ]);
  });

  test('says in words that neither segment nor status is stated', () => {
    const { table } = breakdown([count('2024', 'NOT_STATED', 'ANY', 37_229, { status: 'NOT_STATED' })]);
    expect(table).toEqual({
      caption: 'Peserta menurut segmen dan program, Provinsi Contoh',
      columns: ['Segmen', 'Program', 'Status', 'Kelompok', 'Orang', 'Tanggal', 'Keterangan'],
      rows: [
        [
          'Segmen tidak disebutkan sumber',
          'Sedikitnya satu program',
          'Peserta, status aktif tidak disebutkan sumber',
          'Semua',
          '37.229',
          '2024',
          '',
        ],
      ],
    });
  });

  test('reads in English, and says of a note that it is Indonesian', () => {
    const { table } = breakdown([count('2024-12', 'PU_BPU_JAKON', 'ANY', 226_750, { note: 'Sumber menulis.' })], 'en');
    expect(table.rows).toEqual([
      [
        'PU + BPU + Jakon (combined)',
        'At least one programme',
        'Active participants',
        'All',
        '226,750',
        'Dec 2024',
        'note in Indonesian: Sumber menulis.',
      ],
    ]);
  });

  test('lets a word newer than it stand for itself', () => {
    const { table } = breakdown([
      count('2025', 'PU_FOO', 'NEW', 5, { status: 'LAPSED', category: 'PEKERJA_RENTAN.NEW' }),
    ]);
    expect(table.rows[0]?.slice(0, 5)).toEqual(['PU_FOO', 'NEW', 'LAPSED', 'Pekerja rentan: NEW', '5']);
  });

  test('is not exact where a qualifier is newer than it', () => {
    const { table } = breakdown([count('2025', 'PU', 'JKK', 5000, { qualifier: 'BETWEEN' })]);
    expect(table.rows[0]?.[4]).toBe('sekitar 5.000');
  });

  test('says that nothing is published', () => {
    const { picture, table } = breakdown([]);
    expect([textsOf(picture), table.rows]).toEqual([['Belum ada angka yang diterbitkan'], []]);
  });
});

test('an answer that is half or odd, or tells a withheld count, is not drawn', () => {
  const odd = [
    null,
    {},
    { name: 'Provinsi Contoh', participants: null },
    ...[count('kemarin', 'PU', 'JKK', 1), count('2025', 'PU', 'JKK', 3, withheld), count('2025', '', 'JKK', 1)].map(
      (each) => ({ name: 'Provinsi Contoh', participants: [each] }),
    ),
  ];
  expect(odd.map((answer) => draw(answer, readerOf('id')))).toEqual(odd.map(() => null));
});

test('whatever has words in Indonesian has them in English', () => {
  expect(Object.keys(BREAKDOWN_WORDS.id).filter((key) => !(key in BREAKDOWN_WORDS.en))).toEqual([]);
});
