import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pool } from 'undici';
import { openPool, remoteClient } from '../../services/gateway/remote-client.js';
import { silent } from '../../services/kit/log.js';
import { startOutsideGateway, type TestGateway } from '../support/gateway.js';
import { type HostileSubgraph, MISCHIEF, sends, startHostile } from '../support/hostile-subgraph.js';
import { until } from '../support/until.js';

const GOOD = sends('{"data":{"count":3}}');
const BREAKER = { window: 4, fewest: 4, share: 0.5, restMs: 100 };

let far: HostileSubgraph;
let pool: Pool;
let gateway: TestGateway;
let asked = 0;

beforeAll(async () => {
  far = await startHostile();
  pool = openPool(far.origin, { calls: 8, timeoutMs: 5000 });
  const options = {
    name: 'far',
    path: '/graphql',
    pool,
    timeoutMs: 5000,
    log: silent,
    bounds: { breaker: BREAKER, isShared: false },
  };
  gateway = await startOutsideGateway([
    { name: 'far', sdl: 'type Query { count: Int }', client: remoteClient(options) },
  ]);
});
afterAll(async () => {
  await gateway.stop();
  await pool.destroy();
  await far.stop();
});

/** Asks what was not asked before; the count, or the code of the error. */
async function ask(): Promise<unknown> {
  asked += 1;
  const { result } = await gateway.ask(`query Q${asked} { count }`);
  return result.errors?.[0]?.extensions?.code ?? result.data?.count;
}

/** What a scrape sees: 1 where the subgraph rests. */
async function resting(): Promise<number> {
  return Number(/^cakupan_subgraph_resting\{subgraph="far"\} (\d)$/m.exec(await gateway.scrape())?.[1]);
}

const DOWN = 'SUBGRAPH_UNAVAILABLE';

/** Asks until a rest is over, however long it is, and one call is let through that is answered when the test says so. */
async function tryOnce(answer: typeof GOOD) {
  const held: (() => void)[] = [];
  far.behave((request, response) => void held.push(() => answer(request, response)));
  let tried = ask();
  await until(async () => {
    const isOver = await Promise.race([tried.then(() => true), wait(20, false)]);
    if (isOver) tried = ask();
    return held.length > 0;
  });
  return {
    async end() {
      far.behave(answer);
      held[0]?.();
      return tried;
    },
  };
}

describe('the metric of a subgraph that is left alone', () => {
  test('is 0 while it is well, and 1 from when it failed too often until a call that tries it was answered', async () => {
    far.behave(GOOD);
    const well = [await ask(), await resting()];
    far.behave(MISCHIEF['fails with 500']);
    for (let n = 0; n < 4; n += 1) await ask();
    const failed = await resting();
    const first = await tryOnce(MISCHIEF['fails with 500']);
    far.requests();
    const meanwhile = [await ask(), far.requests().length, await resting()];
    const again = [await first.end(), await resting()];
    const second = await tryOnce(GOOD);
    const tried = await resting();
    const recovered = [await second.end(), await resting(), await ask()];
    expect({ well, failed, meanwhile, again, tried, recovered }).toEqual({
      well: [3, 0],
      failed: 1,
      meanwhile: [DOWN, 0, 1],
      again: [DOWN, 1],
      tried: 1,
      recovered: [3, 0, 3],
    });
  });
});
