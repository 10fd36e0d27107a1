import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openListeners } from '../bench/listeners.js';
import { heapBytes } from '../support/heap.js';
import { until } from '../support/until.js';
import { type StartedWorld, startWorld } from '../support/world.js';

/** As many as two ends in one process may have; `npm run bench:live` has ten thousand. */
const LISTENERS = 2000;
/** For both ends of a connection. */
const MOST_BYTES_EACH = 20_000;

let world: StartedWorld;
beforeAll(async () => {
  world = await startWorld({ env: { MAX_LISTENERS_PER_ADDRESS: '0' } });
});
afterAll(() => world.stop());

const listening = async () => {
  const text = await (await fetch(`${world.url}/metrics`)).text();
  return Number(/^cakupan_live_listeners (\d+)$/m.exec(text)?.[1]);
};

/** Lets them listen, asks what somebody else would meanwhile, and lets them go. */
async function crowd() {
  const queries = Array.from({ length: 20 }, (_, n) => `{ region(code: "19.03") { a${n}: name } }`);
  const path = (n: number) => `/live?${new URLSearchParams({ query: queries[n % queries.length] ?? '' })}`;
  const before = heapBytes();
  const listeners = await openListeners(
    world.url,
    Array.from({ length: LISTENERS }, (_, n) => path(n)),
  );
  await listeners.untilEvents(1, 30_000);
  const bytesEach = (heapBytes() - before) / LISTENERS;
  const [count, begun] = [await listening(), performance.now()];
  const { data } = await world.ask('{ region(code: "19.03") { name } }');
  const waitedMs = performance.now() - begun;
  listeners.close();
  await until(async () => (await listening()) === 0);
  return { count, data, bytesEach, waitedMs, left: heapBytes() };
}

test('thousands who listen and do nothing cost little, keep nobody waiting, and leave nothing behind', async () => {
  const [first, second, third] = [await crowd(), await crowd(), await crowd()];
  const { count, data, waitedMs, left } = third;
  expect([count, data]).toEqual([LISTENERS, { region: { name: 'Kabupaten Bangka Selatan' } }]);
  // What else happens in this process while a crowd is there counts too: a cost of theirs is one every time.
  expect(Math.min(second.bytesEach, third.bytesEach)).toBeLessThan(MOST_BYTES_EACH);
  expect(waitedMs).toBeLessThan(1000);
  expect(left - first.left).toBeLessThan(2_000_000);
}, 90_000);
