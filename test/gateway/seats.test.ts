import { afterEach, describe, expect, test } from '@jest/globals';
import { createSeats } from '../../services/gateway/seats.js';
import { until } from '../support/until.js';
import { type StartedWorld, startWorld } from '../support/world.js';

let world: StartedWorld;
const leaving: AbortController[] = [];
afterEach(async () => {
  for (const one of leaving.splice(0)) one.abort();
  await world.stop();
});

const LIVE = `/live?${new URLSearchParams({ query: '{ region(code: "19.03") { name } }' })}`;

/** Opens a live query from an address; its status, with the code and the seconds to wait where it was refused. */
async function open(address: string, url = LIVE) {
  const abort = new AbortController();
  leaving.push(abort);
  const headers = { 'x-forwarded-for': address };
  const response = await fetch(`${world.url}${url}`, { signal: abort.signal, headers });
  if (response.ok) return [response.status];
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  return [response.status, errors[0]?.extensions.code, response.headers.get('retry-after')];
}

const openSeveral = async (count: number, address: string) => {
  const opened = [];
  for (let n = 0; n < count; n += 1) opened.push(await open(address));
  return opened;
};

const listeners = async () => {
  const text = await (await fetch(`${world.url}/metrics`)).text();
  return Number(/^cakupan_live_listeners (\d+)$/m.exec(text)?.[1]);
};

describe('an address that listens to as many live answers as one may', () => {
  test('is refused another until one of them ends, and nobody else is', async () => {
    world = await startWorld({ env: { MAX_LISTENERS_PER_ADDRESS: '3' } });
    const opened = await openSeveral(4, '203.0.113.1');
    expect(opened).toEqual([[200], [200], [200], [429, 'TOO_MANY_REQUESTS', '30']]);
    expect(await open('203.0.113.2')).toEqual([200]);
    leaving[0]?.abort();
    await until(async () => (await listeners()) === 3);
    expect(await openSeveral(2, '203.0.113.1')).toEqual([[200], [429, 'TOO_MANY_REQUESTS', '30']]);
  });

  test('has of IPv6 all that begins with the same 64 bits', async () => {
    world = await startWorld({ env: { MAX_LISTENERS_PER_ADDRESS: '1' } });
    const opened = [];
    for (const address of ['2001:db8:0:1::1', '2001:db8:0:1:ffff::2', '2001:db8:0:2::1'])
      opened.push(await open(address));
    expect(opened).toEqual([[200], [429, 'TOO_MANY_REQUESTS', '30'], [200]]);
  });

  test('holds no place for what was refused', async () => {
    world = await startWorld({ env: { MAX_LISTENERS_PER_ADDRESS: '1' } });
    const refused = await open('203.0.113.1', '/live');
    expect([refused, await open('203.0.113.1')]).toEqual([[400, 'BAD_REQUEST', null], [200]]);
  });
});

describe('an address that opens live answers faster than its rate', () => {
  test('is told when to come back, also where it left at once, and what it has computed is counted with it', async () => {
    world = await startWorld({ env: { RATE_PER_MINUTE: '4' } });
    const address = '203.0.113.1';
    await ask(address);
    const opened = await openSeveral(2, address);
    for (const one of leaving.splice(0)) one.abort();
    const over = [429, 'TOO_MANY_REQUESTS', expect.stringMatching(/^([1-9]|[1-5]\d|60)$/)];
    expect([opened, await openSeveral(3, address)]).toEqual([
      [[200], [200]],
      [[200], over, over],
    ]);
    expect(await open('203.0.113.2')).toEqual([200]);
  });

  async function ask(address: string): Promise<void> {
    const query = new URLSearchParams({ query: '{ region(code: "19.04") { name } }' });
    await (await fetch(`${world.url}/graphql?${query}`, { headers: { 'x-forwarded-for': address } })).text();
  }
});

test('no address is remembered once it holds nothing, and any number is held where none is set', async () => {
  const seats = createSeats(0);
  for (let n = 0; n < 5000; n += 1) seats.take('203.0.113.1');
  for (let n = 0; n < 5000; n += 1) seats.free('203.0.113.1');
  const single = createSeats(1);
  single.take('203.0.113.1');
  single.free('203.0.113.1');
  expect(() => single.take('203.0.113.1')).not.toThrow();
});
