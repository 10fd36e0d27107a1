import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { eachDatabase } from '../../test/support/databases.js';
import { EVERYTHING, InventedEverything1764000000901 } from '../../test/support/everything.js';
import { fromStored } from './cell.js';
import { csvColumns, csvHeader, csvLine, keyLine } from './csv-line.js';
import { type Database, openDatabase } from './database.js';
import type { Cell, Dataset } from './dataset.js';
import { OPEN } from './edition.js';

const NAMES = [
  'published_from',
  'published_to',
  'release_id',
  'series',
  'date',
  'region_code',
  'persons',
  'paid',
  'percent',
  'is_final',
  'source_id',
  'note',
];

/** What a row without anything but its key holds. */
const BLANK: Readonly<Record<string, Cell>> = Object.fromEntries(NAMES.map((name) => [name, null]));

eachDatabase('the CSV of a dataset', (makeUrl) => {
  let db: Database;
  beforeAll(async () => {
    db = await openDatabase({ url: await makeUrl(), entities: [], migrations: [InventedEverything1764000000901] });
    const series = [
      [1, 'PU', 'ALL'],
      [2, 'BPU', 'FISHERS.SMALL'],
      [3, '', ''],
    ];
    for (const one of series) await db.write((tx) => tx.query('INSERT INTO everything_series VALUES (?, ?, ?)', one));
  });
  afterAll(() => db.close());

  /** Stores one row and nothing else, and gives its line and the line of its key. */
  async function linesOf(cells: Readonly<Record<string, Cell>>): Promise<{ line: string; key: string }> {
    const row: Record<string, Cell> = {
      ...BLANK,
      published_from: 1,
      published_to: OPEN,
      release_id: 'everything/1',
      series: 1,
      date: '2024-10',
      region_code: '19.03',
      ...cells,
    };
    await db.write(async (tx) => {
      await tx.query('DELETE FROM everything');
      const sql = `INSERT INTO everything (${NAMES.join(', ')}) VALUES (${NAMES.map(() => '?').join(', ')})`;
      await tx.query(
        sql,
        NAMES.map((name) => row[name]),
      );
    });
    const [found] = await db.query(
      `SELECT ${csvLine(db.dialect, EVERYTHING, 'p', 'x')} AS line, ${keyLine(db.dialect, EVERYTHING, 'p', 'x')} AS row_key
        FROM everything p JOIN everything_series x ON x.id = p.series`,
    );
    return { line: String(found?.line), key: String(found?.row_key) };
  }

  const lineOf = async (cells: Readonly<Record<string, Cell>>) => (await linesOf(cells)).line;
  const cellOf = async (name: string, value: Cell) => {
    const [cells]: string[][] = parse(await lineOf({ [name]: value }));
    return cells?.[csvColumns(EVERYTHING).indexOf(name)];
  };

  test('has the columns of the layout in their order, none that is derived', async () => {
    expect(csvHeader(EVERYTHING)).toBe(
      'region_code,segment,date,category,persons,paid,percent,is_final,source_id,note',
    );
    expect(
      await linesOf({
        series: 2,
        persons: 37229,
        paid: '1814133110',
        percent: 33.1,
        is_final: 1,
        source_id: 'bps-1 bps-2',
        note: 'Invented',
      }),
    ).toEqual({
      line: '19.03,BPU,2024-10,FISHERS.SMALL,37229,1814133110,33.1,true,bps-1 bps-2,Invented',
      key: '19.03,BPU,2024-10,FISHERS.SMALL',
    });
  });

  test('is blank where nothing is stated, stored as null or as empty text', async () => {
    expect(await linesOf({ series: 3, date: '', note: '' })).toEqual({ line: '19.03,,,,,,,,,', key: '19.03,,,' });
  });

  test('has every digit of rupiah and of counts', async () => {
    expect(await cellOf('paid', '999999999999999999')).toBe('999999999999999999');
    expect(await cellOf('paid', '9007199254740993')).toBe('9007199254740993');
    expect(await cellOf('persons', Number.MAX_SAFE_INTEGER)).toBe('9007199254740991');
    expect(await cellOf('persons', 0)).toBe('0');
  });

  test('has decimals without zeros at their end, to 15 digits', async () => {
    const texts = ['33.1', '100', '10', '0', '0.000001', '0.1', '-0.5', '-12.34', '33.333333', '123456789.123456'];
    const large = ['1000000000', '1234567890.12345', '90071992547409.1', '99999999999999', '12345678901.2'];
    for (const text of [...texts, ...large]) expect(await cellOf('percent', Number(text))).toBe(text);
    expect(await cellOf('percent', -0)).toBe('0');
  });

  test('has booleans as true and false', async () => {
    expect([await cellOf('is_final', 1), await cellOf('is_final', 0), await cellOf('is_final', null)]).toEqual([
      'true',
      'false',
      '',
    ]);
  });

  test('quotes a cell only for a comma, a quote or a line break', async () => {
    const quoted = ['a,b', 'say "so"', '"', 'two\nlines', 'two\r\nlines', 'a\rb', ',', '",'];
    const plain = ['a;b', "it's", 'tab\tin it', 'C:\\path\\n', ' space ', 'é 日本 😀', '100%', 'a_b', '?', '：＝'];
    const ending = (text: string) => `19.03,PU,2024-10,ALL,,,,,,${text}`;
    for (const note of quoted) expect(await lineOf({ note })).toBe(ending(`"${note.replaceAll('"', '""')}"`));
    for (const note of plain) expect(await lineOf({ note })).toBe(ending(note));
  });

  test('puts an apostrophe before text that a spreadsheet would take for a formula, and only there', async () => {
    const texts = ['=1+1', '+62', '-5 persen', '@SUM(A1)', '\tx', '\rx', "'=1", "''@a", '=HYPERLINK("x","y")'];
    for (const text of texts) expect(await cellOf('note', text)).toBe(`'${text}`);
    for (const text of ["'quoted'", 'a=b', '＝1', ' =1', "'"]) expect(await cellOf('note', text)).toBe(text);
    expect(await cellOf('source_id', '-a')).toBe('-a');
    expect(await cellOf('percent', -1)).toBe('-1');
  });

  test('gives back the stored cells when it is parsed, one apostrophe taken off again', async () => {
    const cells = { persons: 12, paid: '999999999999999999', percent: 0.25, is_final: 0, source_id: 'a b' };
    for (const note of ['plain', '=1,"2"\n3', "'=", "''", 'a,\r\nb', '\r\n', '😀"']) {
      const [read]: string[][] = parse(await lineOf({ ...cells, note }));
      const stored = EVERYTHING.columns.map((column, index) => {
        const text = read?.[index] ?? '';
        return [column.name, fromStored(column, column.kind === 'boolean' ? Number(text === 'true') : text)];
      });
      const { note: shown, ...others } = Object.fromEntries(stored);
      expect({ ...others, note: String(shown).replace(/^'('*[=+\-@\t\r])/, '$1') }).toEqual({
        region_code: '19.03',
        segment: 'PU',
        date: '2024-10',
        category: 'ALL',
        ...cells,
        note,
      });
    }
  });
});

describe('the CSV of a dataset without series', () => {
  test('asks for nothing but its own table', () => {
    const { series: _, ...others } = EVERYTHING;
    const plain: Dataset = { ...others, key: ['region_code'] };
    expect(csvLine('sqlite', plain, 'p', 'x')).not.toContain('x.');
    expect(keyLine('mysql', plain, 'p', 'x')).toContain('p.region_code');
  });
});
