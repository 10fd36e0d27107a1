import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { type CheckedRow, readCsv } from './csv.js';
import type { Dataset } from './dataset.js';
import { createProblems, type Problem } from './problems.js';

const DATASET: Dataset = {
  name: 'workers',
  subgraph: 'invented',
  file: 'workers.csv',
  table: 'workers',
  columns: [
    { name: 'region_code', kind: 'region', required: true },
    { name: 'value', kind: 'count' },
    { name: 'note', kind: 'text' },
  ],
  key: ['region_code'],
  firstLoad: 'REFERENCE',
};

const HEADER = 'region_code,value,note';

async function read(content: string | Buffer): Promise<{ rows: CheckedRow[]; problems: readonly Problem[] }> {
  const problems = createProblems('workers.csv');
  const rows: CheckedRow[] = [];
  for await (const row of readCsv(DATASET, Readable.from([content]), problems)) rows.push(row);
  return { rows, problems: problems.list };
}

/** What is wrong, in English, with its line. */
async function wrong(content: string | Buffer): Promise<(readonly [number | null, string])[]> {
  const { rows, problems } = await read(content);
  expect(rows).toEqual([]);
  return problems.map(({ row, message }) => [row, message.en]);
}

const ROW = { region_code: '19.03', value: 37_229, note: null };

describe('a file', () => {
  test.each([
    ['with a mark of its encoding', `\ufeff${HEADER}\n19.03,37229,\n`],
    ['in UTF-16 with its mark', Buffer.from(`\ufeff${HEADER}\n19.03,37229,\n`, 'utf16le')],
    ['with Windows line ends', `${HEADER}\r\n19.03,37229,\r\n`],
    ['without a last line end', `${HEADER}\n19.03,37229,`],
    ['with its columns in another order', 'note,region_code,value\n,19.03,37229\n'],
    ['with spaces around its column names', ' region_code ,value\u00a0, note\n19.03,37229,\n'],
  ])('is read %s', async (_, content) => {
    expect(await read(content)).toEqual({ rows: [{ line: 2, row: ROW }], problems: [] });
  });

  test('keeps quoted commas, quotes and line ends, and counts lines as an editor does', async () => {
    const { rows } = await read(`${HEADER}\n19.03,1,"satu, ""dua""\ntiga"\n19.04,2,\n`);
    expect(rows).toEqual([
      { line: 3, row: { region_code: '19.03', value: 1, note: 'satu, "dua"\ntiga' } },
      { line: 4, row: { region_code: '19.04', value: 2, note: null } },
    ]);
  });
});

describe('the columns of a file', () => {
  const MUST = `the header must be: ${HEADER}`;

  test.each([
    ['are missing', 'region_code,value\n', [[1, `columns missing: note; ${MUST}`]]],
    ['are unknown', `${HEADER},nik\n`, [[1, `columns unknown: nik; ${MUST}`]]],
    ['stand twice', `${HEADER},value\n`, [[1, `columns twice: value; ${MUST}`]]],
    [
      'are parted by semicolons',
      'region_code;value;note\n',
      [[1, 'columns are separated by semicolons or tabs; save it as CSV with commas']],
    ],
    [
      'stand under a title',
      `Data Kepesertaan per Okt 2024,,\n${HEADER}\n`,
      [
        [1, `columns missing: region_code, value, note; ${MUST}`],
        [1, `columns unknown: Data Kepesertaan per Okt 2024, , ; ${MUST}`],
        [1, `columns twice: ; ${MUST}`],
      ],
    ],
  ])('are told when they %s', async (_, content, expected) => {
    expect(await wrong(content)).toEqual(expected);
  });

  test('are told in both languages', async () => {
    expect((await read('region_code,value\n')).problems).toEqual([
      {
        file: 'workers.csv',
        row: 1,
        column: null,
        raw: null,
        rule: 'LAYOUT',
        message: {
          id: `kolom kurang: note; judul yang benar: ${HEADER}`,
          en: `columns missing: note; ${MUST}`,
        },
      },
    ]);
  });
});

describe('a row', () => {
  test('of too few or too many cells is told with its line, and the others are read', async () => {
    const { rows, problems } = await read(`${HEADER}\n19.03,1\n19.04,2,,\n19.05,3,\n`);
    expect(rows.map(({ line }) => line)).toEqual([4]);
    expect(problems.map(({ row, message }) => [row, message.id, message.en])).toEqual([
      [2, '2 sel, seharusnya 3', '2 cells where 3 were expected'],
      [3, '4 sel, seharusnya 3', '4 cells where 3 were expected'],
    ]);
  });

  test('with several bad cells is told of each, by its rule', async () => {
    const { rows, problems } = await read(`${HEADER}\n1903,37.229,\n`);
    expect(rows).toEqual([]);
    expect(problems).toEqual([
      {
        file: 'workers.csv',
        row: 2,
        column: 'region_code',
        raw: '1903',
        rule: 'E2',
        message: {
          id: 'region_code "1903" bukan kode wilayah Kemendagri bertitik: dapat berarti 19.03, atau wilayah lain bila ini kode BPS; periksa daftarnya',
          en: 'region_code "1903" is not a dotted Kemendagri region code: it may mean 19.03, or another region if it is a BPS code; look it up',
        },
      },
      {
        file: 'workers.csv',
        row: 2,
        column: 'value',
        raw: '37.229',
        rule: 'E3',
        message: {
          id: 'value "37.229" bukan bilangan bulat tanpa pemisah, mis. 37229',
          en: 'value "37.229" is not a whole number without separators, e.g. 37229',
        },
      },
    ]);
  });
});

describe('what is no CSV file', () => {
  test('is empty', async () => {
    expect(await wrong('')).toEqual([[null, 'the file is empty; its first line must name the columns']]);
  });

  test.each([
    ['a web page', '<!DOCTYPE html>\n<html><body>404</body></html>\n'],
    ['a workbook', Buffer.from('504b0304140006000800', 'hex')],
  ])('is told by its header: %s', async (_, content) => {
    const told = await wrong(content);
    expect(told[0]).toEqual([1, `columns missing: region_code, value, note; the header must be: ${HEADER}`]);
  });

  test('has a quote that is never closed', async () => {
    const told = await wrong(`${HEADER}\n19.03,1,"not closed\n`);
    expect(told).toEqual([[null, expect.stringMatching(/^not readable as CSV with commas in UTF-8 \(.*quote/i)]]);
  });
});
