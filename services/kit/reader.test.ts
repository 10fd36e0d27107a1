import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eachDatabase } from '../../test/support/databases.js';
import { type Database, openDatabase } from './database.js';
import { KitReleases1764000000001 } from './migrations/0001-releases.js';
import { KitWorkflow1764000000002 } from './migrations/0002-workflow.js';
import { createMemory, createReader } from './reader.js';
import { createSeals } from './seals.js';
import { KIT_TABLES } from './tables.js';

const NOW = Date.parse('2025-06-30T05:00:00Z');
const [FIRST, SECOND, LATER] = [NOW - 2000, NOW - 1000, NOW + 3_600_000];

/** Invented: two datasets of the subgraph, and one that others own. */
const SEALS = [
  ['figures', FIRST],
  ['figures', SECOND],
  ['figures', LATER],
  ['names', 0],
  ['others', NOW - 500],
] as const;
const OWN = ['figures', 'names', 'unborn'];
const code = (value: string) => expect.objectContaining({ code: value });

eachDatabase('what a subgraph knows of the instants sealed for it', (makeUrl) => {
  let db: Database;
  beforeAll(async () => {
    db = await openDatabase({
      url: await makeUrl(),
      entities: KIT_TABLES,
      migrations: [KitReleases1764000000001, KitWorkflow1764000000002],
    });
    await db.write(async (tx) => {
      for (const [dataset, instant] of SEALS) await tx.insert('seal', { dataset, instant });
    });
  });
  afterAll(() => db.close());

  const seals = (datasets: readonly string[] = OWN) => createSeals(db, datasets, () => NOW);
  const readerAt = async (asOf: number) => {
    const known = seals();
    await known.newest();
    return createReader(db, known, createMemory(), asOf);
  };

  describe('as seals', () => {
    test('is the newest that is due, of its own datasets; of all where it has none', async () => {
      expect([await seals().newest(), await seals([]).newest(), await seals(['unborn']).newest()]).toEqual([
        SECOND,
        NOW - 500,
        0,
      ]);
    });

    test('is each sealed and due instant, and the beginning of time', async () => {
      const one = seals();
      await expect(Promise.all([0, FIRST, SECOND].map(one.demand))).resolves.toHaveLength(3);
      for (const asOf of [FIRST + 1, NOW, NOW - 500, LATER])
        await expect(one.demand(asOf)).rejects.toThrow(code('AS_OF_NOT_SEALED'));
    });

    test('is any instant while nothing is published, for nothing could be mixed', async () => {
      await expect(seals(['unborn']).demand(NOW)).resolves.toBeUndefined();
    });

    test('is learned anew when an instant is asked for that it does not know', async () => {
      const one = seals();
      await one.newest();
      await db.write((tx) => tx.insert('seal', { dataset: 'names', instant: NOW - 10 }));
      await expect(one.demand(NOW - 10)).resolves.toBeUndefined();
      await db.write((tx) => tx.query('DELETE FROM seal WHERE instant = ?', [NOW - 10]));
    });
  });

  describe('as a reader', () => {
    test('keeps a dataset from its first instant on, and says from when where it is asked for an older one', async () => {
      const [early, now] = [await readerAt(FIRST - 1), await readerAt(SECOND)];
      expect([now.keeps('figures'), now.keeps('names'), now.keeps('unborn')]).toEqual([true, true, false]);
      expect(() => early.keeps('figures')).toThrow(
        `figures is kept from ${new Date(FIRST).toISOString()} on and the edition asked for is older: ask for that instant or a later one.`,
      );
      expect([early.has('figures'), now.has('figures'), now.has('unborn')]).toEqual([false, true, false]);
    });

    test('finds a reference table once for an instant, for all who read at it', async () => {
      const known = seals();
      await known.newest();
      const memory = createMemory();
      let found = 0;
      const find = async () => ({ found: ++found });
      const at = (asOf: number) => createReader(db, known, memory, asOf).remember('names', find);
      expect([await at(FIRST), await at(FIRST), await at(SECOND), await at(FIRST)]).toEqual([
        { found: 1 },
        { found: 1 },
        { found: 2 },
        { found: 1 },
      ]);
    });

    test('does not remember that finding failed', async () => {
      const reader = await readerAt(SECOND);
      await expect(reader.remember('names', () => Promise.reject(new Error('no database')))).rejects.toThrow();
      expect(await reader.remember('names', async () => ({ found: true }))).toEqual({ found: true });
    });
  });
});
