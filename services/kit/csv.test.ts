import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { type CheckedRow, readCsv } from './csv.js';
import type { Dataset } from './dataset.js';
import type { Locale } from './locale.js';
import { createProblems, type Problem } from './problems.js';

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
    { name: 'note', kind: 'text' },
  ],
  key: ['region_code', 'date', 'segment'],
  firstLoad: 'REFERENCE',
};

const HEADER = 'region_code,date,segment,value,note';

interface Result {
  readonly rows: readonly CheckedRow[];
  readonly problems: readonly Problem[];
}

async function read(content: Readable | string | Buffer, locale: Locale = 'C'): Promise<Result> {
  const problems = createProblems('workers.csv');
  const input = content instanceof Readable ? content : Readable.from([Buffer.from(content)]);
  const rows: CheckedRow[] = [];
  for await (const batch of readCsv(DATASET, input, problems, { locale })) rows.push(...batch);
  return { rows, problems: problems.list };
}

/** Where each problem is, its rule, and what it says in English. */
async function wrong(content: Readable | string | Buffer, locale: Locale = 'C') {
  const { problems } = await read(content, locale);
  return problems.map(({ row, column, rule, message, suggestion }) => [
    row,
    column,
    rule,
    message.en,
    suggestion?.en ?? null,
  ]);
}

const ROW = { region_code: '19.03', date: '2024-10', segment: 'PU', value: 37_229, note: null };

describe('a file', () => {
  test.each([
    ['as it should be', `${HEADER}\n19.03,2024-10,PU,37229,\n`],
    ['with a mark of its encoding', `\ufeff${HEADER}\n19.03,2024-10,PU,37229,\n`],
    ['with Windows line ends', `${HEADER}\r\n19.03,2024-10,PU,37229,\r\n`],
    ['with old Macintosh line ends', `${HEADER}\r19.03,2024-10,PU,37229,\r`],
    ['with mixed line ends', `${HEADER}\r\n19.03,2024-10,PU,37229,\n`],
    ['without a last line end', `${HEADER}\n19.03,2024-10,PU,37229,`],
    ['with blank rows at its end', `${HEADER}\n19.03,2024-10,PU,37229,\n\n,,,,\n`],
    ['with its columns in another order', 'note,region_code,value,segment,date\n,19.03,37229,PU,2024-10\n'],
    ['without columns that may be blank', 'region_code,date,value\n19.03,2024-10,37229\n'],
  ])('is read %s', async (_, content) => {
    expect(await read(content)).toEqual({ rows: [{ line: 2, row: ROW }], problems: [] });
  });

  test('is read with semicolons where its locale is id-ID', async () => {
    expect(await read(`${HEADER.replaceAll(',', ';')}\n19.03;2024-10;PU;37229;\n`, 'id-ID')).toEqual({
      rows: [{ line: 2, row: ROW }],
      problems: [],
    });
  });

  test.each([1, 2, 3, 7])('is read alike in chunks of %i bytes, letters and line ends torn apart', async (size) => {
    const bytes = Buffer.from(
      `\ufeff${HEADER}\r\n${'19.05,2024-10,PU,5,é–\r\n'.repeat(40)}19.03,2024-10,PU,37229,"naïve – 😀\r\n""x"""\r\n19.04,2024-10,PU,2,é\r\n`,
    );
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    expect(await read(Readable.from(chunks))).toEqual(await read(bytes));
    expect((await read(bytes)).problems).toEqual([]);
  });

  test('keeps quoted commas, quotes and line ends, and counts lines as an editor does', async () => {
    const { rows } = await read(`${HEADER}\r\n19.03,2024,PU,1,"a, ""b""\r\nc\rd\ne"\r\n\r\n19.04,2024,PU,2,\r\n`);
    expect(rows.map(({ line, row }) => [line, row.note])).toEqual([
      [2, 'a, "b"\r\nc\rd\ne'],
      [7, null],
    ]);
  });

  test.each([
    ['as they are', '19.03,2024,PU,1,\n19.04,2024,PU,2,\n', 2],
    ['those with mistakes too', '19.03,2024,PU,1,\n1904,2024,PU,x,\n19.05,2024\n', 3],
    ['but no empty ones', '19.03,2024,PU,1,\n\n,,,,\n', 1],
  ])('has its rows counted: %s', async (_, rows, expected) => {
    const tally = { rows: 0 };
    const input = Readable.from([`${HEADER}\n${rows}`]);
    for await (const _rows of readCsv(DATASET, input, createProblems('x'), { locale: 'C', tally }));
    expect(tally.rows).toBe(expected);
  });

  test('is given in batches', async () => {
    const line = '19.03,2024-10,PU,37229,\n';
    const sizes: number[] = [];
    const input = Readable.from([`${HEADER}\n${line.repeat(5000)}`]);
    for await (const batch of readCsv(DATASET, input, createProblems('x'), { locale: 'C' })) sizes.push(batch.length);
    expect({ largest: Math.max(...sizes), all: sizes.reduce((sum, size) => sum + size) }).toEqual({
      largest: 2000,
      all: 5000,
    });
  });
});

describe('a row', () => {
  test('of too few or too many cells is told with its line, and the others are read', async () => {
    const content = `${HEADER}\n19.03,2024,1\n19.04,2024,PU,37,229,\n19.05,2024,PU,3,\n`;
    const { rows } = await read(content);
    expect(rows.map(({ line }) => line)).toEqual([4]);
    expect(await wrong(content)).toEqual([
      [2, null, 'LAYOUT', '3 cells where 5 are expected', 'this row may have been cut off: complete its cells'],
      [
        3,
        null,
        'LAYOUT',
        '6 cells where 5 are expected',
        'there may be a comma within a number or text: remove it from the number, put the text in quotes',
      ],
    ]);
  });

  test('with several bad cells is told of each, by its rule, and is not given', async () => {
    const { rows, problems } = await read(`${HEADER}\nBasel,10/2024,PBPU,many,=1+1\n`);
    expect(rows).toEqual([]);
    expect(problems.map(({ row, column, raw, rule }) => [row, column, raw, rule])).toEqual([
      [2, 'region_code', 'Basel', 'E2'],
      [2, 'date', '10/2024', 'DATE'],
      [2, 'segment', 'PBPU', 'WORD'],
      [2, 'value', 'many', 'E3'],
      [2, 'note', '=1+1', 'FORMULA'],
    ]);
  });

  test('quotes the beginning of a long cell only', async () => {
    const { problems } = await read(`${HEADER}\n19.03,2024,PU,${'x'.repeat(5000)},\n`);
    expect(problems[0]?.raw).toBe(`${'x'.repeat(120)}…`);
    expect(problems[0]?.message.en.length).toBeLessThan(300);
  });

  test('with a blank where the cells above go on is told to fill it down, also in the third such row', async () => {
    const rows = ['19.03,2024-10,PU,1,', ',2024-10,BPU,2,', ',2024-11,PU,3,', '19.04,2024-11,BPU,4,', ',2024-12,PU,5,'];
    const down = (code: string) => `fill it down: write "${code}" in every row, if it is the same as above`;
    const told = await wrong(`${HEADER}\n${rows.join('\n')}\n`);
    expect(told.map(([row, column, , , suggestion]) => [row, column, suggestion])).toEqual([
      [3, 'region_code', down('19.03')],
      [4, 'region_code', down('19.03')],
      [6, 'region_code', down('19.04')],
    ]);
  });
});

describe('a file parted by another sign than expected', () => {
  const PARTED = 'columns are separated by semicolons; commas are expected';
  const header = HEADER.replaceAll(',', ';');
  test.each([
    ['a comma in quotes', `${header}\n19.03;2024;PU;1;"a, b"\n19.04;2024;PU;1;\n`],
    ['a whole row in quotes', `${header}\n"19.03";"2024";"PU";"1";"a"\n`],
    ['a header in quotes', `${header.replace(/\w+/g, '"$&"')}\n"19.03";"2024";"PU";"1";"a"\n`],
    ['a quote that is never closed', `${header}\n"19.03;2024;PU;1;a\n`],
  ])('is told as that alone: with %s', async (_, content) => {
    expect((await wrong(content)).map(([row, , rule, message]) => [row, rule, message])).toEqual([[1, 'FILE', PARTED]]);
  });

  test('is no excuse for a quote in a file that is parted as it should be', async () => {
    const told = (await wrong(`${HEADER}\n19.03,2024,PU,1,a "b"\n`)).map(([row, , rule, message]) => [
      row,
      rule,
      message,
    ]);
    expect(told).toEqual([[2, 'LAYOUT', 'a quote within a cell; what follows was not read']]);
  });
});

describe('a number with zeros at its end', () => {
  const SHARES: Dataset = {
    ...DATASET,
    columns: [
      { name: 'region_code', kind: 'region', required: true },
      { name: 'share', kind: 'decimal', printedIn: 'as_printed' },
      { name: 'as_printed', kind: 'text' },
      { name: 'rounded_to', kind: 'decimal' },
    ],
    key: ['region_code'],
  };
  const shares = async (content: string, locale: Locale) => {
    const rows: CheckedRow[] = [];
    const problems = createProblems('shares.csv');
    for await (const batch of readCsv(SHARES, Readable.from([content]), problems, { locale })) rows.push(...batch);
    return rows.map(({ row }) => [row.share, row.as_printed]);
  };

  test('is kept as it was written, in the column that its dataset names, where that is blank', async () => {
    const lines = ['33.10,', '33.0,', '33.1,', '40,', '0.50,about half', ',', '0,'];
    const content = `region_code,share,as_printed\n${lines.map((line) => `19.03,${line}\n`).join('')}`;
    expect(await shares(content, 'C')).toEqual([
      [33.1, '33.10'],
      [33, '33.0'],
      [33.1, null],
      [40, null],
      [0.5, 'about half'],
      [null, null],
      [0, null],
    ]);
  });

  test('is kept in the signs of its locale, also where the file has no such column', async () => {
    expect(await shares('region_code;share;rounded_to\n19.03;33,10;0,10\n19.05;1.000;\n', 'id-ID')).toEqual([
      [33.1, '33,10'],
      [1000, null],
    ]);
  });
});

describe('what may have been cut off', () => {
  const short = 'region_code,date,value';

  test('is warned of where the file ends within a number', async () => {
    expect(await wrong(`${short}\n19.03,2024-10,372`)).toEqual([
      [
        2,
        'value',
        'W11',
        'the last row does not end its line; it may have been cut off',
        'compare the last cell with the original',
      ],
    ]);
  });

  test('is warned of where the file ends before a cell that may be blank', async () => {
    const told = await wrong(`${short}\n19.03,2024-10,`);
    expect(told.map(([row, column, rule]) => [row, column, rule])).toEqual([[2, 'value', 'W11']]);
  });

  test.each([
    ['ends within its header', short],
    ['ends its last line', `${short}\n19.03,2024-10,37229\n`],
    ['closes its last quote', `${short}\n19.03,2024-10,"37229"`],
    ['ends with a line of blank cells', `${short}\n19.03,2024-10,37229\n,,`],
    ['ends with a text', 'region_code,date,value,note\n19.03,2024-10,372,a text'],
  ])('is not suspected where the file %s', async (_, content) => {
    expect((await read(content)).problems).toEqual([]);
  });

  test('is a quote that is never closed', async () => {
    const { rows } = await read(`${HEADER}\n19.03,2024,PU,1,\n19.04,2024,PU,2,"not closed\n19.05,2024,PU,3,\n`);
    expect(rows.map(({ line }) => line)).toEqual([2]);
    expect(await wrong(`${HEADER}\n19.03,2024,PU,1,\n19.04,2024,PU,2,"not closed\n`)).toEqual([
      [
        3,
        null,
        'LAYOUT',
        'a quote is not closed before the end of the file',
        'the file may have been cut off, or a quote in this row has no partner',
      ],
    ]);
  });

  test('is no reason to lose what stands before a quote in the middle of a cell', async () => {
    const content = `${HEADER}\n19.03,2024,PU,x,\n19.03,2024,PU,1,\n19.04,2024,PU,2,pipa 5" besi\n`;
    const { rows } = await read(content);
    expect(rows.map(({ line }) => line)).toEqual([3]);
    expect((await wrong(content)).map(([row, , rule]) => [row, rule])).toEqual([
      [2, 'E3'],
      [4, 'LAYOUT'],
    ]);
  });
});

describe('a file that tells of a person', () => {
  const NIK = '1999990101990001'; // invented: there is no such district
  const good = '19.03,2024-10,PU,37229,\n';

  test('gives no row after the one that does, and tells of its columns and nothing else', async () => {
    const lines = [HEADER, 'Basel,x,y,z,', `19.03,2024,PU,1,${NIK}`, '19.04,2024,081200000000,1,', 'x,x,x,x,x'];
    const { rows, problems } = await read(`${lines.join('\n')}\n${good.repeat(3000)}`);
    expect(rows).toEqual([]);
    expect(problems.map(({ row, column, raw, rule }) => [row, column, raw, rule])).toEqual([
      [null, 'note', null, 'PERSONAL'],
      [null, 'segment', null, 'PERSONAL'],
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/\d{4}|Basel/);
  });

  test.each([
    ['its last row', `${HEADER}\n${good.repeat(5000)}19.03,2024,PU,${NIK},\n`],
    ['a row of too many cells', `${HEADER}\n${good}19.03,2024,PU,1,,,${NIK}\n`],
    ['a remark below the data', `${HEADER}\n${good}seseorang@example.org\n`],
    ['a title above the header', `Kontak: 0812-0000-0000\n${HEADER}\n${good}`],
    ['a row far below a bad header', `kode,isi\n${'19.03,1\n'.repeat(5000)}19.03,${NIK}\n`],
    ['a row before a quote that stops the reading', `${HEADER}\n19.03,2024,PU,${NIK},\n19.03,2024,PU,1,a"b\n`],
    ['a title in a header parted by semicolons', 'region_code;date;value;nama peserta\n'],
  ])('is known by %s', async (_, content) => {
    const { problems } = await read(content);
    expect(problems.map(({ rule, raw }) => [rule, raw])).toEqual([['PERSONAL', null]]);
  });
});

describe('a file of any size', () => {
  const LARGE = 300 * 1024 * 1024;

  /** Bytes made as they are read, and how many were asked for. */
  function endless(first: string | Buffer, more: Buffer) {
    let made = 0;
    const input = Readable.from(
      (function* () {
        yield Buffer.from(first);
        for (; made < LARGE; made += more.length) yield more;
      })(),
    );
    return { input, made: () => made };
  }

  test.each([
    ['one line of 300 MB', `${HEADER}\n19.03,2024,PU,1,`, 'x'],
    ['a line of very many cells', `${HEADER}\n`, '1,'],
    ['a line of very many blank cells', `${HEADER}\n`, ','],
    ['a quote that is never closed', `${HEADER}\n19.03,2024,PU,1,"`, 'x\n'],
  ])('is left at the limit of a row: %s', async (_, first, filling) => {
    const { input, made } = endless(first, Buffer.from(filling.repeat(32 * 1024)));
    expect((await wrong(input)).map(([row, , rule, message]) => [row, rule, message])).toEqual([
      [2, 'FILE', 'a row is longer than 1 MiB; what follows was not read'],
    ]);
    expect(made()).toBeLessThan(8 * 1024 * 1024);
  });

  test('that is compressed is never unpacked', async () => {
    const { input, made } = endless(Buffer.from('1f8b0800', 'hex'), Buffer.alloc(64 * 1024));
    expect((await wrong(input)).map(([, , rule, message]) => [rule, message])).toEqual([
      ['FILE', 'this is a compressed file (gzip), not a CSV file'],
    ]);
    expect(made()).toBeLessThan(1024 * 1024);
  });
});
