import { describe, expect, test } from '@jest/globals';
import type { Dataset, Row } from './dataset.js';
import { keepable, screen } from './disclosure.js';

/** Invented: claims with persons and rupiah, of which fewer than ten are withheld. */
const CLAIMS: Dataset = {
  name: 'claims',
  subgraph: 'invented',
  file: 'claims.csv',
  table: 'claims',
  columns: [
    { name: 'region_code', kind: 'region' },
    { name: 'cases', kind: 'count' },
    { name: 'persons', kind: 'count' },
    { name: 'rupiah', kind: 'rupiah' },
  ],
  key: ['region_code'],
  threshold: { counts: ['cases', 'persons'], amounts: ['rupiah'], threshold: 10 },
  place: { region: 'region_code' },
  firstLoad: 'REFERENCE',
};

function rowOf(cells: Row): Row {
  const blank = { region_code: '19.03', cases: null, persons: null, rupiah: null };
  return { ...blank, as_printed: '7 kasus', note: 'satu keluarga', obs_status: 'A', conf_status: 'F', ...cells };
}

const WITHHELD = {
  cases: null,
  persons: null,
  rupiah: null,
  as_printed: null,
  note: null,
  obs_status: 'Q',
  conf_status: 'A',
};

describe('a row of figures', () => {
  test.each([
    ['a count of zero', { cases: 0, rupiah: '0' }],
    ['a count at the threshold', { cases: 10, persons: 10, rupiah: '5' }],
    ['an amount of a province without a count', { region_code: '19', rupiah: '5000' }],
    ['an amount of the country without a count', { region_code: '00', rupiah: '5000' }],
    ['nothing stated', {}],
  ])('is published as it is with %s', (_, cells) => {
    const row = rowOf(cells);
    expect(screen(CLAIMS, row)).toEqual({ row, withheld: [] });
  });

  test.each([
    ['a count of one', { cases: 1, rupiah: '5000' }],
    ['a count below the threshold', { cases: 9, rupiah: '5000' }],
    ['one small count beside a large one', { cases: 100, persons: 9, rupiah: '5000' }],
    ['a small count of the country', { region_code: '00', cases: 3 }],
    ['an amount of a regency without a count', { rupiah: '5000' }],
    ['an amount of a district without a count', { region_code: '19.03.01', rupiah: '5000' }],
  ])('loses all its numbers, its print and its note with %s', (_, cells) => {
    const row = rowOf(cells);
    expect(screen(CLAIMS, row).row).toEqual({ ...row, ...WITHHELD });
  });

  test('is published as it is in a dataset without a threshold', () => {
    const { threshold: _, ...open } = CLAIMS;
    const row = rowOf({ cases: 1 });
    expect(screen(open, row)).toEqual({ row, withheld: [] });
  });
});

describe('what was withheld', () => {
  test('is kept in confidence, for later decisions', () => {
    expect(keepable(screen(CLAIMS, rowOf({ cases: 9, rupiah: '5000' })))).toEqual([
      { column: 'cases', value: 9 },
      { column: 'rupiah', value: '5000' },
    ]);
  });

  test('about one person is kept nowhere, nor what stands beside it', () => {
    const rows = [
      { cases: 1, rupiah: '5000' },
      { persons: 1, cases: 7 },
      { cases: 100, persons: 1, rupiah: '5000' },
    ];
    expect(rows.map((cells) => keepable(screen(CLAIMS, rowOf(cells))))).toEqual([[], [], []]);
  });
});
