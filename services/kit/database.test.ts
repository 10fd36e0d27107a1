import { copyFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eachDatabase, freshSqlite } from '../../test/support/databases.js';
import { analyze, type Database, keyTable, openDatabase } from './database.js';
import { KitReleases1764000000001 } from './migrations/0001-releases.js';
import { KIT_TABLES } from './tables.js';

eachDatabase('a database', (makeUrl) => {
  let db: Database;
  beforeAll(async () => {
    db = await openDatabase({ url: await makeUrl(), entities: KIT_TABLES, migrations: [KitReleases1764000000001] });
  });
  afterAll(() => db.close());

  const seal = (dataset: string) => db.write((tx) => tx.insert('seal', { dataset, instant: 1 }));
  const names = async () => {
    const rows = await db.query('SELECT dataset FROM seal ORDER BY dataset');
    return rows.map(({ dataset }) => String(dataset));
  };

  test('commits all of a piece of work or nothing', async () => {
    const failing = db.write(async (tx) => {
      await tx.insert('seal', { dataset: 'half', instant: 1 });
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect(await names()).toEqual([]);
  });

  test('shows a reader what was written before, whatever it read in between', async () => {
    const reads = [
      () => db.query('SELECT 1 AS one'),
      () => db.query(`SELECT k.code FROM ${keyTable(db.dialect, 'k')}`, ['["19", "19.03"]']),
      () => db.query(`SELECT k.code FROM ${keyTable(db.dialect, 'k')}`, [JSON.stringify(Array(100).fill('19'))]),
      () => db.query('SELECT dataset FROM seal LIMIT 1'),
      () => db.query('SELECT nothing FROM seal').catch(() => []),
      () => analyze(db, 'seal'),
    ];
    const expected: string[] = [];
    for (const [index, read] of reads.entries()) {
      await read();
      await seal(`d${index}`);
      expected.push(`d${index}`);
      expect(await names()).toEqual(expected);
    }
  });

  test('takes a list of keys as a table, in any number', async () => {
    const codes = Array.from({ length: 5000 }, (_, index) => `code-${index}`);
    const [row] = await db.query(`SELECT COUNT(*) AS n FROM ${keyTable(db.dialect, 'k')} WHERE k.code <> ''`, [
      JSON.stringify(codes),
    ]);
    expect(Number(row?.n)).toBe(5000);
  });
});

test('a closed SQLite database is one file that holds everything', async () => {
  const url = await freshSqlite();
  const db = await openDatabase({ url, entities: KIT_TABLES, migrations: [KitReleases1764000000001] });
  await db.write((tx) => tx.insert('seal', { dataset: 'kept', instant: 1 }));
  await db.close();
  const file = url.slice('sqlite:'.length);
  await copyFile(file, `${file}.copy`);
  const copy = await openDatabase({ url: `${url}.copy`, entities: KIT_TABLES, migrations: [KitReleases1764000000001] });
  expect(await copy.query('SELECT dataset FROM seal')).toEqual([{ dataset: 'kept' }]);
  await copy.close();
});

describe('a SQLite database whose disk was full', () => {
  test('commits what is written later, also after another failure', async () => {
    const db = await openDatabase({ url: await freshSqlite(), entities: [], migrations: [] });
    await db.write((tx) => tx.query('CREATE TABLE t (id INTEGER PRIMARY KEY, bytes BLOB)'));
    const limit = (pages: number) => db.write((tx) => tx.query(`PRAGMA max_page_count = ${pages}`));
    await limit(3);
    const tooMuch = db.write(async (tx) => {
      for (let row = 0; row < 10; row += 1) await tx.query('INSERT INTO t (bytes) VALUES (zeroblob(3000))');
    });
    await expect(tooMuch).rejects.toEqual(expect.objectContaining({ code: 'SQLITE_FULL' }));
    await limit(1000);
    const failing = db.write(async (tx) => {
      await tx.query('INSERT INTO t (id) VALUES (1)');
      throw new Error('a mistake');
    });
    await expect(failing).rejects.toThrow('a mistake');
    await db.write((tx) => tx.query('INSERT INTO t (id) VALUES (2)'));
    expect(await db.query('SELECT id FROM t')).toEqual([{ id: 2 }]);
    await db.close();
  });
});
