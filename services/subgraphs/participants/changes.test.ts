import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eachDatabase } from '../../../test/support/databases.js';
import { emptyTables, publishRows, type TableTest, tableProblems, told } from '../../../test/support/table-problems.js';
import type { Row } from '../../kit/dataset.js';
import { openSubgraphDatabase } from '../../kit/subgraph-database.js';
import { DATASETS, participantCount, populationBase, seriesEvent } from './datasets.js';
import { subgraph } from './subgraph.js';

const INVENTED = { obs_status: 'E', conf_status: 'F', source_id: 'invented' } as const;

/** A count of the regency 19.03, active in PU and JKK, on a date. */
function count(date: string, value: number | null, cells: Row = {}): Row {
  return {
    region_code: '19.03',
    date,
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

eachDatabase('a count of participants', (makeUrl) => {
  let here: TableTest;
  beforeAll(async () => {
    here = { db: await openSubgraphDatabase({ url: await makeUrl(), subgraphs: [subgraph] }), datasets: DATASETS };
  });
  afterEach(() => emptyTables(here, ['participant_count', 'population_base', 'series_event']));
  afterAll(() => here.db.close());

  const check = (rows: readonly Row[]) => tableProblems(here, participantCount, rows);
  const checkOneByOne = (rows: readonly Row[]) => tableProblems(here, participantCount, rows, { places: 0 });
  const publish = (rows: readonly Row[]) => publishRows(here, participantCount, rows);
  const publishEvent = (region_code: string, date: string) => {
    const event = { region_code, date, kind: 'SUBSIDY_END', note_id: 'rekaan', note_en: 'invented' };
    return publishRows(here, seriesEvent, [{ ...event, source_id: 'invented' }]);
  };

  test('is warned of when it jumps within the file', async () => {
    const rows = [count('2025-01', 1234), count('2025-02', 1418), count('2025-03', 1649)];
    expect(await check(rows)).toEqual([
      {
        file: 'file.csv',
        row: 4,
        column: 'value',
        raw: '1649',
        rule: 'W2',
        severity: 'W',
        message: {
          id: '1649, naik 16,3 persen dari 1418 (2025-02, baris 3)',
          en: '1649 is 16.3 percent up from 1418 (2025-02, line 3)',
        },
        suggestion: {
          id: 'periksa angkanya; bila memang begitu, terbitkan peristiwanya di series_event agar pembaca tahu sebabnya',
          en: 'look at the figure; if it is right, publish the event in series_event so that readers know why',
        },
      },
    ]);
  });

  test('is warned of when it jumps from what is published, up to half a year before', async () => {
    await publish([count('2024-12', 226_754)]);
    expect(told(await check([count('2025-06-01', 144_071)]))).toEqual([
      '2 W2 144071 is 36.5 percent down from 226754 (2024-12, published)',
    ]);
    expect(await check([count('2025-08', 144_071)])).toEqual([]);
    const other = { region_code: '19.05' };
    const ofYear = [count('2024', 226_754, other), count('2025-02', 144_071, other)];
    expect(await check(ofYear)).toEqual([]); // no month of 2024 is known
    expect(await check([count('2025-06-01', 144_071, { region_code: '19.04' })])).toEqual([]);
  });

  test('is compared with the newest figure published before it, not with the one it replaces', async () => {
    await publish([count('2025-01', 1000), count('2025-02', 1350), count('2025-04', 5678)]);
    await publish([count('2025-01', 1234)]);
    expect(await check([count('2025-02', 1300)])).toEqual([]);
  });

  test('is compared with what readers see, and with nothing that is sealed for later', async () => {
    const base = { region_code: '19.03', concept: 'EMPLOYED', vintage: null, obs_status: 'E', conf_status: 'F' };
    const bases = (value: number) => [{ ...base, date: '2025-01', value, source_id: 'invented' }];
    const before = await publish([count('2025-01', 40_000)]);
    await publishRows(here, populationBase, bases(50_000));
    const later = await publish([count('2025-01', 60_900), count('2025-01', 61_000, { status: 'REGISTERED' })]);
    await publishRows(here, populationBase, bases(123_987));
    await publishEvent('19.03', '2025-02');
    const problems = await tableProblems(here, participantCount, [count('2025-02', 61_003)], { now: later - 1 });
    expect(problems.map(({ rule, message, suggestion }) => [rule, message.en, suggestion?.en])).toEqual([
      ['W14', '61003 is more than EMPLOYED 50000 (population_base, 2025-01)', expect.anything()],
      [
        'W2',
        '61003 is 52.5 percent up from 40000 (2025-01, published)',
        'look at the figure; if it is right, publish the event in series_event so that readers know why',
      ],
    ]);
    expect(await tableProblems(here, participantCount, [count('2025-02', 61_003)], { now: before - 1 })).toEqual([]);
  });

  test('may jump where an event of its region, or of one above, says why', async () => {
    const jump = [count('2025-01', 1234), count('2025-02', 1749)];
    for (const [region, date] of [
      ['19.04', '2025-02'],
      ['19.03', '2024-11'],
      ['19.03', '2025-03'],
    ] as const)
      await publishEvent(region, date);
    expect((await check(jump)).length).toBe(1);
    await publishEvent('19', '2025-02-07');
    expect(await check(jump)).toEqual([]);
  });

  test('is not warned of when it is small, or begins or ends', async () => {
    expect(await check([count('2025-01', 23), count('2025-02', 29), count('2025-03', 51)])).toEqual([]);
    expect(await check([count('2025-01', 0), count('2025-02', 1234), count('2025-03', 0)])).toEqual([]);
    expect(await check([count('2025-01', 1234), count('2025-02', null), count('2025-03', 1243)])).toEqual([]);
  });

  test('is warned of when it moves far more than it used to, though less than a jump', async () => {
    const values = [10_000, 10_051, 10_149, 10_187, 10_301, 10_333, 10_412, 10_470];
    const steady = values.map((value, index) => count(`2025-0${index + 1}`, value));
    expect(await check(steady)).toEqual([]);
    await publish(steady);
    expect(told(await check([count('2025-09', 11_178)]))).toEqual([
      '2 W2 11178 is 6.8 percent up from 10470 (2025-08, published)',
    ]);
  });

  test.each([
    ['another unit', 37_229, 37, 'about 1000 times less'],
    ['another unit, the other way', 412, 4_090, 'about 10 times as much'],
    ['two digits that changed places', 37_229, 32_729, 'two digits have changed places'],
    ['a wrong digit', 37_229, 31_229, 'one digit only is different'],
  ])('is warned of for %s', async (_, before, now, said) => {
    expect(told(await check([count('2025-01', before), count('2025-02', now)]))).toEqual([
      `3 W5 ${now} after ${before} (2025-01, line 2): ${said}`,
    ]);
  });

  test('is warned of when it is the same for three months, and for each one more', async () => {
    const rows = ['2025-01', '2025-02', '2025-03', '2025-04'].map((date) => count(date, 1234));
    const repeats = (n: number) => `${n + 1} W6 1234 is exactly the same for ${n} months in a row`;
    expect(told(await check(rows))).toEqual([repeats(3), repeats(4)]);
    expect(await check([rows[0] ?? {}, rows[2] ?? {}, rows[3] ?? {}])).toEqual([]);
    await publish(rows.slice(0, 2));
    expect(told(await check(rows.slice(2, 3)))).toEqual(['2 W6 1234 is exactly the same for 3 months in a row']);
  });

  describe('for a month', () => {
    const month = (date: string, values: readonly number[], cells: Row = {}) =>
      values.map((value, index) => count(date, value, { region_code: `19.0${index + 1}`, ...cells }));
    const bpu = { segment: 'BPU' };
    const before = [...month('2025-01', [1234, 871, 642]), ...month('2025-01', [933, 407, 298], bpu)];

    test('is warned of when all of the month equal the month before', async () => {
      await publish(before);
      const copied = before.map((row) => ({ ...row, date: '2025-02' }));
      expect(told(await check(copied))).toEqual(['2 W12 all 6 figures for 2025-02 equal those of the month before']);
      expect(await check([...copied.slice(1), count('2025-02', 1235, { region_code: '19.01' })])).toEqual([]);
      expect(await check(copied.slice(0, 4))).toEqual([]); // too few to say
    });

    test('is warned of when one series is copied and others are not', async () => {
      const values = [1234, 871, 642, 555, 777];
      const copied = [...month('2025-01', values), ...month('2025-02', values)];
      const fresh = [...month('2025-01', [933], bpu), ...month('2025-02', [941], bpu)];
      expect(told(await check([...copied, ...fresh]))).toEqual([
        '7 W12 all 5 figures for 2025-02 equal those of the month before',
      ]);
    });
  });

  test('is told what it may have been mistaken for', async () => {
    await publish([count('2025-01', 1234), count('2025-01', 2117, { status: 'REGISTERED' })]);
    await publish([count('2025-01', 801, { segment: 'BPU' })]);
    const suggested = async (rows: readonly Row[]) => (await check(rows)).map(({ suggestion }) => suggestion?.en);
    const inFile = { region_code: '19.04' };
    const registered = count('2025-01', 5417, { ...inFile, status: 'REGISTERED' });
    expect(await suggested([count('2025-01', 3021, inFile), registered, count('2025-02', 5433, inFile)])).toEqual([
      'it is near REGISTERED of 2025-01: REGISTERED may have been sent as ACTIVE, or the two were swapped',
    ]);
    expect(await suggested([count('2025-02', 2139)])).toEqual([
      'it is near REGISTERED of 2025-01: REGISTERED may have been sent as ACTIVE, or the two were swapped',
    ]);
    expect(await suggested([count('2025-02', 803), count('2025-02', 1241, { segment: 'BPU' })])).toEqual([
      'it is near BPU of 2025-01: BPU may have been sent as PU, or the two were swapped',
      'it is near PU of 2025-01: PU may have been sent as BPU, or the two were swapped',
    ]);
  });

  test('is looked at in long files page by page, in the order of dates', async () => {
    const codes = Array.from({ length: 99 }, (_, index) => `19.03.${String(index + 1).padStart(2, '0')}`);
    const months = Array.from(
      { length: 120 },
      (_, index) => `${2015 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
    );
    const rows = months.flatMap((date, month) =>
      codes.map((region_code, place) => count(date, 5011 + 97 * place + 7 * month, { region_code })),
    );
    const wrong = rows.findIndex((row) => row.date === '2021-07' && row.region_code === '19.03.42');
    const before = Number(rows[wrong]?.value) - 7;
    const doubled = rows.map((row, index) => (index === wrong ? { ...row, value: Number(row.value) * 2 } : row));
    expect(told(await check(doubled.reverse()))).toEqual([
      expect.stringMatching(/ W2 .* is 50 percent down from/),
      expect.stringContaining(`is 100 percent up from ${before} (2021-06, line`),
    ]);
  });

  test('is told the same whether its series are gone along together or one by one', async () => {
    const registered = { status: 'REGISTERED' };
    await publish([count('2025-01', 1234), count('2025-01', 2117, registered)]);
    const rows = [count('2025-02', 2339), count('2025-02', 2131, registered), count('2025-03', 23)];
    const together = await check(rows);
    expect(told(together)).toEqual([
      '2 E8 ACTIVE 2339 is more than REGISTERED 2131 (line 3)',
      '2 W2 2339 is 89.5 percent up from 1234 (2025-01, published)',
      '4 W5 23 after 2339 (2025-02, line 2): about 100 times less',
    ]);
    expect(await checkOneByOne(rows)).toEqual(together);
  });
});
