import { describe, expect, test } from '@jest/globals';
import { ATTEMPT_LIMITS, createAttempts, networkOf } from './attempts.js';
import { RequestError } from './errors.js';

/** Attempts with a clock of their own; `waits` gives the seconds that an address is told to wait, null for none. */
function arrange(limits = ATTEMPT_LIMITS) {
  let now = 1_000_000;
  const attempts = createAttempts(() => now, limits);
  return {
    pass: (ms: number) => {
      now += ms;
    },
    fail: (address: string, times = 1) => {
      for (let n = 0; n < times; n++) attempts.fail(address);
    },
    waits(address: string): unknown {
      try {
        attempts.demand(address);
        return null;
      } catch (error) {
        if (!(error instanceof RequestError) || error.code !== 'TOO_MANY_ATTEMPTS') throw error;
        return error.extensions.retryAfterSeconds;
      }
    },
  };
}

describe('failed attempts', () => {
  test('of one address are ten in any minute, and cost no other address anything', () => {
    const { fail, pass, waits } = arrange();
    fail('192.0.2.1');
    pass(20_000);
    fail('192.0.2.1', 8);
    expect(waits('192.0.2.1')).toBeNull();
    fail('192.0.2.1');
    expect([waits('192.0.2.1'), waits('192.0.2.2')]).toEqual([40, null]);
    pass(39_999);
    expect(waits('192.0.2.1')).toBe(1);
    pass(1);
    expect(waits('192.0.2.1')).toBeNull(); // the first one is a minute old, the other nine are not
    fail('192.0.2.1');
    expect(waits('192.0.2.1')).toBe(20);
  });

  test('of a crowd of addresses leave each one attempt, and who did not fail is not kept waiting', () => {
    const { fail, pass, waits } = arrange();
    for (let n = 0; n < 99; n++) fail(`198.51.100.${n}`);
    expect(waits('198.51.100.0')).toBeNull();
    fail('198.51.100.99');
    expect([waits('198.51.100.0'), waits('192.0.2.1')]).toEqual([60, null]);
    fail('192.0.2.1');
    expect(waits('192.0.2.1')).toBe(60);
    pass(60_000);
    expect([waits('198.51.100.0'), waits('192.0.2.1')]).toEqual([null, null]);
  });

  test('are remembered of so many addresses only, those that failed last', () => {
    const { fail, waits } = arrange({ ...ATTEMPT_LIMITS, ofOne: 1, addresses: 2 });
    fail('192.0.2.1');
    fail('192.0.2.2');
    fail('192.0.2.1');
    fail('192.0.2.3');
    expect(['1', '2', '3'].map((end) => waits(`192.0.2.${end}`))).toEqual([60, null, 60]);
  });
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:0:1::5', '2001:db8:0:1::/64'],
  ['2001:0db8:0000:0001:ffff:1:2:3', '2001:db8:0:1::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['unknown', 'unknown'],
])('address %s belongs to one caller with all of %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
