import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eachDatabase } from '../../../test/support/databases.js';
import { emptyTables, publishRows, type TableTest, tableProblems, told } from '../../../test/support/table-problems.js';
import type { Row } from '../../kit/dataset.js';
import { openSubgraphDatabase } from '../../kit/subgraph-database.js';
import { DATASETS, participantCount, populationBase, statedCoverage } from './datasets.js';
import { administratorFits, percentFitsFigures } from './invariants.js';
import { subgraph } from './subgraph.js';

const INVENTED = { obs_status: 'E', conf_status: 'F', source_id: 'invented' } as const;

/** A count of the regency 19.03, active in PU and JKK. */
function count(value: number | null, cells: Row = {}): Row {
  return {
    region_code: '19.03',
    date: '2025-03',
    segment: 'PU',
    program: 'JKK',
    status: 'ACTIVE',
    category: 'ALL',
    administrator: 'BPJSTK',
    payer: null,
    basis: 'BRANCH',
    value,
    ...INVENTED,
    ...cells,
  };
}

eachDatabase('a file of participants', (makeUrl) => {
  let here: TableTest;
  beforeAll(async () => {
    here = { db: await openSubgraphDatabase({ url: await makeUrl(), subgraphs: [subgraph] }), datasets: DATASETS };
  });
  afterEach(() => emptyTables(here, ['participant_count', 'population_base', 'series_event', 'stated_coverage']));
  afterAll(() => here.db.close());

  const check = (rows: readonly Row[], options = {}) => tableProblems(here, participantCount, rows, options);

  test('is told in full: line, column, what came, and what to do', async () => {
    expect(await check([count(700, { status: 'REGISTERED' }), count(912)])).toEqual([
      {
        file: 'file.csv',
        row: 3,
        column: 'value',
        raw: '912',
        rule: 'E8',
        severity: 'E',
        message: {
          id: 'ACTIVE 912 melebihi REGISTERED 700 (baris 2)',
          en: 'ACTIVE 912 is more than REGISTERED 700 (line 2)',
        },
        suggestion: {
          id: 'periksa kedua baris; mungkin ACTIVE dan REGISTERED tertukar',
          en: 'look at both lines; ACTIVE and REGISTERED may have been swapped',
        },
      },
    ]);
  });

  test('compares active and registered of the same key only', async () => {
    const registered = { status: 'REGISTERED' };
    const others = [{ region_code: '19.04' }, { date: '2025-02' }, { basis: 'RESIDENCE' }, { payer: 'APBD' }];
    expect(await check([count(912), ...others.map((other) => count(700, { ...registered, ...other }))])).toEqual([]);
    expect(await check([count(700), count(700, registered)])).toEqual([]);
  });

  test('holds sums of segments to their parts, and says which lines', async () => {
    const [problem] = await check([
      count(1300, { segment: 'PU_BPU' }),
      count(912),
      count(387, { segment: 'BPU' }),
      count(2000, { segment: 'PU_BPU_JAKON' }),
      count(701, { segment: 'JAKON' }),
    ]);
    expect([problem?.message.en, problem?.suggestion?.en]).toEqual([
      'PU_BPU is 1300 where PU 912 + BPU 387 = 1299',
      'look at this line and at 3, 4; if they are rounded, say so in rounded_to',
    ]);
  });

  test('tells of a sum whichever way its parts are given', async () => {
    const three = [count(912), count(387, { segment: 'BPU' }), count(701, { segment: 'JAKON' })];
    expect(told(await check([count(2001, { segment: 'PU_BPU_JAKON' }), ...three]))).toEqual([
      '2 E5 PU_BPU_JAKON is 2001 where PU 912 + BPU 387 + JAKON 701 = 2000',
    ]);
    const withMigrants = [count(2000, { segment: 'PU_BPU_JAKON' }), count(58, { segment: 'PMI' })];
    expect(told(await check([count(2057, { segment: 'PU_BPU_JAKON_PMI' }), ...withMigrants]))).toEqual([
      '2 E5 PU_BPU_JAKON_PMI is 2057 where PU_BPU_JAKON 2000 + PMI 58 = 2058',
    ]);
  });

  test('takes a part that cannot exist for zero', async () => {
    const jht = { program: 'JHT' };
    const parts = [count(912, jht), count(387, { ...jht, segment: 'BPU' })];
    expect(told(await check([count(1400, { ...jht, segment: 'PU_BPU_JAKON' }), ...parts]))).toEqual([
      '2 E5 PU_BPU_JAKON is 1400 where PU 912 + BPU 387 = 1299',
    ]);
  });

  test('leaves a sum alone when a part is missing, withheld, or only about right', async () => {
    const total = count(1300, { segment: 'PU_BPU' });
    expect(await check([total, count(912)])).toEqual([]);
    expect(await check([total, count(912), count(null, { segment: 'BPU', obs_status: 'O' })])).toEqual([]);
    expect(await check([total, count(912), count(3, { segment: 'BPU' })])).toEqual([]);
    expect(await check([total, count(912), count(380, { segment: 'BPU', qualifier: 'ABOUT' })])).toEqual([]);
    const about = { ...total, qualifier: 'ABOUT' };
    expect(await check([about, count(912), count(380, { segment: 'BPU' })])).toEqual([]);
  });

  test('adds what the file has, not what is published beside it', async () => {
    const bpu = { segment: 'BPU' };
    const before = { date: '2025-02' };
    await publishRows(here, participantCount, [count(380, bpu), count(1313, { ...before, segment: 'PU_BPU' })]);
    const parts = [count(905, before), count(379, { ...bpu, ...before })];
    expect(await check([count(1300, { segment: 'PU_BPU' }), count(912), ...parts])).toEqual([]);
  });

  test('allows for rounding, half a unit for each figure, and no more', async () => {
    const rounded = { rounded_to: 10 };
    const parts = [count(910, rounded), count(390, { ...rounded, segment: 'BPU' })];
    expect(await check([count(1315, { segment: 'PU_BPU', rounded_to: 10 }), ...parts])).toEqual([]);
    expect(told(await check([count(1316, { segment: 'PU_BPU', rounded_to: 10 }), ...parts]))).toEqual([
      '2 E5 PU_BPU is 1316 where PU 910 + BPU 390 = 1300',
    ]);
    const exact = [count(912, { rounded_to: 1 }), count(387, { segment: 'BPU', rounded_to: 1 })];
    expect((await check([count(1300, { segment: 'PU_BPU', rounded_to: 1 }), ...exact])).length).toBe(1);
  });

  test('has a whole between its largest programme and their sum', async () => {
    const programs = (values: readonly number[]) =>
      ['ANY', 'JKK', 'JKM', 'JHT'].map((program, index) => count(values[index] ?? 0, { program, segment: 'BPU' }));
    expect(await check(programs([920, 912, 912, 402]))).toEqual([]);
    expect(told(await check(programs([900, 912, 890, 402])))).toEqual(['3 E7 JKK 912 is more than ANY 900 (line 2)']);
    expect(told(await check(programs([2300, 912, 912, 402])))).toEqual([
      '2 E7 ANY 2300 is more than JKK 912 + JKM 912 + JHT 402 = 2226',
    ]);
    expect(told(await check(programs([2226, 912, 912, 402])))).toEqual([
      '2 W16 ANY 2226 is just JKK 912 + JKM 912 + JHT 402 = 2226: one person may be counted several times',
    ]);
    expect(await check(programs([912, 912, 0, 0]))).toEqual([]); // one programme may be all there is
    expect(await check(programs([2300, 912, 912]).slice(0, 3))).toEqual([]); // JHT of BPU exists and is not there
  });

  test('warns when the programmes of wage earners are not nested', async () => {
    const programs = (values: Readonly<Record<string, number>>, segment = 'PU') =>
      Object.entries(values).map(([program, value]) => count(value, { program, segment }));
    expect(await check(programs({ JKK: 912, JKM: 912, JHT: 700, JP: 700, JKP: 420 }))).toEqual([]);
    expect(told(await check(programs({ JKK: 912, JKM: 911, JHT: 915, JP: 930, JKP: 931 })))).toEqual([
      '2 W1 JKK 912 and JKM 911 should be the same',
      '4 W1 JHT 915 is more than JKK 912 (line 2)',
      '5 W1 JP 930 is more than JHT 915 (line 4)',
      '6 W1 JKP 931 is more than JP 930 (line 5)',
    ]);
    expect(told(await check(programs({ JKK: 912, JP: 930 })))).toEqual(['3 W1 JP 930 is more than JKK 912 (line 2)']);
    expect(await check(programs({ JKK: 912, JKM: 911, JHT: 915 }, 'BPU'))).toEqual([]);
  });

  describe('with provinces and regencies', () => {
    const region = (region_code: string, value: number | null, cells: Row = {}) =>
      count(value, { region_code, ...cells });

    test('has a province that is the sum of its regencies and what is not allocated', async () => {
      expect(
        await check([region('19', 1000), region('19.01', 600), region('19.03', 350), region('19.00', 50)]),
      ).toEqual([]);
      const [less] = await check([region('19', 1000), region('19.01', 600), region('19.03', 350)]);
      expect([less?.rule, less?.row, less?.message.en, less?.suggestion?.en]).toEqual([
        'E6',
        2,
        'province 19 is 1000 where its 2 regencies in this file make 950',
        'add the missing regencies, or what is left (50) as a row 19.00 "unallocated"',
      ]);
      const [more] = await check([region('19', 900), region('19.01', 600), region('19.03', 350)]);
      expect([more?.rule, more?.suggestion?.en]).toEqual([
        'E6',
        'the regencies make 50 more: look for one counted twice, or a province not brought up to date',
      ]);
    });

    test('leaves alone what it cannot know: one level only, other dates, a figure withheld, lines refused', async () => {
      expect(await check([region('19', 1000)])).toEqual([]);
      expect(await check([region('19.01', 600), region('19.03', 350)])).toEqual([]);
      expect(await check([region('19', 1000), region('20.01', 600), region('19.03', 350, { date: '2024' })])).toEqual(
        [],
      );
      expect(await check([region('19', 1000), region('19.01', 600), region('19.03', 3)])).toEqual([]);
      expect(await check([region('19', 1000), region('19.01', 600)], { refused: 'E3' })).toEqual([]);
    });

    test('tells of regencies that exceed their province even when one of them is withheld', async () => {
      expect(told(await check([region('19', 500), region('19.01', 600), region('19.03', 3)]))).toEqual([
        '2 E6 province 19 is 500 where its 2 regencies in this file make 600',
      ]);
    });

    test('warns of a regency that its neighbours leave behind', async () => {
      const month = (date: string, codes: readonly string[]) =>
        codes.map((code, index) => region(code, Number(date.slice(5)) * 7 + 411 + index * 113, { date }));
      const all = ['19.01', '19.03', '19.04', '19.05', '19.00'];
      const gap = 'region 19.04 is missing for 2025-03; it was there for 2025-02';
      const most = month('2025-03', ['19.01', '19.03', '19.05']);
      expect(told(await check([...month('2025-02', all), ...most]))).toEqual([`7 W13 ${gap}`]);
      await publishRows(here, participantCount, month('2025-02', all));
      expect(told(await check(most))).toEqual([`2 W13 ${gap}`]);
      expect(await check(month('2025-03', ['19.01']))).toEqual([]);
      expect(await check(month('2025-08', ['19.01', '19.03', '19.05']))).toEqual([]);
      expect(await check(most, { refused: 'E3' })).toEqual([]);
    });
  });

  test('warns where wage earners are more than the employed of their region', async () => {
    const base = { region_code: '19.03', concept: 'EMPLOYED', vintage: null, ...INVENTED };
    await publishRows(here, populationBase, [
      { ...base, date: '2024-08', value: 60_000 },
      { ...base, date: '2025-02', value: 50_000 },
      { ...base, date: '2025-08', value: 40_000 },
    ]);
    expect(
      told(await check([count(50_001), count(50_001, { segment: 'BPU' }), count(55_000, { date: '2024-12' })])),
    ).toEqual(['2 W14 50001 is more than EMPLOYED 50000 (population_base, 2025-02)']);
    expect(await check([count(99_000, { region_code: '19.04' }), count(99_000, { date: '2023' })])).toEqual([]);
  });

  test('warns where ten figures or more are all round and none says so', async () => {
    const codes = Array.from({ length: 10 }, (_, index) => `19.${String(index + 10)}`);
    const rows = (step: number, cells: Row = {}) =>
      codes.map((region_code, index) => count((index + 7) * step, { region_code, ...cells }));
    expect(told(await check(rows(100)))).toEqual(['- W7 all 10 figures of column value end in 00']);
    expect(told(await check(rows(3000)))).toEqual(['- W7 all 10 figures of column value end in 000']);
    expect(await check(rows(100, { rounded_to: 100 }))).toEqual([]);
    expect(await check([...rows(100), count(1234)])).toEqual([]);
    expect(await check(rows(100).slice(1))).toEqual([]);
  });

  test('says nothing of a file that tells of a person', async () => {
    expect(await check([count(912), count(700, { status: 'REGISTERED' })], { refused: 'PERSONAL' })).toEqual([]);
  });

  test('of denominators has the labour force as the sum of those employed and not', async () => {
    const base = (concept: string, value: number) => ({
      region_code: '19.03',
      date: '2025-02',
      concept,
      vintage: null,
      value,
      ...INVENTED,
    });
    const rows = [base('LABOUR_FORCE', 1000), base('EMPLOYED', 950), base('UNEMPLOYED', 51), base('WORKING_AGE', 999)];
    expect(told(await tableProblems(here, populationBase, rows))).toEqual([
      '2 E5 LABOUR_FORCE is 1000 where EMPLOYED 950 + UNEMPLOYED 51 = 1001',
      '2 E5 LABOUR_FORCE 1000 is more than WORKING_AGE 999 (line 5)',
    ]);
  });

  test('of stated percentages warns of a wrong digit and of a jump', async () => {
    const stated = (date: string, percent: number) => ({
      region_code: '19.03',
      date,
      indicator_id: 'ucj',
      segment: null,
      category: 'ALL',
      percent,
      ...INVENTED,
    });
    const rows = [
      stated('2025-01', 46.61),
      stated('2025-02', 41.61),
      stated('2025-03', 27.05),
      stated('2025-04', 0.27),
    ];
    expect(told(await tableProblems(here, statedCoverage, rows))).toEqual([
      '3 W5 41.61 after 46.61 (2025-01, line 2): one digit only is different',
      '4 W2 27.05 is 35 percent down from 41.61 (2025-02, line 3)',
      '5 W5 0.27 after 27.05 (2025-03, line 4): about 100 times less',
    ]);
  });
});

describe('a stated percentage', () => {
  const said = (cells: Row) =>
    percentFitsFigures.check({ percent: 54.09, numerator: 49, denominator: 92, ...cells })?.en;

  test('is warned of when its own numerator and denominator give another', () => {
    expect(said({})).toBe('54.09 percent where 49 / 92 = 53.26 percent');
    expect(said({ percent: 53.26 })).toBeUndefined();
    expect(said({ percent: 53.3 })).toBeUndefined();
    expect(said({ percent: 53.3, as_printed: '53,30' })).toBe('53.3 percent where 49 / 92 = 53.26 percent');
    expect(said({ percent: 53, rounded_to: 1 })).toBeUndefined();
    expect(said({ percent: 54, rounded_to: 1 })).toBe('54 percent where 49 / 92 = 53.26 percent');
  });

  test('is left alone when it is about right, or one of the two is not stated', () => {
    expect([said({ qualifier: 'ABOUT' }), said({ denominator: null }), said({ numerator: null })]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('a category that is insured elsewhere', () => {
  test('is warned of when BPJSTK is said to insure it', () => {
    const said = (category: string, administrator: string) => administratorFits.check({ category, administrator })?.en;
    expect([said('PNS', 'BPJSTK'), said('POLRI', 'BPJSTK'), said('PNS', 'TASPEN'), said('PHL', 'BPJSTK')]).toEqual([
      'PNS are normally insured by TASPEN, not by BPJSTK',
      'POLRI are normally insured by ASABRI, not by BPJSTK',
      undefined,
      undefined,
    ]);
  });
});
