import { describe, expect, test } from '@jest/globals';
import { isInForce } from './benefit-rule.js';

const until2025 = { validFrom: '2021', validTo: '2025-02-06' };
const since2025 = { validFrom: '2025-02-07', validTo: null };

describe('a rule', () => {
  test('gives way to the next one overnight', () => {
    expect([isInForce(until2025, '2025-02-06'), isInForce(since2025, '2025-02-06')]).toEqual([true, false]);
    expect([isInForce(until2025, '2025-02-07'), isInForce(since2025, '2025-02-07')]).toEqual([false, true]);
  });

  test('holds in a month or year when it holds on some day of it', () => {
    expect([isInForce(until2025, '2025-02'), isInForce(since2025, '2025-02')]).toEqual([true, true]);
    expect([isInForce(until2025, '2024'), isInForce(since2025, '2024')]).toEqual([true, false]);
  });

  test('known to the year holds from the first day of it', () => {
    expect([isInForce(until2025, '2020-12-31'), isInForce(until2025, '2021-01-01')]).toEqual([false, true]);
  });
});
