import { describe, expect, test } from '@jest/globals';
import type { Course, Spot } from './trend-course.js';
import { scaleOf } from './trend-scale.js';

const scale = (percents: readonly (number | null)[], targets: readonly number[] = []) => {
  const spots = percents.map((percent, at) => ({ percent, at }) as Spot); // a scale asks for no more
  return scaleOf({ spots, targets: targets.map((percent) => ({ percent })) } as unknown as Course); // likewise
};

describe('the scale of percents', () => {
  test('begins at zero', () => {
    expect(scale([27.24, 40.27]).ticks).toEqual([0, 20, 40, 60]);
    expect(scale([0]).ticks).toEqual([0, 0.1]);
  });

  test('begins higher where all values would lie on one flat line', () => {
    expect(scale([96.1, 97.2]).ticks).toEqual([96, 96.5, 97, 97.5]);
  });

  test('begins at zero for values that do not differ', () => {
    expect(scale([96, 96]).ticks).toEqual([0, 50, 100]);
  });

  test('goes past 100 where a value does', () => {
    expect(scale([90, 20, 106.7]).ticks).toEqual([0, 50, 100, 150]);
  });

  test('has room for a target', () => {
    const { ticks, y } = scale([30], [57.17]);
    expect(ticks).toEqual([0, 20, 40, 60]);
    expect([y(60), y(30), y(0)]).toEqual([0, 50, 100]);
  });

  test('is absent without a number', () => {
    expect(scale([null, null]).ticks).toEqual([]);
  });
});

describe('the scale of time', () => {
  test('runs from the first figure to the last, whatever lies outside', () => {
    const { x } = scale([1, 2, 3]);
    expect([x(-5), x(0), x(1), x(2), x(9)]).toEqual([3, 3, 50, 97, 97]);
  });

  test('has one figure in its middle', () => {
    expect(scale([1]).x(0)).toBe(50);
  });
});
