import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { eachDatabase } from '../../test/support/databases.js';
import { EVERYTHING, InventedEverything1764000000901 } from '../../test/support/everything.js';
import { csvHeader } from './csv-line.js';
import { type Database, openDatabase } from './database.js';
import { OPEN } from './edition.js';
import { exportCsv, type Selection } from './export.js';

const NAMES = ['series', 'date', 'region_code', 'persons', 'note', 'published_from', 'published_to', 'release_id'];

/** Two years of as many regions as fill pages and a bit: 4,300 rows seen from 10 on, of which 19.0001 changes at 20. */
const REGIONS = Array.from({ length: 2150 }, (_, index) => `19.${String(index).padStart(4, '0')}`);

eachDatabase('an export', (makeUrl) => {
  let db: Database;
  const asked: string[] = [];
  beforeAll(async () => {
    const url = await makeUrl();
    const onQuery = (sql: string) => void asked.push(sql);
    db = await openDatabase({ url, entities: [], migrations: [InventedEverything1764000000901], onQuery });
    await db.write((tx) => tx.query("INSERT INTO everything_series VALUES (1, 'PU', 'ALL'), (2, 'BPU', 'ALL')"));
    const first = [1, 2].flatMap((series) =>
      REGIONS.map((code, index) => [series, '2024', code, index, null, 10, OPEN, 'everything/1']),
    );
    const changed = [1, '2024', '19.0001', 7, 'mended', 20, OPEN, 'everything/2'];
    const early = [2, '2025', '19.0000', 8, 'embargoed', 30, OPEN, 'everything/3'];
    await insert([...first, changed, early]);
    const close =
      'UPDATE everything SET published_to = 20 WHERE series = 1 AND region_code = ? AND published_from = 10';
    await db.write((tx) => tx.query(close, ['19.0001']));
  });
  afterAll(() => db.close());

  async function insert(rows: readonly unknown[][]): Promise<void> {
    const one = `(${NAMES.map(() => '?').join(', ')})`;
    for (let start = 0; start < rows.length; start += 1000) {
      const some = rows.slice(start, start + 1000);
      const sql = `INSERT INTO everything (${NAMES.join(', ')}) VALUES ${some.map(() => one).join(', ')}`;
      await db.write((tx) => tx.query(sql, some.flat()));
    }
  }

  async function piecesOf(selection: Selection): Promise<string[]> {
    const pieces: string[] = [];
    for await (const piece of exportCsv(db, EVERYTHING, selection)) pieces.push(piece);
    return pieces;
  }

  const linesOf = async (selection: Selection) => (await piecesOf(selection)).join('').split('\n').slice(0, -1);
  const line = (segment: string, index: number) =>
    `19.${String(index).padStart(4, '0')},${segment},2024,ALL,${index},,,,,`;

  test('has every row that is seen, once, in the order of its key', async () => {
    const expected = ['PU', 'BPU'].flatMap((segment) => REGIONS.map((_, index) => line(segment, index)));
    expect(await linesOf({ asOf: 10 })).toEqual([csvHeader(EVERYTHING), ...expected]);
  });

  test('has what was changed as it is seen at the instant, and nothing of a later one', async () => {
    const before = await linesOf({ asOf: 10 });
    const after = await linesOf({ asOf: 29 });
    expect(after.filter((one) => !before.includes(one))).toEqual(['19.0001,PU,2024,ALL,7,,,,,mended']);
    expect(before.filter((one) => !after.includes(one))).toEqual([line('PU', 1)]);
    expect((await linesOf({ asOf: 30 })).filter((one) => !after.includes(one))).toEqual([
      '19.0000,BPU,2025,ALL,8,,,,,embargoed',
    ]);
  });

  test('has the header alone where nothing is seen', async () => {
    expect(await piecesOf({ asOf: null })).toEqual([`${csvHeader(EVERYTHING)}\n`]);
    expect(await piecesOf({ asOf: 9 })).toEqual([`${csvHeader(EVERYTHING)}\n`]);
  });

  test('of a release has what that opened, also what is closed by now, and nothing before its instant', async () => {
    const expected = ['PU', 'BPU'].flatMap((segment) => REGIONS.map((_, index) => line(segment, index)));
    const text = (await piecesOf({ asOf: 29, releaseId: 'everything/1' })).join('');
    const sha256 = (all: string) => createHash('sha256').update(all).digest('hex');
    expect(sha256(text)).toBe(sha256(`${[csvHeader(EVERYTHING), ...expected].join('\n')}\n`));
    expect(await linesOf({ asOf: 29, releaseId: 'everything/3' })).toEqual([csvHeader(EVERYTHING)]);
  });

  test('comes in pages, each asked for once and none by its number', async () => {
    asked.length = 0;
    const pieces = await piecesOf({ asOf: 10 });
    expect(pieces.map((piece) => parse(piece).length)).toEqual([1, 2000, 2000, 300]);
    expect(asked).toHaveLength(3);
    expect(asked.filter((sql) => /OFFSET/i.test(sql))).toEqual([]);
  });

  test('stops asking when its reader has gone', async () => {
    asked.length = 0;
    for await (const piece of exportCsv(db, EVERYTHING, { asOf: 10 })) if (parse(piece).length > 1) break;
    expect(asked).toHaveLength(1);
  });
});
