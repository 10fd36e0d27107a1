import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { eachDatabase } from '../../test/support/databases.js';
import { createAuditTrail, findUses } from './audit.js';
import type { Caller } from './caller.js';
import { type Database, openDatabase } from './database.js';
import { RequestError } from './errors.js';
import { KitToken1764000000003 } from './migrations/0003-token.js';
import { createToken, findTokens } from './token.js';

const NOW = Date.parse('2026-03-01T05:00:00Z');
const caller: Caller = { id: 'tok_abcdefgh', roles: ['publisher'], datasets: null, region: null };
const ALL = { caller: null, since: 0, limit: 100 };

eachDatabase('the audit', (makeUrl) => {
  const opened: Database[] = [];
  let db: Database;
  let now: number;
  const trail = () => createAuditTrail(db, () => now);
  beforeEach(async () => {
    now = NOW;
    db = await openDatabase({ url: await makeUrl(), entities: [], migrations: [KitToken1764000000003] });
    opened.push(db);
  });
  afterAll(async () => {
    for (const one of opened) await one.close();
  });

  test('says who did what, when, to which release, and how it ended', async () => {
    await trail().audit(caller, 'approve', 'target', 'target/7', 'NOT_ALLOWED');
    expect(await findUses(db, ALL)).toEqual([
      {
        usedAt: NOW,
        caller: 'tok_abcdefgh',
        verb: 'approve',
        dataset: 'target',
        release: 'target/7',
        outcome: 'NOT_ALLOWED',
      },
    ]);
  });

  test('has the start of an act before its work, and its end after, with the release it made', async () => {
    const outcomes = async () => (await findUses(db, ALL)).map(({ release, outcome }) => [release, outcome]);
    const during = await trail().audited(
      caller,
      { verb: 'publish', dataset: 'target', release: null },
      async (name) => {
        name('target/8');
        return outcomes();
      },
    );
    expect([during, await outcomes()]).toEqual([[[null, 'STARTED']], [['target/8', 'DONE']]]);
  });

  test('has the code of a refusal, and of a bug only that the act failed', async () => {
    const act = { verb: 'publish', dataset: 'target', release: null };
    const errors = [new RequestError('BAD_FILE', 'a cell: 41'), new Error('disk full')];
    for (const error of errors)
      await expect(trail().audited(caller, act, () => Promise.reject(error))).rejects.toBe(error);
    const outcomes = (await findUses(db, ALL)).map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(['BAD_FILE', 'FAILED']);
    expect(JSON.stringify(await db.query('SELECT * FROM token_use'))).not.toMatch(/cell|disk/);
  });

  test('is written first: what cannot be written down is not done', async () => {
    await db.write((tx) => tx.query('DROP TABLE token_use'));
    let isDone = false;
    const work = trail().audited(caller, { verb: 'publish', dataset: null, release: null }, async () => {
      isDone = true;
    });
    await expect(work).rejects.toThrow('token_use');
    expect(isDone).toBe(false);
  });

  test('that cannot be ended leaves the act as it was: done, and started', async () => {
    const act = { verb: 'publish', dataset: null, release: null };
    const result = await trail().audited(caller, act, async () => {
      await db.write((tx) => tx.query('ALTER TABLE token_use RENAME TO away'));
      return 'made';
    });
    await db.write((tx) => tx.query('ALTER TABLE away RENAME TO token_use'));
    expect([result, (await findUses(db, ALL)).map(({ outcome }) => outcome)]).toEqual(['made', ['STARTED']]);
  });

  test('keeps no text that a caller sent in the place of a name', async () => {
    for (const sent of ['x'.repeat(81), 'Siti; 41', 'naïve', 'a\nb', "'; DROP TABLE token_use", ''])
      await trail().audit(caller, 'publish', sent, sent, 'UNKNOWN_DATASET');
    const names = (await findUses(db, ALL)).flatMap(({ dataset, release }) => [dataset, release]);
    expect(names).toEqual(Array(12).fill('?'));
  });

  test('is asked for by token, by time and by number, the newest first', async () => {
    for (const [index, id] of ['tok_a', 'tok_b', 'tok_a', 'tok_a'].entries()) {
      now = NOW + index;
      await trail().audit({ ...caller, id }, 'list', null, null, 'DONE');
    }
    const times = async (filter: object) =>
      (await findUses(db, { ...ALL, ...filter })).map(({ usedAt }) => usedAt - NOW);
    expect([
      await times({}),
      await times({ caller: 'tok_a' }),
      await times({ since: NOW + 2 }),
      await times({ limit: 1 }),
      await times({ caller: 'tok_c' }),
    ]).toEqual([[3, 2, 1, 0], [3, 2, 0], [3, 2], [3], []]);
  });

  test('tells the list of tokens when each was used last', async () => {
    const grant = { role: 'publisher', datasets: null, region: null, expiresAt: NOW + 1 } as const;
    const { id } = await createToken(db, grant, NOW);
    for (now of [NOW + 5, NOW + 9]) await trail().audit({ ...caller, id }, 'list', null, null, 'DONE');
    expect((await findTokens(db)).map(({ usedAt }) => usedAt)).toEqual([NOW + 9]);
  });
});
