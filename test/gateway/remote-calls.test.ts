import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Pool } from 'undici';
import { createBudget } from '../../services/gateway/budget.js';
import { createGatewayContext, type GatewayContext } from '../../services/gateway/context.js';
import type { Edition } from '../../services/gateway/edition.js';
import { openPool, type RemoteBounds, remoteClient } from '../../services/gateway/remote-client.js';
import { RequestError } from '../../services/kit/errors.js';
import { silent } from '../../services/kit/log.js';
import { type HostileSubgraph, MISCHIEF, sends, startHostile } from '../support/hostile-subgraph.js';

const GOOD = sends('{"data":{"count":3,"more":{"deep":[1]}}}');
const slowly =
  (ms: number): typeof GOOD =>
  (request, response) =>
    setTimeout(() => GOOD(request, response), ms);

let far: HostileSubgraph;
let pool: Pool;

beforeAll(async () => {
  far = await startHostile();
  pool = openPool(far.origin, { calls: 16, timeoutMs: 500 });
});
beforeEach(() => {
  far.behave(GOOD);
  far.requests();
});
afterAll(async () => {
  await pool.destroy();
  await far.stop();
});

const EDITION: Edition = {
  isPinned: false,
  isStale: false,
  redactions: 0,
  id: '',
  instantOf: () => 7,
  keyOf: () => '',
};

function client(bounds: Partial<RemoteBounds> = {}, timeoutMs = 500) {
  const remote = remoteClient({ name: 'far', path: '/graphql', pool, timeoutMs, log: silent, bounds });
  return (context: GatewayContext = createGatewayContext(EDITION), variables = '{}') =>
    remote.ask({ operation: '{ count more { deep } }', operationName: null, variables }, context);
}

/** The code and, where it says it, when to ask again; "answered" for an answer. */
async function outcome(answer: Promise<unknown>): Promise<unknown> {
  try {
    await answer;
    return 'answered';
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const { code, retryAfterSeconds } = error.extensions;
    return retryAfterSeconds === undefined ? code : [code, retryAfterSeconds];
  }
}

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

describe('calls that are the same at the same time', () => {
  test('are made once, and each gets an answer of its own', async () => {
    far.behave(slowly(50));
    const ask = client();
    const answers = await Promise.all(times(20, () => ask()));
    const [first, ...others] = answers.map(({ data }) => data as { more: { deep: number[] } }); // as asked
    first?.more.deep.push(2); // as the executor may
    const untouched = { count: 3, more: { deep: [1] } };
    expect([far.requests().length, others]).toEqual([1, times(19, () => untouched)]);
  });

  test.each<[string, GatewayContext, string]>([
    ['variables', createGatewayContext(EDITION), '{"a":1}'],
    ['the instant', createGatewayContext({ ...EDITION, instantOf: () => 8 }), '{}'],
    ['the redactions', createGatewayContext({ ...EDITION, redactions: 1 }), '{}'],
  ])('are not the same with other values of %s', async (_, context, variables) => {
    far.behave(slowly(50));
    const ask = client();
    await Promise.all([ask(), ask(context, variables)]);
    expect(far.requests()).toHaveLength(2);
  });

  test('are made anew once the answer came, and each by itself where sharing is off', async () => {
    const ask = client();
    await ask();
    await ask();
    const alone = client({ isShared: false });
    await Promise.all([alone(), alone(), alone()]);
    expect(far.requests()).toHaveLength(5);
  });

  test('fail together, and one that has less time leaves earlier', async () => {
    far.behave(MISCHIEF.hangs);
    const ask = client();
    const started = performance.now();
    const patient = [outcome(ask()), outcome(ask())];
    const hasty = await outcome(ask(createGatewayContext(EDITION, createBudget(60))));
    const hastyMs = performance.now() - started;
    expect([hasty, await Promise.all(patient), far.requests().length]).toEqual([
      'SUBGRAPH_UNAVAILABLE',
      ['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE'],
      2, // the second time it was made once more
    ]);
    expect(hastyMs).toBeLessThan(400);
  });

  test('do not join one that its request cuts short', async () => {
    far.behave(slowly(150));
    const ask = client();
    const short = outcome(ask(createGatewayContext(EDITION, createBudget(50))));
    expect([await outcome(ask()), await short]).toEqual(['answered', 'SUBGRAPH_UNAVAILABLE']);
  });
});

describe('the time of a request', () => {
  test('is told to the subgraph, no more of it than one call may take', async () => {
    const ask = client();
    await ask();
    await ask(createGatewayContext(EDITION, createBudget(200)));
    const [full, short] = far.requests().map(({ headers }) => Number(headers['time-left-ms']));
    expect(full).toBe(500);
    expect(short).toBeGreaterThan(100);
    expect(short).toBeLessThanOrEqual(200);
  });

  test('bounds all calls of the request together', async () => {
    far.behave(slowly(300));
    const ask = client();
    const context = createGatewayContext(EDITION, createBudget(750));
    const outcomes: unknown[] = [];
    for (let n = 0; n < 4; n += 1) outcomes.push(await outcome(ask(context)));
    expect(outcomes).toEqual(['answered', 'answered', 'SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE']);
    expect(far.requests()).toHaveLength(3); // none without time
  });

  test('lets a silent call be made once more only while some of it is left', async () => {
    far.behave(MISCHIEF.hangs);
    const ask = client({}, 600);
    const started = performance.now();
    await outcome(ask(createGatewayContext(EDITION, createBudget(900))));
    expect(far.requests()).toHaveLength(2);
    expect(performance.now() - started).toBeLessThan(1800);
  });
});

describe('a subgraph that fails too often', () => {
  const breaker = { window: 10, fewest: 4, share: 0.5, restMs: 1000 };

  test('is left alone for a while, then one call decides', async () => {
    const ask = client({ breaker, isShared: false });
    far.behave(MISCHIEF['fails with 500']);
    for (let n = 0; n < 4; n += 1) await outcome(ask());
    const resting = await Promise.all(times(5, () => outcome(ask())));
    expect([far.requests().length, resting]).toEqual([4, times(5, () => ['SUBGRAPH_UNAVAILABLE', 1])]);

    await wait(2250);
    const failed = await Promise.all(times(5, () => outcome(ask()))); // one of them tries
    expect([far.requests().length, failed.filter((one) => one === 'SUBGRAPH_UNAVAILABLE').length]).toEqual([1, 1]);

    far.behave(GOOD);
    await wait(6000);
    await outcome(ask());
    expect(await Promise.all(times(5, () => outcome(ask())))).toEqual(times(5, () => 'answered'));
  });

  test('is not one whose callers had no time', async () => {
    far.behave(slowly(100));
    const ask = client({ breaker, isShared: false });
    const hasty = () => outcome(ask(createGatewayContext(EDITION, createBudget(20))));
    await Promise.all(times(8, hasty));
    expect(await outcome(ask())).toBe('answered');
  });

  test('is not one that tells errors of GraphQL', async () => {
    far.behave(sends('{"data":null,"errors":[{"message":"no","extensions":{"code":"BAD_REGION_CODE"}}]}'));
    const ask = client({ breaker });
    for (let n = 0; n < 8; n += 1) await ask();
    expect(far.requests()).toHaveLength(8);
  });
});

describe('calls of one subgraph at once', () => {
  test('are no more than allowed; some wait, the rest are told when to ask again', async () => {
    let running = 0;
    let most = 0;
    far.behave((request, response) => {
      running += 1;
      most = Math.max(most, running);
      setTimeout(() => {
        running -= 1;
        GOOD(request, response);
      }, 50);
    });
    const ask = client({ calls: 2, waiting: 3, isShared: false });
    const outcomes = await Promise.all(times(8, () => outcome(ask())));
    expect([most, outcomes.filter((one) => one === 'answered').length, outcomes.slice(5)]).toEqual([
      2,
      5,
      times(3, () => ['SUBGRAPH_UNAVAILABLE', 1]),
    ]);
    expect(await outcome(ask())).toBe('answered');
  });

  test('do not wait for their turn longer than a call may take', async () => {
    far.behave(MISCHIEF.hangs);
    const ask = client({ calls: 1, waiting: 10, isShared: false }, 100);
    const started = performance.now();
    await Promise.all(times(5, () => outcome(ask(createGatewayContext(EDITION, createBudget(200))))));
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('keep their connections', async () => {
    const ports = new Set<number | undefined>();
    far.behave((request, response) => {
      ports.add(request.socket.remotePort);
      GOOD(request, response);
    });
    const own = openPool(far.origin, { calls: 16, timeoutMs: 500 });
    const remote = remoteClient({ name: 'far', path: '/graphql', pool: own, timeoutMs: 500, log: silent });
    const request = { operation: '{ count more { deep } }', operationName: null, variables: '{}' };
    for (let n = 0; n < 20; n += 1) await remote.ask(request, createGatewayContext(EDITION));
    await own.destroy();
    expect(ports.size).toBeLessThanOrEqual(4); // some may still be closing its answer when the next call begins
  });
});
