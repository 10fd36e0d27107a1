import { describe, expect, test } from '@jest/globals';
import { isUnusual } from './deviation.js';

describe('a change', () => {
  test('is unusual beyond four robust deviations of those before, one of them wild', () => {
    const before = [0.01, 0.02, 0.03, 0.02, 0.01, 0.02, 0.9]; // median 0.02, median distance 0.01
    expect([isUnusual(0.079, before), isUnusual(0.08, before), isUnusual(-0.04, before)]).toEqual([false, true, true]);
  });

  test('is not unusual by less than rounding makes, nor where little is known', () => {
    const steady = [0.01, 0.01, 0.01, 0.01, 0.01, 0.01];
    expect([isUnusual(0.029, steady), isUnusual(0.031, steady), isUnusual(9, steady.slice(1))]).toEqual([
      false,
      true,
      false,
    ]);
  });
});
