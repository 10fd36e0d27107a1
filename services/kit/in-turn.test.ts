import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { oneAtATime, someAtATime } from './in-turn.js';

test('work that is done some at a time begins in its order, never more at once, and one that fails keeps no other', async () => {
  let running = 0;
  let most = 0;
  const [begun, failed]: [number[], unknown[]] = [[], []];
  const work = async (item: number) => {
    begun.push(item);
    running += 1;
    most = Math.max(most, running);
    await wait((item * 7) % 5);
    running -= 1;
    if (item % 10 === 3) throw new Error(`failed at ${item}`);
  };
  const items = Array.from({ length: 40 }, (_, n) => n);
  await someAtATime(6, items, work, (error) => failed.push(error));
  expect({ begun, most, running, failed: failed.map(String).sort() }).toEqual({
    begun: items,
    most: 6,
    running: 0,
    failed: ['Error: failed at 13', 'Error: failed at 23', 'Error: failed at 3', 'Error: failed at 33'],
  });
});

test('of nothing there is nothing to do', async () => {
  await someAtATime(
    3,
    [],
    () => Promise.reject(new Error('asked')),
    (error) => {
      throw error;
    },
  );
});

test('work that is done one at a time follows one that failed', async () => {
  const inTurn = oneAtATime();
  const first = inTurn(async () => {
    throw new Error('first');
  });
  expect(await Promise.allSettled([first, inTurn(async () => 'second')])).toMatchObject([
    { status: 'rejected' },
    { status: 'fulfilled', value: 'second' },
  ]);
});
