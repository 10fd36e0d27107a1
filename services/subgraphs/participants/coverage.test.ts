import { describe, expect, test } from '@jest/globals';
import { boundsOf, chooseFinding, type Finding, flagsOf, newestFirst, percentOf } from './coverage.js';

/** An invented figure as a source states it; `derived` has no percent of its own. */
function stated(fields: Partial<Finding> = {}): Finding {
  return {
    origin: 'STATED',
    indicatorId: 'ucj',
    category: 'ALL',
    date: '2024-12',
    percent: 33.1,
    roundedTo: 0.01,
    qualifier: null,
    numerator: null,
    denominator: null,
    denominatorDate: null,
    obsStatus: 'A',
    rse: null,
    ...fields,
  };
}

function derived(fields: Partial<Finding> = {}): Finding {
  const parts = { numerator: 250, denominator: 1000, denominatorDate: '2024-08' };
  return stated({ origin: 'DERIVED', percent: null, roundedTo: null, ...parts, ...fields });
}

describe('the percent of a figure', () => {
  test('is as stated, never recomputed', () => {
    expect(percentOf(stated({ percent: 54.09, numerator: 49, denominator: 92 }))).toBe(54.09);
  });

  test('is derived where nothing is stated, and may exceed 100', () => {
    expect([percentOf(derived()), percentOf(derived({ numerator: 4000, denominator: 3800 }))]).toEqual([25, 105.26]);
  });

  test('is null where it is withheld, or a part is missing', () => {
    expect(
      [stated({ percent: null }), derived({ denominator: null }), derived({ numerator: null })].map(percentOf),
    ).toEqual([null, null, null]);
  });
});

describe('the flags of a figure', () => {
  test.each([
    ['nothing', stated(), []],
    ['100 percent', stated({ percent: 100 }), []],
    ['more than 100 percent', stated({ percent: 100.01 }), ['OVER_100']],
    ['a word before the number', stated({ qualifier: 'ABOUT' }), ['APPROXIMATE']],
    ['a denominator 18 months old', derived({ denominatorDate: '2023-06' }), []],
    ['a denominator 19 months old', derived({ denominatorDate: '2023-05' }), ['STALE_DENOMINATOR']],
    ['a denominator of a year, taken as its January', derived({ denominatorDate: '2023' }), ['STALE_DENOMINATOR']],
    ['the date of a denominator that is not stated', stated({ denominatorDate: '2010' }), []],
    ['an error of 25 percent', derived({ rse: 25 }), []],
    ['an error above 25 percent', derived({ rse: 25.1 }), ['LOW_RELIABILITY']],
    ['a status that says so', stated({ obsStatus: 'U' }), ['LOW_RELIABILITY']],
    ['persons that give the percent', stated({ percent: 50.23, numerator: 26_640_000, denominator: 53_040_000 }), []],
    [
      'persons that give another percent',
      stated({ percent: 54.09, numerator: 49_000_000, denominator: 92_000_000 }),
      ['INCONSISTENT'],
    ],
    ['persons and an unknown rounding', stated({ roundedTo: null, numerator: 49, denominator: 92 }), []],
    [
      'all of it',
      stated({
        percent: 120,
        qualifier: 'ALMOST',
        numerator: 1,
        denominator: 100,
        denominatorDate: '2010',
        obsStatus: 'U',
      }),
      ['OVER_100', 'STALE_DENOMINATOR', 'LOW_RELIABILITY', 'APPROXIMATE', 'INCONSISTENT'],
    ],
  ])('tell of %s', (_, finding, flags) => {
    expect(flagsOf(finding)).toEqual(flags);
  });
});

describe('the bounds of a figure', () => {
  test.each([
    ['rounded to a hundredth', stated({ percent: 40.27 }), 40.265, 40.275],
    ['rounded to a whole percent', stated({ percent: 35, roundedTo: 1 }), 34.5, 35.5],
    ['of zero', stated({ percent: 0, roundedTo: 1 }), 0, 0.5],
    ['about something', stated({ percent: 21, roundedTo: 1, qualifier: 'ABOUT' }), null, null],
    ['more than something', stated({ percent: 50, roundedTo: 1, qualifier: 'MORE_THAN' }), 50, null],
    ['almost something', stated({ percent: 50, roundedTo: 1, qualifier: 'ALMOST' }), null, 50],
    ['of unknown rounding', stated({ roundedTo: null }), null, null],
    ['withheld', stated({ percent: null }), null, null],
    ['derived', derived(), null, null],
  ])('%s', (_, finding, lower, upper) => {
    expect(boundsOf(finding)).toEqual({ lower, upper });
  });
});

describe('the figure that answers for a region', () => {
  const RANKS: Readonly<Record<string, number>> = { ucj: 1, ucj_jakon: 2, unstated: 7 };
  const rankOf = (id: string) => RANKS[id] ?? null;

  test('is of the first indicator by rank that has one, the newest of it', () => {
    const findings = [
      stated({ indicatorId: 'unstated', date: '2025-12' }),
      stated({ indicatorId: 'ucj_jakon', date: '2025-06' }),
      stated({ indicatorId: 'ucj_jakon', date: '2025-11' }),
      stated({ indicatorId: 'ucj_jakon', date: '2025-01' }),
    ];
    expect(chooseFinding(findings, rankOf)).toEqual({ answer: findings[2], derived: null });
  });

  test('is never of an indicator that does not answer by default', () => {
    expect(
      chooseFinding([stated({ indicatorId: 'category_full' }), stated({ indicatorId: 'share_of_target' })], rankOf),
    ).toBe(null);
  });

  test('is the stated one, with the derived one beside it, even where that is newer', () => {
    const [one, other] = [stated({ date: '2024-12' }), derived({ date: '2025-12' })];
    expect(chooseFinding([other, one], rankOf)).toEqual({ answer: one, derived: other });
  });

  test('is the derived one where nothing is stated of its indicator', () => {
    const [one, other] = [derived(), stated({ indicatorId: 'ucj_jakon' })];
    expect(chooseFinding([other, one], rankOf)).toEqual({ answer: one, derived: null });
  });

  test('is none where there is none', () => {
    expect(chooseFinding([], rankOf)).toBe(null);
  });
});

test('figures are told newest first; one known to the year only is not taken to be newer than a dated one', () => {
  const dates = ['2024', '2024-10-12', '2025-06-01', '2024-10', '2024-12'].map((date) => ({ date }));
  expect(dates.sort(newestFirst).map(({ date }) => date)).toEqual([
    '2025-06-01',
    '2024-12',
    '2024-10-12',
    '2024-10',
    '2024',
  ]);
});
