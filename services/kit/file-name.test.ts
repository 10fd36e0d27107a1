import { describe, expect, test } from '@jest/globals';
import type { Dataset } from './dataset.js';
import { checkFileMonth, monthOfFileName, safeFileName } from './file-name.js';
import { createProblems } from './problems.js';

describe('the name of a file', () => {
  test.each([
    ['peserta 2024-10 (final).csv', 'peserta 2024-10 (final).csv'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\win.ini', 'win.ini'],
    ['C:\\data\\peserta.csv', 'peserta.csv'],
    ['/etc/', 'file.csv'],
    ['..', 'file.csv'],
    ['', 'file.csv'],
    ['.env', 'env'],
    ['a\u0000b\r\n.csv', 'a_b_.csv'],
    ['<script>.csv', '_script_.csv'],
    ['a"; rm -rf $(x).csv', 'a_ rm -rf _(x).csv'],
    ['gaji\u202evsc.exe', 'gaji_vsc.exe'],
    ['1999990101990001.csv', 'file.csv'],
    ['peserta_081200000000.csv', 'file.csv'],
    [`${'x'.repeat(300)}.csv`, `${'x'.repeat(116)}.csv`],
  ])('%j is kept as %j', (name, expected) => {
    expect(safeFileName(name)).toBe(expected);
  });

  test.each([
    ['peserta-2024-10.csv', '2024-10'],
    ['peserta_202410.csv', '2024-10'],
    ['Peserta Oktober 2024.csv', '2024-10'],
    ['data_okt_2024_v2.csv', '2024-10'],
    ['Mei 2025.csv', '2025-05'],
    ['2024-10 sampai 2024-12.csv', null],
    ['peserta.csv', null],
    ['peserta 2024.csv', null],
    ['laporan 2024-13.csv', null],
    ['maret-ing 20245.csv', null],
  ])('%j names the month %j', (name, month) => {
    expect(monthOfFileName(name)).toBe(month);
  });
});

describe('W10', () => {
  const dataset: Dataset = {
    name: 'workers',
    subgraph: 'invented',
    file: 'workers.csv',
    table: 'workers',
    columns: [
      { name: 'region_code', kind: 'region' },
      { name: 'date', kind: 'date' },
    ],
    key: ['region_code', 'date'],
    place: { region: 'region_code', date: 'date' },
    firstLoad: 'REFERENCE',
  };

  function told(name: string, dates: readonly string[]) {
    const problems = createProblems(name);
    checkFileMonth(dataset, name, dates, problems);
    return problems.list.map(({ rule, severity, column, message }) => [rule, severity, column, message.en]);
  }

  test('is told where a file is named after a month that none of its rows is of', () => {
    expect(told('2024-10.csv', ['2024-09', '2024-09-30', '2024-09'])).toEqual([
      ['W10', 'W', 'date', 'the file is named after 2024-10 but its rows are of 2024-09, 2024-09-30'],
    ]);
  });

  test('is not told where a row is of that month, of its year, or where no month is named', () => {
    expect([
      told('2024-10.csv', ['2024-09', '2024-10-31']),
      told('2024-10.csv', ['2024']),
      told('x.csv', ['2024-09']),
      told('2024-10.csv', []),
    ]).toEqual([[], [], [], []]);
  });
});
