import { describe, expect, test } from '@jest/globals';
import {
  definition,
  figure,
  markupOf,
  placesOf,
  readerOf,
  textsOf,
  withdrawn,
  withheld,
} from '../../test/support/views.js';
import type { Drawing } from '../drawing.js';
import { draw } from './ranking.js';

const unstated = definition('unstated', 'definisi tak disebutkan', null);

function ranking(...given: Parameters<typeof placesOf>): Drawing {
  const drawing = draw(placesOf(...given), readerOf('id'));
  if (!drawing) throw new Error('The answer was not read');
  return drawing;
}

/** Name, rank and value of every row of the table. */
const ranks = ({ table }: Drawing) => table.rows.map((row) => row.slice(0, 3).join(' | '));

describe('the ranking', () => {
  test('goes from the highest figure down, equal figures sharing a rank', () => {
    expect(ranks(ranking({ A: figure(20), B: figure(30), C: figure(30), D: figure(10), E: figure(30.001) }))).toEqual([
      'B | 1 | 30%',
      'C | 1 | 30%',
      'E | 1 | 30%',
      'A | 4 | 20%',
      'D | 5 | 10%',
    ]);
  });

  test('leaves out, in the order of their codes, what is not of the same definition or has no figure', () => {
    const drawing = ranking({
      A: withheld,
      B: figure(99, { indicator: definition('bpu', 'BPU') }),
      C: figure(20),
      D: null,
      E: figure(21, { indicator: unstated, qualifier: 'ABOUT', approximate: true }),
      F: withdrawn,
      G: figure(30),
    });
    expect(ranks(drawing)).toEqual([
      'G | 1 | 30%',
      'C | 2 | 20%',
      'A |  | dirahasiakan (jumlah kecil)',
      'B |  | 99%',
      'D |  | Belum ada angka yang diterbitkan',
      'E |  | sekitar 21%',
      'F |  | ditarik',
    ]);
    expect(textsOf(drawing.picture)).toEqual([
      'Definisi: UCJ · Wilayah: 2 dari 7',
      ...['1', 'G', '30%', 'Des 2025'],
      ...['2', 'C', '20%', 'Des 2025'],
      ...['tidak sebanding langsung', '1', 'B', '99%', 'Des 2025 · BPU · tidak sebanding langsung'],
      ...['Definisi dan penyebut tidak disebutkan oleh sumber', '1'],
      ...['E', 'sekitar 21%', 'Des 2025 · definisi tak disebutkan · tidak sebanding langsung'],
      ...['dirahasiakan (jumlah kecil)', '1', 'A', 'Des 2025 · UCJ'],
      ...['ditarik', '1', 'F', 'Des 2025 · UCJ'],
      ...['Belum ada angka yang diterbitkan', '1', 'D'],
    ]);
  });

  test('says that dates differ, and each of them', () => {
    const { picture } = ranking({ A: figure(20, { date: '2024' }), B: figure(10, { date: '2025-12-14' }) });
    expect(textsOf(picture)).toEqual([
      'Definisi: UCJ · Wilayah: 2 dari 2 · tanggal angka berbeda-beda',
      ...['1', 'A', '20%', '2024'],
      ...['2', 'B', '10%', '14 Des 2025'],
    ]);
  });

  test('marks a figure above a hundred, whether or not the API flags it', () => {
    const over = 'Di atas 100%: peserta dihitung di tempat kerja, bukan tempat tinggal';
    const { table, picture } = ranking({ A: figure(105.26), B: figure(104, { flags: ['OVER_100'] }) });
    expect(table.rows.map((row) => row.at(-1))).toEqual([over, over]);
    expect(markupOf(picture).match(/class="bar over"/g)).toHaveLength(2);
  });

  test('ranks nobody where no figures compare, as on the facts of a province without definitions', () => {
    const drawing = ranking({
      A: figure(31.5, { indicator: unstated }),
      B: figure(21, { indicator: unstated }),
      C: null,
    });
    expect(ranks(drawing)).toEqual(['A |  | 31,5%', 'B |  | 21%', 'C |  | Belum ada angka yang diterbitkan']);
    expect(textsOf(drawing.picture)[0]).toBe('Definisi dan penyebut tidak disebutkan oleh sumber');
  });

  test('tells every source once', () => {
    const other = { publisher: 'Dinas Lain', url: 'https://dinas.example/' };
    const { sources } = ranking({ A: figure(1), B: figure(2, { sources: [other] }), C: figure(3) });
    expect(sources).toEqual([{ publisher: 'Dinas Contoh', url: null }, other]);
  });

  test('reads in English', () => {
    const { title, table } = draw(placesOf({ A: figure(33.1, { qualifier: 'MORE_THAN' }) }), readerOf('en')) as Drawing; // it is one
    expect([title, table]).toEqual([
      'Coverage ranked',
      {
        caption: 'Coverage ranked, Provinsi Contoh',
        columns: ['Region', 'Rank', 'Coverage', 'Date', 'Definition', 'Remarks'],
        rows: [['A', '1', 'more than 33.1%', 'Dec 2025', 'UCJ', '']],
      },
    ]);
  });

  test('is not drawn of an answer that is none', () => {
    expect(draw({ name: 'Provinsi Contoh' }, readerOf('id'))).toBeNull();
  });
});
