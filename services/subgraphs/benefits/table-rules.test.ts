import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eachDatabase } from '../../../test/support/databases.js';
import { emptyTables, publishRows, type TableTest, tableProblems, told } from '../../../test/support/table-problems.js';
import type { Row } from '../../kit/dataset.js';
import { openSubgraphDatabase } from '../../kit/subgraph-database.js';
import { DATASETS, disbursement } from './datasets.js';
import { subgraph } from './subgraph.js';

/** Invented claims of JKK that the branch of province 19 paid in a year. */
function claims(cells: Row): Row {
  return {
    region_code: '19',
    period_start: '2025-01-01',
    period_end: '2025-12-31',
    period_kind: 'YEAR',
    program: 'JKK',
    benefit_type: 'ALL',
    segment: 'NOT_STATED',
    cases: null,
    payments: null,
    recipients: null,
    beneficiaries: null,
    amount_rupiah: null,
    basis: 'BRANCH',
    date_basis: 'PAID',
    obs_status: 'E',
    conf_status: 'F',
    source_id: 'invented',
    ...cells,
  };
}

/** The last day of a month of 2025. */
function endOf(month: number): string {
  return new Date(Date.UTC(2025, month, 0)).toISOString().slice(0, 10);
}

const upTo = (month: number, cells: Row) => claims({ period_kind: 'YTD', period_end: endOf(month), ...cells });
const monthly = (month: number, cells: Row) =>
  claims({ period_kind: 'MONTH', period_start: `${endOf(month).slice(0, 8)}01`, period_end: endOf(month), ...cells });

eachDatabase('a file of claims', (makeUrl) => {
  let here: TableTest;
  beforeAll(async () => {
    here = { db: await openSubgraphDatabase({ url: await makeUrl(), subgraphs: [subgraph] }), datasets: DATASETS };
  });
  afterEach(() => emptyTables(here, ['disbursement']));
  afterAll(() => here.db.close());

  const check = (rows: readonly Row[], options = {}) => tableProblems(here, disbursement, rows, options);

  test('has all programmes as the sum of the five', async () => {
    const programs = ['JKK', 'JKM', 'JHT', 'JP', 'JKP'].map((program, index) =>
      claims({ program, cases: 101 + index, amount_rupiah: String(7_000_000_001 + index) }),
    );
    const all = { program: 'ALL', cases: 515, amount_rupiah: '35000000015' };
    expect(await check([claims(all), ...programs])).toEqual([]);
    expect(told(await check([claims({ ...all, cases: 516, amount_rupiah: '35000000016' }), ...programs]))).toEqual([
      '2 E5 ALL is 516 where JKK 101 + JKM 102 + JHT 103 + JP 104 + JKP 105 = 515',
      '2 E5 ALL is 35000000016 where JKK 7000000001 + JKM 7000000002 + JHT 7000000003 + JP 7000000004 + JKP 7000000005 = 35000000015',
    ]);
    expect(await check([claims({ ...all, cases: 999 }), ...programs.slice(1)])).toEqual([]);
  });

  test('adds rupiah to the last digit, and allows for the rounding of rupiah, not of counts', async () => {
    const pair = (amount: string, cells: Row = {}) => [
      claims({ program: 'JKK_JKM', cases: 203, amount_rupiah: amount, ...cells }),
      claims({ program: 'JKK', cases: 101, amount_rupiah: '400000000000000001', ...cells }),
      claims({ program: 'JKM', cases: 102, amount_rupiah: '400000000000000001', ...cells }),
    ];
    expect(await check(pair('800000000000000002'))).toEqual([]);
    expect(told(await check(pair('800000000000000003')))).toEqual([
      '2 E5 JKK_JKM is 800000000000000003 where JKK 400000000000000001 + JKM 400000000000000001 = 800000000000000002',
    ]);
    expect(await check(pair('800000000000000503', { rounded_to: 1000 }))).toEqual([]);
    const counted = { rounded_to: 1000, cases: 102 };
    expect(told(await check(pair('800000000000000503', counted)))).toEqual([
      '2 E5 JKK_JKM is 102 where JKK 102 + JKM 102 = 204',
    ]);
  });

  test('does not add persons, who may be paid by several programmes', async () => {
    const persons = (program: string, recipients: number) => claims({ program, recipients });
    expect(await check([persons('JKK_JKM', 150), persons('JKK', 101), persons('JKM', 102)])).toEqual([]);
  });

  test('has parts of a benefit that are no more than the whole', async () => {
    const part = claims({ benefit_type: 'SCHOLARSHIP', cases: 32, amount_rupiah: '901000001' });
    expect(await check([claims({ cases: 40, amount_rupiah: '950000001' }), part])).toEqual([]);
    expect(told(await check([claims({ cases: 31, amount_rupiah: '901000000' }), part]))).toEqual([
      '2 E9 ALL 31 is less than SCHOLARSHIP 32',
      '2 E9 ALL 901000000 is less than SCHOLARSHIP 901000001',
    ]);
    const withheld = claims({ benefit_type: 'RTW', cases: 3 });
    expect(await check([claims({ cases: 32 }), part, withheld])).toEqual([]);
  });

  test('may not fall up to a later month, in the file or against what is published', async () => {
    const rows = [upTo(1, { cases: 101 }), upTo(2, { cases: 213 }), upTo(3, { cases: 212 })];
    expect(told(await check(rows))).toEqual(['4 E11 212 up to 2025-03-31 is less than 213 up to 2025-02-28 (line 3)']);
    expect(await check([upTo(3, { cases: 212 })])).toEqual([]);
    await publishRows(here, disbursement, [upTo(2, { cases: 213 }), upTo(5, { cases: 500 })]);
    expect(told(await check([upTo(3, { cases: 212 }), upTo(4, { cases: 501 })]))).toEqual([
      '2 E11 212 up to 2025-03-31 is less than 213 up to 2025-02-28 (published)',
      '3 E11 500 up to 2025-05-31 is less than 501 up to 2025-04-30 (published)',
    ]);
    expect(await check([upTo(3, { cases: 212 })], { kind: 'CORRECTION' })).toEqual([]);
    expect(await check([upTo(3, { cases: 212, region_code: '00' })])).toEqual([]);
  });

  test('is compared with what the file says anew, not with what was published in its place', async () => {
    await publishRows(here, disbursement, [upTo(3, { cases: 300 })]);
    expect(await check([upTo(3, { cases: 250 }), upTo(4, { cases: 260 })])).toEqual([]);
  });

  test('counts anew from each January, and falls within its rounding', async () => {
    const lastYear = claims({ period_kind: 'YTD', period_start: '2024-01-01', period_end: '2024-12-31', cases: 900 });
    expect(await check([lastYear, upTo(1, { cases: 101 })])).toEqual([]);
    const rounded = (amount: string, month: number) => upTo(month, { amount_rupiah: amount, rounded_to: 100_000_000 });
    const exact = upTo(3, { amount_rupiah: '183470000001', rounded_to: 1 });
    expect(await check([rounded('183500000000', 2), exact])).toEqual([]);
    expect((await check([rounded('183600000000', 2), exact])).map(({ rule }) => rule)).toEqual(['E11']);
  });

  test('compares rupiah up to a month to the last digit', async () => {
    const rows = [upTo(1, { amount_rupiah: '90071992547409931' }), upTo(2, { amount_rupiah: '90071992547409930' })];
    expect((await check(rows)).map(({ rule, raw }) => [rule, raw])).toEqual([['E11', '90071992547409930']]);
  });

  test('is warned of when a month is the sum since January', async () => {
    const months = [101, 97, 113, 108, 95].map((cases, index) => monthly(index + 1, { cases }));
    expect(await check([...months, monthly(6, { cases: 104 })])).toEqual([]);
    await publishRows(here, disbursement, months);
    const [problem] = await check([monthly(6, { cases: 617 })]);
    expect([problem?.rule, problem?.message.en, problem?.suggestion?.en]).toEqual([
      'W2',
      '617 is 549 percent up from 95 (2025-05-31, published)',
      'it is near the sum since January: a cumulative figure may have been sent as that of one month (period_kind YTD)',
    ]);
  });

  test('is warned of when persons are what cases were', async () => {
    await publishRows(here, disbursement, [monthly(1, { cases: 1421, recipients: 613 })]);
    const [problem] = await check([monthly(2, { cases: 1433, recipients: 1433 })]);
    expect([problem?.rule, problem?.column, problem?.suggestion?.en]).toEqual([
      'W2',
      'recipients',
      'it is near cases of 2025-01-31: cases may have been sent as recipients, or the two were swapped',
    ]);
  });
});
