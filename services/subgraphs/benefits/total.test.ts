import { describe, expect, test } from '@jest/globals';
import { type Part, type Total, totalsOf } from './total.js';

const SCOPE = {
  periodStart: '2023-01-01',
  periodEnd: '2023-12-31',
  periodKind: 'YEAR',
  segment: 'NOT_STATED',
  basis: 'BRANCH',
  dateBasis: null,
} as const;

/** Invented figures. */
function part(changes: Partial<Part>): Part {
  const figures = { cases: 100, amountRupiah: '1000', roundedTo: 1, obsStatus: 'A', confStatus: 'F' };
  return { ...SCOPE, program: 'JKK', benefitType: 'ALL', ...figures, ...changes };
}

const fivePrograms = (['JKK', 'JKM', 'JHT', 'JP', 'JKP'] as const).map((program) => part({ program }));

function without<P extends Part>({ parts, ...total }: Total<P>) {
  return { ...total, programs: parts.map(({ program }) => program) };
}

describe('the total of a period', () => {
  test('is what a source states, though its programmes add up to something else', () => {
    const stated = part({ program: 'ALL', cases: 512, amountRupiah: '183500000000', roundedTo: 100000000 });
    expect(totalsOf([...fivePrograms, stated]).map(without)).toEqual([
      {
        ...SCOPE,
        origin: 'STATED',
        programs: ['ALL'],
        cases: 512,
        amountRupiah: '183500000000',
        roundedTo: 100000000,
        obsStatus: 'A',
        confStatus: 'F',
      },
    ]);
  });

  test('is the exact sum of its programmes where none is stated', () => {
    const large = part({ program: 'JHT', cases: 12613, amountRupiah: '9007199254740993', roundedTo: 100 });
    const parts = fivePrograms.map((one) => (one.program === 'JHT' ? large : one));
    expect(totalsOf(parts).map(without)).toEqual([
      {
        ...SCOPE,
        origin: 'SUMMED',
        programs: ['JKK', 'JKM', 'JHT', 'JP', 'JKP'],
        cases: 13013,
        amountRupiah: '9007199254744993',
        roundedTo: 100,
        obsStatus: 'A',
        confStatus: 'F',
      },
    ]);
  });

  test('is withheld when one of its programmes is', () => {
    const withheld = part({ program: 'JKP', cases: null, amountRupiah: null, obsStatus: 'Q', confStatus: 'A' });
    const [total] = totalsOf([...fivePrograms.slice(0, 4), withheld]);
    expect(total).toMatchObject({ cases: null, amountRupiah: null, obsStatus: 'Q', confStatus: 'S', origin: 'SUMMED' });
  });

  test('is withheld when the source withholds it, and is not put together from its programmes', () => {
    const withheld = part({ program: 'ALL', cases: null, amountRupiah: null, obsStatus: 'Q', confStatus: 'S' });
    const [total] = totalsOf([...fivePrograms, withheld]);
    expect(total).toMatchObject({ cases: null, amountRupiah: null, obsStatus: 'Q', confStatus: 'S', origin: 'STATED' });
  });

  test('is missing when one of its programmes is withdrawn: what is missing is not added as zero', () => {
    const withdrawn = part({ program: 'JKP', cases: null, amountRupiah: null, obsStatus: 'O' });
    const [total] = totalsOf([...fivePrograms.slice(0, 4), withdrawn]);
    expect(total).toMatchObject({ cases: null, amountRupiah: null, obsStatus: 'O', confStatus: 'F', origin: 'SUMMED' });
  });

  test('that is withdrawn is not put together from its programmes', () => {
    const withdrawn = part({ program: 'ALL', cases: null, amountRupiah: null, obsStatus: 'O' });
    const [total] = totalsOf([...fivePrograms, withdrawn]);
    expect(total).toMatchObject({ cases: null, amountRupiah: null, obsStatus: 'O', origin: 'STATED' });
  });

  test('is withheld rather than missing when one part is the one and another the other', () => {
    const gone = { cases: null, amountRupiah: null };
    const parts = [part({ program: 'JKP', ...gone, obsStatus: 'Q' }), part({ program: 'JP', ...gone, obsStatus: 'O' })];
    expect(totalsOf([...fivePrograms.slice(0, 3), ...parts])[0]).toMatchObject({ obsStatus: 'Q', confStatus: 'S' });
  });

  test('lacks only the figure that one of its programmes lacks', () => {
    const [total] = totalsOf([...fivePrograms.slice(0, 4), part({ program: 'JKP', cases: null })]);
    expect(total).toMatchObject({ cases: null, amountRupiah: '5000', obsStatus: 'A' });
  });

  test('is as weak as its weakest programme', () => {
    const parts = [part({ program: 'JKP', obsStatus: 'P' }), part({ program: 'JP', obsStatus: 'E' })];
    expect(totalsOf([...fivePrograms.slice(0, 3), ...parts])[0]?.obsStatus).toBe('E');
  });

  test('does not exist while a programme is missing', () => {
    expect(totalsOf(fivePrograms.slice(0, 4))).toEqual([]);
  });

  test('takes the programmes that its segment can claim from', () => {
    const parts = fivePrograms.slice(0, 2).map((one) => ({ ...one, segment: 'JAKON' as const }));
    expect(totalsOf(parts)).toMatchObject([{ segment: 'JAKON', cases: 200, amountRupiah: '2000' }]);
  });

  test('never takes a part of a programme, nor the pair of two', () => {
    const parts = [
      part({ benefitType: 'RTW', amountRupiah: '7' }),
      part({ program: 'JKK_JKM', benefitType: 'SCHOLARSHIP', amountRupiah: '7' }),
      part({ program: 'JKK_JKM', amountRupiah: '7' }),
    ];
    expect(totalsOf([...fivePrograms, ...parts])).toMatchObject([{ cases: 500, amountRupiah: '5000' }]);
  });

  test.each<[string, Partial<Part>]>([
    ['a year to date', { periodKind: 'YTD' }],
    ['another period', { periodStart: '2022-01-01', periodEnd: '2022-12-31' }],
    ['another segment', { segment: 'PU' }],
    ['another place basis', { basis: 'RESIDENCE' }],
    ['another date basis', { dateBasis: 'PAID' }],
  ])('is not mixed with %s', (_, changes) => {
    const others = fivePrograms.map((one) => ({ ...one, ...changes, cases: 1 }));
    expect(totalsOf([...fivePrograms, ...others]).map(({ cases }) => cases)).toEqual([500, 5]);
    expect(totalsOf([...fivePrograms.slice(0, 4), ...others.slice(4)])).toEqual([]);
  });
});
