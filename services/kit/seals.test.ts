import { expect, test } from '@jest/globals';
import { eachDatabase } from '../../test/support/databases.js';
import { copySeals } from './arming.js';
import { createLogClock } from './log-clock.js';
import { createSeals } from './seals.js';
import { openSubgraphDatabase } from './subgraph-database.js';

const START = Date.parse('2026-11-24T01:00:00Z');
const AHEAD = START + 6000;
const DATASETS = ['counts', 'targets'];

eachDatabase('the seals of a host', (makeUrl) => {
  /** A host whose own clock is off by so much, and which has heard the log. */
  const start = async (offset: number) => {
    const db = await openSubgraphDatabase({ url: await makeUrl(), subgraphs: [] });
    await copySeals(db, [
      { dataset: 'counts', instant: START - 1000 },
      { dataset: 'counts', instant: AHEAD },
      { dataset: 'targets', instant: AHEAD },
    ]);
    const time = { passed: 0 };
    const logTime = createLogClock(
      () => START + time.passed + offset,
      () => time.passed,
    );
    logTime.hear(START, logTime.asking());
    return { db, time, seals: createSeals(db, DATASETS, logTime.now) };
  };

  test.each([0, 5000, -5000])(
    'F: show nothing early, and at the instant what has come, though the clock of the host is off by %d ms',
    async (offset) => {
      const { db, time, seals } = await start(offset);
      const look = async () => ({
        newest: await seals.newest(),
        counts: await seals.pick('counts', AHEAD),
        targets: await seals.pick('targets', AHEAD),
        first: seals.firstOf('targets'),
        isRefused: await seals.demand(AHEAD).then(
          () => false,
          ({ code }) => code === 'AS_OF_NOT_SEALED',
        ),
      });
      const before = await look();
      time.passed = 5999;
      const { isRefused: _isRefused, ...last } = await look(); // what comes in a millisecond is waited for
      time.passed = 6000;
      const early = { newest: START - 1000, counts: START - 1000, targets: null, first: null };
      expect({ before, last, after: await look() }).toEqual({
        before: { ...early, isRefused: true },
        last: early,
        after: { newest: AHEAD, counts: AHEAD, targets: AHEAD, first: AHEAD, isRefused: false },
      });
      await db.close();
    },
  );

  test('G: do not tell that a dataset is to be born', async () => {
    const { db, seals } = await start(0);
    await seals.newest();
    expect(DATASETS.map((dataset) => seals.firstOf(dataset))).toEqual([START - 1000, null]);
    await db.close();
  });
});
