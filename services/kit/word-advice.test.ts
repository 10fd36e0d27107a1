import { describe, expect, test } from '@jest/globals';
import { adviseBoolean, adviseId, adviseReference, adviseWord } from './word-advice.js';

const PROGRAMS = ['JKK', 'JKM', 'JHT', 'JP', 'JKP', 'JKK_JKM', 'ANY'];
const SEGMENTS = ['PU', 'BPU', 'JAKON', 'PMI', 'PU_BPU', 'PU_BPU_JAKON', 'NOT_STATED'];

describe('a word that is not on its list', () => {
  test.each([
    ['JKm', 'write JKM, exactly so'],
    ['JKK + JKM', 'write JKK_JKM, exactly so'],
    [' JKK', 'the cell holds a space before or after: write JKK'],
    ['JK\u041a', 'the cell holds a letter that only looks alike (U+041A): write JKK'],
    ['Jaminan Kematian', 'if it means JKM, write JKM'],
    ['JK', 'it may be JKM (death) or JKK (work injury): look at the source'],
    ['Jamsostek', 'that is the agency, not a programme: write the programme, or ANY for persons in at least one'],
    ['BPJS Kesehatan', 'BPJS Kesehatan is another agency, and none of its data is kept here: delete the row'],
    ['ALL', 'programmes are never added, since they have the same persons: write ANY for persons in at least one'],
  ])('%j may be meant as a programme', (text, advice) => {
    expect(adviseWord(text, PROGRAMS)?.en).toBe(advice);
  });

  test('may be meant as a segment', () => {
    expect(
      ['PBPU', 'jakon', 'Bukan  Penerima Upah', 'PU + BPU', 'semua'].map((text) => adviseWord(text, SEGMENTS)?.id),
    ).toEqual([
      'bila maksudnya BPU, tulis BPU',
      'tulis JAKON, persis begitu',
      'bila maksudnya BPU, tulis BPU',
      'tulis PU_BPU, persis begitu',
      'sebutkan segmen yang dijumlahkan, mis. PU_BPU atau PU_BPU_JAKON; NOT_STATED bila sumbernya tidak menyebut',
    ]);
  });

  test('is never advised a word that is not on the list', () => {
    const texts = [
      'PBPU',
      'Jamsostek',
      'aktif',
      'bulanan',
      'kumulatif',
      's.d.',
      'beasiswa',
      'hampir',
      'domisili',
      'JKN',
    ];
    expect(texts.map((text) => adviseWord(text, ['X', 'Y']))).toEqual(Array(10).fill(null));
  });

  test('means another thing in another column', () => {
    expect(
      [adviseWord('Jamsostek', ['BPJSTK', 'TASPEN']), adviseWord('s.d.', ['MONTH', 'YTD'])].map((one) => one?.en),
    ).toEqual(['if it means BPJSTK, write BPJSTK', 'if it means YTD, write YTD']);
  });
});

describe('an id that cannot be one', () => {
  test('is advised without what cannot be seen, and with a low line for spaces', () => {
    expect(
      ['PEKERJA RENTAN', 'ALL\u200b', "'; DROP TABLE x", 'a\u00a0'].map((text) => adviseId(text)?.en ?? null),
    ).toEqual([
      'if it means PEKERJA_RENTAN, write PEKERJA_RENTAN',
      'the cell holds a character that cannot be seen (U+200B): write ALL',
      null,
      'the cell holds a special space (U+00A0): write a',
    ]);
    expect([adviseReference('a\u00a0b')?.en, adviseReference('a;b')]).toEqual([
      'the cell holds a special space (U+00A0): write a b',
      null,
    ]);
  });
});

test('a yes or no in other words is advised true or false', () => {
  expect(['ya', '1', 'TRUE', 'Tidak', '0', 'mungkin'].map((text) => adviseBoolean(text)?.en ?? null)).toEqual([
    'write true',
    'write true',
    'write true',
    'write false',
    'write false',
    null,
  ]);
});
