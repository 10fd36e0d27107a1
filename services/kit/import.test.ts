import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import type { Dataset } from './dataset.js';
import { checkFile, duplicateKeys, type References, type RegionValidity } from './import.js';

/** Invented: who works where, by segment and programme. */
const WORKERS: Dataset = {
  name: 'workers',
  subgraph: 'invented',
  file: 'workers.csv',
  table: 'workers',
  columns: [
    { name: 'region_code', kind: 'region', required: true },
    { name: 'date', kind: 'date', required: true },
    { name: 'segment', kind: 'word', words: ['PU', 'BPU'], required: true },
    { name: 'program', kind: 'word', words: ['JKK', 'JP'], required: true },
    { name: 'value', kind: 'count', required: true },
    { name: 'source_id', kind: 'reference', to: 'workers_source', many: true },
  ],
  key: ['region_code', 'date', 'segment', 'program'],
  rules: [
    {
      name: 'E4',
      columns: ['program', 'segment'],
      check: ({ segment, program }) =>
        segment === 'BPU' && program === 'JP' ? { id: 'BPU tanpa JP', en: 'no JP for BPU' } : null,
    },
  ],
  place: { region: 'region_code', date: 'date', levels: ['PROVINCE', 'REGENCY'] },
  firstLoad: 'BY_SOURCE',
};

const REGIONS = new Map<string, RegionValidity>([
  ['19', { validFrom: null, validTo: null }],
  ['19.03', { validFrom: '2003-02', validTo: null }],
  ['19.03.01', { validFrom: null, validTo: null }],
  ['19.98', { validFrom: '2000', validTo: '2024-06' }],
]);

/** The far end: the subgraph of regions, and the sources loaded before. */
const references: References = {
  regions: async (codes) => new Map([...REGIONS].filter(([code]) => codes.includes(code))),
  ids: async (dataset, ids) => new Set(ids.filter((id) => dataset === 'workers_source' && id.startsWith('known'))),
};

function check(lines: readonly string[]) {
  const text = ['region_code,date,segment,program,value,source_id', ...lines].join('\n');
  return checkFile(WORKERS, 'workers.csv', Readable.from([text]), references);
}

describe('a file', () => {
  test('that keeps every rule gives its rows and no problem', async () => {
    expect(await check(['19.03,2024-10,PU,JKK,37229,known-1 known-2'])).toEqual({
      dataset: 'workers',
      file: 'workers.csv',
      rows: [
        {
          line: 2,
          row: {
            region_code: '19.03',
            date: '2024-10',
            segment: 'PU',
            program: 'JKK',
            value: 37_229,
            source_id: 'known-1 known-2',
          },
        },
      ],
      problems: [],
      problemCount: 0,
    });
  });

  test('that has a header only is told so', async () => {
    const { problems } = await check([]);
    expect(problems).toMatchObject([
      { row: null, rule: 'LAYOUT', message: { id: 'tidak ada baris data', en: 'there is no row below the header' } },
    ]);
  });

  test('is told all that is wrong with it at once', async () => {
    const { problems, problemCount } = await check([
      '19.99,2024,PU,JKK,1,known-1',
      '19.03.01,2024,PU,JKK,1,known-1',
      '19.98,2024,PU,JKK,1,known-1',
      '19.03,2002,PU,JKK,1,known-1',
      '19.03,2024,PU,JKK,"1,5",known-1',
      '19.03,2024,BPU,JP,1,known-1',
      '19.03,2024,PU,JKK,1,known-1 unknown-1',
    ]);
    const sorted = [...problems].sort((left, right) => Number(left.row) - Number(right.row));
    expect(
      sorted.map(({ row, column, raw, rule, message }) => [row, column, raw, rule, message.id, message.en]),
    ).toEqual([
      [2, 'region_code', '19.99', 'E2', 'wilayah 19.99 tidak dikenal', 'there is no region 19.99'],
      [
        3,
        'region_code',
        '19.03.01',
        'E2',
        'tingkat DISTRICT tidak diperbolehkan',
        'level DISTRICT is not allowed here',
      ],
      [4, 'region_code', '19.98', 'E2', 'wilayah 19.98 tidak berlaku pada 2024', 'region 19.98 is not valid on 2024'],
      [5, 'region_code', '19.03', 'E2', 'wilayah 19.03 tidak berlaku pada 2002', 'region 19.03 is not valid on 2002'],
      [
        6,
        'value',
        '1,5',
        'E3',
        'value "1,5" bukan bilangan bulat tanpa pemisah, mis. 37229',
        'value "1,5" is not a whole number without separators, e.g. 37229',
      ],
      [7, 'program', 'JP', 'E4', 'BPU tanpa JP', 'no JP for BPU'],
      [
        8,
        'source_id',
        'unknown-1',
        'REFERENCE',
        '"unknown-1" tidak ada di workers_source',
        '"unknown-1" is not in workers_source',
      ],
    ]);
    expect(problemCount).toBe(7);
  });

  test('may hold a region on the last day it is valid', async () => {
    const { problems } = await check([
      '19.98,2024-06,PU,JKK,1,',
      '19.98,2024-06-30,PU,JP,1,',
      '19.03,2003-02,PU,JKK,1,',
    ]);
    expect(problems).toEqual([]);
  });
});

describe('E1', () => {
  test('is told of each row whose key an earlier one has, in both languages', async () => {
    const { rows } = await check([
      '19.03,2024-10,PU,JKK,1,',
      '19.03,2024-10,PU,JP,2,',
      '19.03,2024-10,PU,JKK,3,',
      '19.03,2024-10,PU,JKK,1,',
    ]);
    expect(duplicateKeys(WORKERS, 'workers.csv', rows)).toEqual(
      [4, 5].map((row) => ({
        file: 'workers.csv',
        row,
        column: null,
        raw: null,
        rule: 'E1',
        message: { id: 'kunci yang sama dengan baris 2', en: 'has the same key as line 2' },
      })),
    );
  });
});
