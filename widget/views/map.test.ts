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
import { draw } from './map.js';

const unstated = definition('unstated', 'definisi tak disebutkan', null);
const OVER = 'Di atas 100%: peserta dihitung di tempat kerja, bukan tempat tinggal';

/** Tiles side by side in one row, for as many regions as there are. */
const ROW = Array.from({ length: 12 }, (_, column) => [column, 0]);

function map(...given: Parameters<typeof placesOf>): Drawing {
  const drawing = draw(placesOf(...given), readerOf('id'));
  if (!drawing) throw new Error('The answer was not read');
  return drawing;
}

/** Look and mark of every tile of the grid, in reading order. */
function tiles({ picture }: Drawing): string[] {
  const cells = markupOf(picture).matchAll(/<span class="tile ([^"]*)".*?<b[^>]*>(.*?)<\/b>/g);
  return [...cells].map(([, look, mark]) => `${look} ${mark}`.replace(/\s+/g, ' '));
}

function legend({ picture }: Drawing): string[] {
  return textsOf(/<p class="legend.*?<\/p>/.exec(markupOf(picture))?.[0]);
}

describe('a tile', () => {
  test('is shaded by its value in classes between round numbers, the darkest for the highest', () => {
    const drawing = map({ A: figure(21), B: figure(24.96), C: figure(30), D: figure(38) }, ROW);
    expect(tiles(drawing)).toEqual([
      'sameDefinition shade0 21',
      'sameDefinition shade0 25',
      'sameDefinition shade2 30',
      'sameDefinition shade3 38',
    ]);
    expect(legend(drawing)).toEqual(['20–25%', '25–30%', '30–35%', '35–40%']);
  });

  test('is marked and not shaded where its figure does not compare', () => {
    const drawing = map(
      {
        A: figure(21, { indicator: unstated, qualifier: 'ABOUT', approximate: true }),
        B: figure(99, { indicator: definition('bpu', 'BPU') }),
        C: figure(50),
        D: figure(60),
      },
      ROW,
    );
    expect(tiles(drawing)).toEqual([
      'unstated ±21',
      'notComparable 99',
      'sameDefinition shade2 50',
      'sameDefinition shade3 60',
    ]);
    expect(legend(drawing).slice(-2)).toEqual([
      'tidak sebanding langsung',
      'Definisi dan penyebut tidak disebutkan oleh sumber',
    ]);
  });

  test('tells withheld, withdrawn and never published apart by look, sign and words', () => {
    const drawing = map({ A: withheld, B: withdrawn, C: null }, ROW);
    expect(tiles(drawing)).toEqual(['withheld *', 'withdrawn ×', 'noFigure -']);
    expect(legend(drawing)).toEqual([
      ...['*', 'dirahasiakan (jumlah kecil)'],
      ...['×', 'ditarik'],
      ...['-', 'Belum ada angka yang diterbitkan'],
    ]);
  });

  test('says that its figure is not exact, also by a word newer than it', () => {
    const words = ['ABOUT', 'ALMOST', 'MORE_THAN', 'BETWEEN'];
    const figures = Object.fromEntries(words.map((qualifier) => [qualifier, figure(33.1, { qualifier })]));
    expect(tiles(map(figures, ROW)).map((tile) => tile.split(' ').at(-1))).toEqual(['±33', '<33', '>33', '±33']);
  });

  test('marks a figure above a hundred', () => {
    const drawing = map({ A: figure(105.26), B: figure(99.99), C: figure(0) }, ROW);
    expect(tiles(drawing)).toEqual([
      'sameDefinition shade3 OVER_100 105',
      'sameDefinition shade2 100',
      'sameDefinition shade1 0',
    ]);
    expect(legend(drawing)).toEqual(['0–50%', '50–100%', '100–150%', OVER]);
  });

  test('is labelled with the whole name and value, and the line below tells the rest', () => {
    const { picture } = map({ 'Kabupaten Contoh Selatan': figure(33.1, { asPrinted: '33,10', obsStatus: 'P' }) }, ROW);
    const markup = markupOf(picture);
    expect(textsOf(/<span class="tile.*?<\/b>/.exec(markup)?.[0])).toEqual([
      'Kabupaten Contoh Selatan: 33,10%',
      'CSel',
      'Contoh Selatan',
      '33,1',
    ]);
    expect(textsOf(/<p class="line".*?<\/p>/.exec(markup)?.[0])).toEqual([
      'Kabupaten Contoh Selatan: 33,10%',
      'Des 2025 · UCJ · Angka sementara',
    ]);
  });
});

describe('the grid', () => {
  test('has a cell for every place between its tiles', () => {
    const tilesAt = [
      [0, 0],
      [2, 1],
    ];
    const { picture } = map({ A: figure(1), B: figure(2) }, tilesAt);
    const rows = markupOf(picture).split('role="row"').slice(1);
    expect(rows.map((row) => row.match(/role="gridcell"/g)?.length)).toEqual([3, 3]);
  });

  test('leaves regions without a tile, or on the tile of another, to the list below', () => {
    const drawing = map({ A: figure(1), B: figure(2), C: null, D: withheld }, [[0, 0], [0, 0], null, [1e9, 0]]);
    expect(tiles(drawing)).toEqual(['sameDefinition shade3 1']);
    expect(textsOf(markupOf(drawing.picture).split('</p>').slice(3).join('</p>'))).toEqual([
      'Tanpa petak',
      ...['definisi sama', '1', 'B', '2%', 'Des 2025 · UCJ'],
      ...['dirahasiakan (jumlah kecil)', '1', 'D', 'Des 2025 · UCJ'],
      ...['Belum ada angka yang diterbitkan', '1', 'C'],
    ]);
  });

  test('is not there where no region has a tile', () => {
    const drawing = map({ A: figure(1), B: null });
    expect(markupOf(drawing.picture)).not.toContain('role="grid"');
    expect(drawing.table).toEqual({
      caption: 'Peta cakupan, Provinsi Contoh',
      columns: ['Wilayah', 'Cakupan', 'Tanggal', 'Definisi', 'Keterangan'],
      rows: [
        ['A', '1%', 'Des 2025', 'UCJ', ''],
        ['B', 'Belum ada angka yang diterbitkan', '', '', ''],
      ],
    });
  });

  test('is drawn for five hundred regions', () => {
    const figures = Object.fromEntries(Array.from({ length: 514 }, (_, at) => [`Kabupaten ${at}`, figure(at % 97)]));
    expect(map(figures).table.rows).toHaveLength(514);
  });
});

test('no style attribute is set, so that a strict policy lets every rule through', () => {
  expect(markupOf(map({ A: figure(1), B: withheld }, ROW).picture)).not.toContain('style=');
});

test('an answer that is none is not drawn', () => {
  expect(draw(null, readerOf('id'))).toBeNull();
});
