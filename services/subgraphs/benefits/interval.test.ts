import { describe, expect, test } from '@jest/globals';
import { fitsKind } from './interval.js';
import type { PeriodKind } from './words.js';

describe('an interval', () => {
  test.each<[PeriodKind, string, string]>([
    ['MONTH', '2024-02-01', '2024-02-29'],
    ['QUARTER', '2024-10-01', '2024-12-31'],
    ['YEAR', '2024-01-01', '2024-12-31'],
    ['YTD', '2024-01-01', '2024-10-31'],
    ['YTD', '2024-01-01', '2024-12-31'],
  ])('fits %s when it is %s to %s', (kind, start, end) => {
    expect(fitsKind(kind, { start, end })).toBe(true);
  });

  test.each<[PeriodKind, string, string]>([
    ['MONTH', '2024-01-01', '2024-10-31'], // a year to date sent as a month
    ['MONTH', '2024-02-01', '2024-02-28'],
    ['QUARTER', '2024-02-01', '2024-04-30'],
    ['YEAR', '2024-01-01', '2024-10-31'],
    ['YTD', '2024-02-01', '2024-10-31'],
    ['YTD', '2023-01-01', '2024-10-31'],
  ])('does not fit %s when it is %s to %s', (kind, start, end) => {
    expect(fitsKind(kind, { start, end })).toBe(false);
  });
});
