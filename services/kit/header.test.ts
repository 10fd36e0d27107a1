import { describe, expect, test } from '@jest/globals';
import type { Dataset } from './dataset.js';
import { readHeader } from './header.js';
import { adviseHeader } from './header-advice.js';
import type { Locale } from './locale.js';
import { createProblems } from './problems.js';
import { namedColumn } from './title.js';

const DATASET: Dataset = {
  name: 'workers',
  subgraph: 'invented',
  file: 'workers.csv',
  table: 'workers',
  columns: [
    { name: 'region_code', kind: 'region', required: true },
    { name: 'date', kind: 'date', required: true },
    { name: 'segment', kind: 'word', words: ['PU', 'BPU'], fallback: 'PU' },
    { name: 'value', kind: 'count' },
    { name: 'rounded_to', kind: 'decimal' },
    { name: 'note', kind: 'text' },
  ],
  key: ['region_code', 'date', 'segment'],
  firstLoad: 'REFERENCE',
};

/** What is said of a file, in English: line, column, problem, what to do. */
function advise(lines: readonly string[], locale: Locale = 'C') {
  const problems = createProblems('x.csv');
  const sign = locale === 'C' ? ',' : ';';
  const records = lines.map((text, index) => ({ line: index + 1, cells: text.split(sign) }));
  adviseHeader(DATASET, records, locale, problems);
  return problems.list.map(({ row, column, message, suggestion }) => [row, column, message.en, suggestion?.en]);
}

describe('a header', () => {
  test('may stand in any order and leave out what may be blank, which then means what a blank means', () => {
    const header = readHeader(DATASET, ['value', 'date', 'region_code']);
    expect([header?.columns.map(({ name }) => name), header?.absent]).toEqual([
      ['value', 'date', 'region_code'],
      { segment: 'PU', rounded_to: null, note: null },
    ]);
  });

  test.each([
    ['without a column that must be filled', ['region_code', 'value']],
    ['without any figure', ['region_code', 'date', 'rounded_to']],
    ['with an unknown column', ['region_code', 'date', 'value', 'x']],
    ['with a column twice', ['region_code', 'date', 'value', 'date']],
    ['with a space too many', ['region_code', 'date', 'value ']],
    ['in capitals', ['REGION_CODE', 'DATE', 'VALUE']],
  ])('is none %s', (_, titles) => {
    expect(readHeader(DATASET, titles)).toBeNull();
  });
});

describe('a title', () => {
  test.each([
    ['Kab/Kota', 'region_code'],
    ['KABUPATEN_KOTA', 'region_code'],
    ['Kode Wilayah', 'region_code'],
    ['region code', 'region_code'],
    ['ｒｅｇｉｏｎ＿ｃｏｄｅ', 'region_code'],
    ['regi\u043en_code', 'region_code'],
    ['Bulan', 'date'],
    ['Tgl', 'date'],
    ['Jumlah Tenaga Kerja', 'value'],
    ['Catatan', 'note'],
    ['Segmen', 'segment'],
    ['Persentase', null],
    ['umur', null],
    ['', null],
  ])('"%s" seems to mean %s', (title, name) => {
    expect(namedColumn(DATASET, title)).toBe(name);
  });
});

describe('the advice on a header', () => {
  const missing = (name: string) => [1, name, `column ${name} is missing`, `add the column ${name}`];

  test('names each column that is missing, once, and not where another title seems to mean it', () => {
    expect(advise(['kode,value'])).toEqual([
      [1, 'kode', 'column "kode" is unknown', 'it may mean "region_code": write exactly that'],
      missing('date'),
    ]);
  });

  test('tells both of titles above and of what is wrong with the header itself', () => {
    expect(advise(['Judul,,', ',,', 'region_code,date,', '19.03,2024,1'])).toEqual([
      [3, null, 'the header stands on line 3; it must be the first', 'delete rows 1-2'],
      [3, '#3', 'column 3 has no title', 'delete that column, or give it a title'],
      [3, 'value', 'column value is missing', 'add the column value'],
    ]);
  });

  test('takes a title above a whole header for a title, not for the first row of a merged one', () => {
    const told = [
      [2, null, 'the header stands on line 2; it must be the first', 'delete row 1'],
      [2, 'nilai', 'column "nilai" is unknown', 'it may mean "value": write exactly that'],
    ];
    expect(advise(['Data Kepesertaan per Okt 2024,,', 'region_code,date,value', '19.03,2024,1'])).toEqual([told[0]]);
    expect(advise(['Data Kepesertaan,,', 'region_code,date,nilai', '19.03,2024,1'])).toEqual(told);
    expect(advise(['Data Kepesertaan,,,', 'region_code,date,value,', '19.03,2024,1,'])).toEqual([
      told[0],
      [2, '#4', 'column 4 has no title', 'delete that column, or give it a title'],
    ]);
    expect(advise(['Wilayah,Peserta,', ',PU,BPU', '19.03,1,2']).map(([, , message]) => message)).toEqual([
      'the header has two rows with merged cells',
    ]);
  });

  test.each([
    ['region_code|date|value', 'columns are separated by vertical bars; commas are expected'],
    ['region_code\tdate\tvalue', 'columns are separated by tabs; commas are expected'],
    ['region_code;date;value', 'columns are separated by semicolons; commas are expected'],
  ])('names the separator of %j', (line, message) => {
    expect(advise([line]).map(([, , told]) => told)).toEqual([message]);
  });

  test('names months that stand as columns, without asking for what they replace', () => {
    for (const months of [
      ['Okt-24', 'Nov-24'],
      ['2024-10', '2024-11'],
      ['10/2024', '11/2024'],
      ['2023', '2024'],
    ])
      expect(advise([`region_code,segment,${months.join()}`]).map(([, , told]) => told)).toEqual([
        `months stand as columns (${months.join(', ')})`,
      ]);
  });

  test('quotes nothing of a file that has no header', () => {
    expect(advise(['19.03,2024-10,orang karangan', '19.04,2024-10,x'])).toEqual([
      [
        1,
        null,
        'no header was found in the first 20 rows',
        'the first line must be the header: region_code,date,segment,value,rounded_to,note',
      ],
    ]);
  });
});
