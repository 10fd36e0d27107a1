import { expect, test } from '@jest/globals';
import { rankCoverage } from './rank.js';
import type { Coverage } from './types.js';

/** A coverage as far as ranking looks at it. */
const percent = (value: number | null) => ({ percent: value }) as Coverage; // the other fields are only passed on

test('regions are ranked highest first; equal ones share a rank and are told by code', () => {
  const ranked = rankCoverage([
    { code: '19.06', coverage: percent(25) },
    { code: '19.05', coverage: percent(37) },
    { code: '19.01', coverage: percent(25) },
    { code: '19.02', coverage: percent(105.26) },
    { code: '19.04', coverage: percent(0) },
  ]);
  expect(ranked.map(({ rank, code, coverage }) => [rank, code, coverage.percent])).toEqual([
    [1, '19.02', 105.26],
    [2, '19.05', 37],
    [3, '19.01', 25],
    [3, '19.06', 25],
    [5, '19.04', 0],
  ]);
});

test('a region without a public percentage has no rank', () => {
  const found = [
    { code: '19.01', coverage: null },
    { code: '19.02', coverage: percent(null) },
  ];
  expect(rankCoverage(found)).toEqual([]);
});
