import { describe, expect, test } from '@jest/globals';
import { type Editions, followEditions } from '../../services/gateway/edition.js';
import { openDatabase } from '../../services/kit/database.js';
import type { EditionLog, Seal } from '../../services/kit/edition.js';
import { silent } from '../../services/kit/log.js';
import { createEditionLog } from '../../services/registry/log.js';
import { REGISTRY_MIGRATIONS } from '../../services/registry/registry.js';
import { freshSqlite } from '../support/databases.js';

const START = Date.parse('2026-11-24T01:00:00Z');
const BIRTH = START - 86_400_000;
const AHEAD = START + 6000;

const seal = (instant: number, historical = false): Seal => ({
  dataset: 'disbursement',
  subgraph: 'benefits',
  instant,
  hash: `of ${instant}`,
  historical,
});

/** The edition log of a registry, and gateways with clocks of their own; time passes when the test says so. */
async function createStage() {
  const db = await openDatabase({ url: await freshSqlite(), entities: [], migrations: REGISTRY_MIGRATIONS });
  const time = { passed: 0, logSet: 0 };
  const log = createEditionLog(db, () => START + time.passed + time.logSet);
  await log.seal([seal(BIRTH, true)]);
  return {
    log,
    time,
    close: db.close,
    /** A gateway whose clock is off by so much; each of its questions, and each answer, takes so long on the way. */
    async follow(offset: number, way = { there: 0, back: 0 }, path: EditionLog = log): Promise<Editions> {
      const slow: EditionLog = {
        ...path,
        async read(after) {
          time.passed += way.there;
          const page = await path.read(after);
          time.passed += way.back;
          return page;
        },
      };
      const clocks = { clock: () => START + time.passed + offset, elapsed: () => time.passed };
      const editions = await followEditions(slow, clocks, silent);
      editions.stop(); // the test polls
      return editions;
    },
  };
}

const seenBy = (editions: Editions) => editions.pick(null).instantOf('benefits');

describe('gateways whose clocks differ', () => {
  test('F: switch at the same time, by the clock of the log, and none is early', async () => {
    const stage = await createStage();
    const gateways = await Promise.all([0, 1900, -1900, 5000, -5000].map((offset) => stage.follow(offset)));
    await stage.log.seal([seal(AHEAD)]);
    await Promise.all(gateways.map((gateway) => gateway.poll()));
    stage.time.passed = 5999;
    const before = gateways.map(seenBy);
    stage.time.passed = 6000;
    expect({ before, after: gateways.map(seenBy) }).toEqual({
      before: gateways.map(() => BIRTH),
      after: gateways.map(() => AHEAD),
    });
    await stage.close();
  });

  test('F: are not ready when they are off by more than two seconds, and say why', async () => {
    const stage = await createStage();
    const gateways = await Promise.all([1900, -1900, 5000, -5000].map((offset) => stage.follow(offset)));
    expect(gateways.map((gateway) => gateway.health().problem)).toEqual([
      null,
      null,
      "the clock of this machine is 5.0 s ahead of the edition log's: set it right",
      "the clock of this machine is 5.0 s behind the edition log's: set it right",
    ]);
    await stage.close();
  });

  test('F: switch late by what the answer of the log takes, and never early, on a slow line', async () => {
    const stage = await createStage();
    const editions = await stage.follow(0, { there: 300, back: 500 });
    await stage.log.seal([seal(AHEAD + 1000)]);
    await editions.poll();
    const instants: (readonly [number, number])[] = [];
    for (const after of [0, 499, 500]) {
      stage.time.passed = AHEAD + 1000 - START + after;
      instants.push([after, seenBy(editions)]);
    }
    expect(instants).toEqual([
      [0, BIRTH],
      [499, BIRTH],
      [500, AHEAD + 1000],
    ]);
    await stage.close();
  });

  test('F: keep to the log when their own clock is set, forward or back', async () => {
    const stage = await createStage();
    let step = 0;
    const clocks = { clock: () => START + stage.time.passed + step, elapsed: () => stage.time.passed };
    const editions = await followEditions(stage.log, clocks, silent);
    editions.stop();
    await stage.log.seal([seal(AHEAD)]);
    await editions.poll();
    stage.time.passed = 5500;
    step = 3_600_000;
    const forward = seenBy(editions);
    step = -3_600_000;
    stage.time.passed = 6000;
    expect([forward, seenBy(editions)]).toEqual([BIRTH, AHEAD]);
    await stage.close();
  });

  test('F: never go back to an edition before, not even when the clock of the log does', async () => {
    const stage = await createStage();
    const editions = await stage.follow(0);
    await stage.log.seal([seal(AHEAD)]);
    stage.time.passed = 6500;
    await editions.poll();
    const before = seenBy(editions);
    stage.time.logSet = -60_000;
    await editions.poll();
    expect([before, seenBy(editions)]).toEqual([AHEAD, AHEAD]);
    await stage.close();
  });

  test('F: that have not heard the log for three seconds say so, and still switch at what they know of', async () => {
    const stage = await createStage();
    let isCut = false;
    const path: EditionLog = {
      ...stage.log,
      read: (after) => (isCut ? Promise.reject(new Error('cut')) : stage.log.read(after)),
    };
    const editions = await stage.follow(0, { there: 0, back: 0 }, path);
    await stage.log.seal([seal(AHEAD)]);
    await editions.poll();
    isCut = true;
    const tell = async (passed: number) => {
      stage.time.passed = passed;
      await editions.poll();
      const { isStale } = editions.pick(null);
      return { isStale, instant: seenBy(editions), ...editions.health() };
    };
    const told = [await tell(3000), await tell(3001), await tell(6000)];
    isCut = false;
    told.push(await tell(6500));
    expect(told).toEqual([
      { isStale: false, instant: BIRTH, problem: null, warnings: [] },
      { isStale: true, instant: BIRTH, problem: null, warnings: ['the edition log was last heard 3.0 s ago'] },
      { isStale: true, instant: AHEAD, problem: null, warnings: ['the edition log was last heard 6.0 s ago'] },
      { isStale: false, instant: AHEAD, problem: null, warnings: [] },
    ]);
    await stage.close();
  });

  test('C: within the lease have one answer for an asOf for ever, although they hear of seals late', async () => {
    const stage = await createStage();
    const [quick, slow] = [await stage.follow(0), await stage.follow(0)];
    const seen = new Map<number, Set<string>>();
    for (let second = 0; second < 30; second += 1) {
      stage.time.passed = second * 1000;
      if (second % 7 === 0) await stage.log.seal([seal(START + stage.time.passed + 5000)]);
      await quick.poll();
      if (second % 3 === 0) await slow.poll();
      for (const editions of [quick, slow])
        for (let asked = 0; asked < stage.time.passed; asked += 500) {
          const edition = editions.pick(new Date(START + asked).toISOString());
          expect(edition.isStale).toBe(false);
          seen.set(asked, (seen.get(asked) ?? new Set()).add(edition.keyOf(['benefits'])));
        }
    }
    expect([...seen.values()].filter((keys) => keys.size > 1)).toEqual([]);
    await stage.close();
  });
});
