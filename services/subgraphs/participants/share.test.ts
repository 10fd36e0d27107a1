import { expect, test } from '@jest/globals';
import { fitsShare, sharePercent } from './share.js';

test('sharePercent divides persons by persons and gives percent', () => {
  expect(sharePercent({ numerator: 26_640_000, denominator: 53_040_000 })).toBe(50.23);
});

test('sharePercent is null without a denominator', () => {
  expect([sharePercent({ numerator: 5, denominator: null }), sharePercent({ numerator: 5, denominator: 0 })]).toEqual([
    null,
    null,
  ]);
});

test('sharePercent is not clipped above 100', () => {
  expect(sharePercent({ numerator: 4000, denominator: 3800 })).toBe(105.26);
});

test('sharePercent rounds half to even', () => {
  expect([
    sharePercent({ numerator: 20_001, denominator: 80_000 }),
    sharePercent({ numerator: 20_005, denominator: 40_000 }),
  ]).toEqual([25, 50.01]);
  expect([
    sharePercent({ numerator: 10_000_5, denominator: 1_000_000 }),
    sharePercent({ numerator: 10_001_5, denominator: 1_000_000 }),
  ]).toEqual([10, 10]);
});

test('sharePercent gives one decimal where the base is under a thousand', () => {
  expect(sharePercent({ numerator: 1, denominator: 999 })).toBe(0.1);
});

test('fitsShare tells a percent that its persons contradict', () => {
  expect([
    fitsShare(50.23, 0.01, { numerator: 26_640_000, denominator: 53_040_000 }),
    fitsShare(54.09, 0.01, { numerator: 49_000_000, denominator: 92_000_000 }),
  ]).toEqual([true, false]);
});
