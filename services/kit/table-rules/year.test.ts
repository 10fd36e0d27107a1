import { describe, expect, test } from '@jest/globals';
import { addToYear, EMPTY_YEAR, isYearSoFar } from './year.js';

/** The year after these months, from January on. */
function yearOf(figures: readonly number[]) {
  return figures.reduce((year, figure, index) => addToYear(year, `2025-0${index + 1}-28`, figure), EMPTY_YEAR);
}

describe('a month that looks like the year so far', () => {
  test('is the sum of the months before it and one like them', () => {
    const year = yearOf([100, 90, 110]);
    expect([390, 400, 600].map((now) => isYearSoFar(year, '2025-04-30', now))).toEqual([true, true, true]);
    expect([300, 620].map((now) => isYearSoFar(year, '2025-04-30', now))).toEqual([false, false]);
  });

  test('is the next step of a climb', () => {
    expect(isYearSoFar(yearOf([100, 205, 310]), '2025-04-30', 409)).toBe(true);
    expect(isYearSoFar(yearOf([100, 205, 310]), '2025-04-30', 310)).toBe(false);
  });

  test('needs every month since January', () => {
    const gap = addToYear(yearOf([100, 90]), '2025-04-30', 100);
    expect([
      isYearSoFar(gap, '2025-05-31', 400),
      isYearSoFar(yearOf([100, 90]), '2025-04-30', 300),
      isYearSoFar(yearOf([100, 90]), '2026-03-31', 300),
      isYearSoFar(EMPTY_YEAR, '2025-02-28', 300),
    ]).toEqual([false, false, false, false]);
  });
});
