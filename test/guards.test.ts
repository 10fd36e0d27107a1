import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import type { Database } from '../services/kit/database.js';
import type { Log } from '../services/kit/log.js';
import { createPublication } from '../services/kit/publication.js';
import { findRelease } from '../services/kit/release.js';
import { eachDatabase } from './support/databases.js';
import { coverageDraft } from './support/drafts.js';
import { draftRows, publishTogether, type TestDraft } from './support/publish.js';
import { createWorld, type World } from './support/world.js';

/** What stands in the way of a release that would overwrite what nobody has seen; each of it alone. */

const DATE = '2025-12';
const MINUTE = 60_000;
const APPROVER = 'tok_test0002 approver';
const OTHER_APPROVER = 'tok_test0003 approver';
const coverage = (percent: number, region: string): TestDraft => coverageDraft(percent, region, DATE);

eachDatabase('a guard', (makeUrl) => {
  const clock = { now: Date.now() };
  /** Two offices on one database. */
  let one: World;
  let other: World;
  beforeAll(async () => {
    const url = await makeUrl();
    one = await createWorld({ url, clock: () => clock.now });
    other = await createWorld({ url, clock: () => clock.now, load: false });
  }, 60_000);
  afterAll(async () => {
    await other.close();
    await one.close();
  });

  /** The figures of a region in the order they were published, and whether each still stands. */
  async function figures(region: string): Promise<[number, boolean][]> {
    const rows = await one.db.query(
      'SELECT percent, published_to FROM stated_coverage WHERE region_code = ? AND date = ? ORDER BY published_from',
      [region, DATE],
    );
    return rows.map(({ percent, published_to }) => [Number(percent), Number(published_to) === Number.MAX_SAFE_INTEGER]);
  }

  const stateOf = async (id: string) => (await findRelease(one.db, id))?.state;

  test('of an approval refuses a draft whose cell another office has had scheduled since', async () => {
    const theirs = await draftRows(other.loader, coverage(41, '19.02'));
    const mine = await draftRows(one.loader, coverage(40, '19.02'));
    clock.now += 1000;
    await one.office.publication.approve([mine.id], APPROVER, clock.now + 10 * MINUTE);
    expect(await stateOf(mine.id)).toBe('APPROVED'); // in its stage: nothing of it is armed
    clock.now += 1000;
    const refusal = other.office.publication.approve([theirs.id], OTHER_APPROVER, clock.now + 20 * MINUTE);
    await expect(refusal).rejects.toEqual(
      expect.objectContaining({
        code: 'STALE_DRAFT',
        extensions: expect.objectContaining({ changedBy: [{ release: mine.id, cells: 1 }] }),
      }),
    );
    expect([await stateOf(mine.id), await stateOf(theirs.id)]).toEqual(['APPROVED', 'FAILED']);
  });

  test('of an arming refuses a release whose cell another office has published since it was approved', async () => {
    const at = clock.now + 10 * MINUTE;
    const mine = await draftRows(one.loader, coverage(42, '19.05'));
    await one.office.publication.approve([mine.id], APPROVER, at);
    clock.now += 1000;
    const theirs = await draftRows(other.loader, coverage(43, '19.05')); // told of the schedule, and standing by it
    clock.now += 1000;
    await other.office.publication.approve([theirs.id], OTHER_APPROVER, null);
    clock.now = at - 10_000;
    await one.office.publication.tick();
    const failed = await findRelease(one.db, mine.id);
    expect([failed?.state, failed?.failure]).toEqual([
      'FAILED',
      `Since ${mine.id} was compared, ${theirs.id} (1 cell) changed cells it has: publish its file again to see what it changes now.`,
    ]);
    expect(await figures('19.05')).toEqual([[43, true]]);
  });

  test('of an arming takes back what did not change exactly the rows that were counted', async () => {
    await publishTogether(one.office, [coverage(44, '19.06')]);
    clock.now += MINUTE;
    const causes: unknown[] = [];
    const writeLog: Log = (_level, event, facts) => void causes.push([event, facts?.cause]);
    const db = between(one.db, async (tx) => {
      await tx.query('UPDATE stated_coverage SET percent = 45 WHERE region_code = ? AND date = ?', ['19.06', DATE]);
    });
    const publication = createPublication({ ...one.loader, db }, writeLog);
    const { id } = await draftRows(one.loader, coverage(45, '19.06'));
    await publication.approve([id], APPROVER, null);
    expect([await stateOf(id), await figures('19.06')]).toEqual(['APPROVED', [[44, true]]]);
    const told = `${id}: expected to open 1 and close 1 rows, opened 0 and closed 0`;
    expect(causes).toEqual([['release.unarmed', expect.stringContaining(told)]]);
    await one.office.publication.tick(); // the same, undisturbed
    expect([await stateOf(id), await figures('19.06')]).toEqual([
      'SEALED',
      [
        [44, false],
        [45, true],
      ],
    ]);
  });
});

/** The same database, where something happens once in an arming: after it has counted, and before it closes a row. */
function between(db: Database, happen: (tx: EntityManager) => Promise<void>): Database {
  let isDone = false;
  const disturbed = (tx: EntityManager) =>
    replacing(
      tx,
      'queryRunner',
      ({ queryRunner }) =>
        queryRunner &&
        replacing(queryRunner, 'query', (runner) => async (...asked: Parameters<typeof runner.query>) => {
          if (!isDone && /^UPDATE .*SET (p\.)?published_to = /s.test(asked[0])) {
            isDone = true;
            await happen(tx);
          }
          return runner.query(...asked);
        }),
    );
  return { ...db, write: (work) => db.write((tx) => work(disturbed(tx))) };
}

/** The same object, with one property that is another. */
function replacing<T extends object>(object: T, name: keyof T, replacement: (object: T) => unknown): T {
  return new Proxy(object, {
    get: (target, wanted) => (wanted === name ? replacement(target) : Reflect.get(target, wanted, target)),
  });
}
