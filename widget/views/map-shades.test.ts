import { describe, expect, test } from '@jest/globals';
import { shadeOf, shadesOf } from './map-shades.js';

describe('the shades', () => {
  test('are the narrowest classes of 1, 2 or 5 that four of them hold all values', () => {
    expect([[33.1], [21, 31.5], [3, 9], [0, 100], [12, 105], [0.2, 3.9]].map(shadesOf)).toEqual([
      { start: 33, step: 1, count: 1 },
      { start: 20, step: 5, count: 3 },
      { start: 2, step: 2, count: 4 },
      { start: 0, step: 50, count: 2 },
      { start: 0, step: 50, count: 3 },
      { start: 0, step: 1, count: 4 },
    ]);
  });

  test('hold figures far above a hundred, and a whole number alone', () => {
    expect([[10, 12_345], [50], [0]].map(shadesOf)).toEqual([
      { start: 0, step: 5000, count: 3 },
      { start: 50, step: 1, count: 1 },
      { start: 0, step: 1, count: 1 },
    ]);
  });

  test('are none without values', () => {
    expect(shadesOf([]).count).toBe(0);
  });

  test('put a bound into the class above it, but the uppermost', () => {
    const shades = { start: 20, step: 5, count: 3 };
    expect([20, 24.99, 25, 34.9, 35].map((percent) => shadeOf(percent, shades))).toEqual([0, 0, 1, 2, 2]);
  });
});
