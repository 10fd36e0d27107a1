import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT } from '../services/kit/root.js';
import { eachDatabase } from './support/databases.js';
import { type StartedWorld, startWorld } from './support/world.js';

const run = promisify(execFile);
const REGION_CSV = join('services', 'subgraphs', 'regions', 'data', 'region.csv');

describe('the data files', () => {
  test('keep every rule that needs no list of facts', async () => {
    const { stdout, stderr } = await run(process.execPath, [join('test', 'facts', 'check.mjs')], { cwd: ROOT });
    expect({ stdout, stderr }).toEqual({ stdout: expect.stringMatching(/ 0 problems\n$/), stderr: '' });
  });

  test('hold the regions as the package of areas gives them, byte for byte', async () => {
    const made = join(await mkdtemp(join(process.env.TEST_FOLDER ?? tmpdir(), 'facts-')), 'region.csv');
    await run(process.execPath, [REGION_CSV.replace('region.csv', 'make-region.mjs'), made], { cwd: ROOT });
    expect((await readFile(made)).equals(await readFile(join(ROOT, REGION_CSV)))).toBe(true);
  });
});

const COVERAGE = `date percent asPrinted qualifier approximate numerator denominator origin flags
  indicator { id } sources { publisher publishedOn }`;

/** What most stated figures are: exact, with nothing said of their persons. */
const STATED = {
  qualifier: null,
  approximate: false,
  numerator: null,
  denominator: null,
  origin: 'STATED',
  flags: [],
};
const ABOUT = { ...STATED, qualifier: 'ABOUT', approximate: true, flags: ['APPROXIMATE'] };

const UCJ = { indicator: { id: 'ucj' } };
const UCJ_JAKON = { indicator: { id: 'ucj_jakon' } };
const UNSTATED = { indicator: { id: 'unstated' } };
const BPU = { indicator: { id: 'bpu_jkk_jkm' } };

const antara = (publishedOn: string | null) => ({ publisher: 'ANTARA Babel', publishedOn });
const tribun = (publishedOn: string) => ({ publisher: 'Tribun/Babel News', publishedOn });

/** Bangka Selatan in October 2024: the figure of the article, and of a second one a day later. */
const FIRST = {
  ...ABOUT,
  ...UNSTATED,
  date: '2024-10-12',
  percent: 21,
  asPrinted: 'berkisar 21',
  sources: [antara('2024-10-12')],
};
const SECOND = { ...FIRST, asPrinted: '21', sources: [antara('2024-10-12'), tribun('2024-10-13')] };
const OCTOBER_2023 = {
  ...STATED,
  ...BPU,
  date: '2023-10',
  percent: 12.34,
  asPrinted: null,
  sources: [{ publisher: 'Ayo Bangka', publishedOn: '2023-10-17' }],
};

eachDatabase('the facts', (makeUrl) => {
  let world: StartedWorld;
  beforeAll(async () => {
    world = await startWorld({ url: await makeUrl() });
  }, 60_000);
  afterAll(() => world.stop());

  /** A field of a region; throws what was refused. */
  const ask = async (code: string, field: string, asOf?: string): Promise<unknown> => {
    const query = `{ region(code: "${code}") { answer: ${field} } }`;
    const { data, errors } = await world.ask(query, asOf === undefined ? {} : { asOf });
    expect(errors).toBeUndefined();
    return (data as { region: { answer: unknown } }).region.answer;
  };
  const series = (code: string, indicator: string) =>
    ask(code, `coverageSeries(indicator: "${indicator}") { ${COVERAGE} }`);
  const newest = (code: string, asOf?: string) => ask(code, `coverage { ${COVERAGE} }`, asOf);

  describe('of the coverage of Bangka Belitung', () => {
    test('without construction workers are four, each as its source printed it', async () => {
      expect(await series('19', 'ucj')).toEqual([
        { ...ABOUT, ...UCJ, date: '2024-12', percent: 35, asPrinted: '35', sources: [antara(null)] },
        { ...STATED, ...UCJ, date: '2025-04', percent: 32.2, asPrinted: '32,20', sources: [tribun('2025-04-29')] },
        {
          ...STATED,
          ...UCJ,
          date: '2025-06-01',
          percent: 27.24,
          asPrinted: '27,24',
          numerator: 144_070,
          sources: [antara('2025-06')],
        },
        {
          ...STATED,
          ...UCJ,
          date: '2025-12-14',
          percent: 33.1,
          asPrinted: '33,10',
          numerator: 189_742,
          sources: [antara('2025-12-17')],
        },
      ]);
    });

    test('with construction workers and of own-account workers stand apart', async () => {
      expect([await series('19', 'ucj_jakon'), await series('19', 'bpu_jkk_jkm')]).toEqual([
        [
          {
            ...STATED,
            ...UCJ_JAKON,
            date: '2024-12',
            percent: 40.27,
            asPrinted: '40,27',
            numerator: 226_750,
            sources: [antara(null)],
          },
        ],
        [OCTOBER_2023],
      ]);
    });

    test('come side by side, oldest first, where no definition is named', async () => {
      expect(await ask('19', 'coverageSeries { date percent indicator { id } flags }')).toEqual([
        { ...BPU, date: '2023-10', percent: 12.34, flags: [] },
        { ...UCJ_JAKON, date: '2024-12', percent: 40.27, flags: [] },
        { ...UCJ, date: '2024-12', percent: 35, flags: ['APPROXIMATE'] },
        { ...UCJ, date: '2025-04', percent: 32.2, flags: [] },
        { ...UCJ, date: '2025-06-01', percent: 27.24, flags: [] },
        { ...UCJ, date: '2025-12-14', percent: 33.1, flags: [] },
      ]);
    });

    test('of its regencies name no definition', async () => {
      expect([await newest('19.03'), await newest('19.01')]).toEqual([
        SECOND,
        {
          ...STATED,
          ...UNSTATED,
          date: '2024',
          percent: 31.5,
          asPrinted: '31,50',
          numerator: 37_229,
          sources: [antara(null)],
        },
      ]);
    });

    test('answer by the first definition that has a figure', async () => {
      const answered = ['00', '19', '19.01', '19.02', '19.03'].map(async (code) => {
        const coverage = (await newest(code)) as { indicator: { id: string }; date: string } | null;
        return [code, coverage && `${coverage.indicator.id} ${coverage.date}`];
      });
      expect(await Promise.all(answered)).toEqual([
        ['00', 'ucj 2025-04'],
        ['19', 'ucj 2025-12-14'],
        ['19.01', 'unstated 2024'],
        ['19.02', null],
        ['19.03', 'unstated 2024-10-12'],
      ]);
    });

    test('count persons apart from percentages, newest first', async () => {
      const counts = await ask('19', 'participants(category: "ALL") { date segment status value }');
      expect(counts).toEqual([
        { date: '2025-12-14', segment: 'NOT_STATED', status: 'ACTIVE', value: 189_742 },
        { date: '2025-06-01', segment: 'BPU', status: 'NOT_STATED', value: 28_598 },
        { date: '2025-06-01', segment: 'PU', status: 'NOT_STATED', value: 115_472 },
        { date: '2025-06-01', segment: 'PU_BPU', status: 'NOT_STATED', value: 144_070 },
        { date: '2025-02', segment: 'NOT_STATED', status: 'ACTIVE', value: 178_860 },
        { date: '2024-12', segment: 'PU_BPU_JAKON', status: 'NOT_STATED', value: 226_750 },
      ]);
    });

    test('mark the staff of the elections, who were insured for a while', async () => {
      const staff = await ask('19', 'participants(category: "ADHOC_PEMILU") { date value }');
      const events = await ask('19', 'events { date kind }');
      expect({ staff, events }).toEqual({
        staff: [{ date: '2024', value: 25_557 }],
        events: [{ date: '2024', kind: 'ADHOC_ELECTION' }],
      });
    });
  });

  describe('of what was paid in 2024', () => {
    test('are a total as stated, in cases and whole rupiah', async () => {
      const total = await ask(
        '19',
        'disbursementTotals(period: "2024") { periodKind cases amountRupiah origin basis sources { publisher publishedOn } }',
      );
      expect(total).toEqual([
        {
          periodKind: 'YEAR',
          cases: 22_731,
          amountRupiah: '183500000000',
          origin: 'STATED',
          basis: 'BRANCH',
          sources: [tribun('2025-02-05')],
        },
      ]);
    });

    test('are five programmes whose cases sum to the total', async () => {
      const field = 'disbursements(period: "2024", periodKind: YEAR, benefitType: ALL) { program cases amountRupiah }';
      const rows = (await ask('19', field)) as { program: string; cases: number; amountRupiah: string }[]; // asked so
      expect(rows).toEqual([
        { program: 'ALL', cases: 22_731, amountRupiah: '183500000000' },
        { program: 'JHT', cases: 12_613, amountRupiah: '139300000000' },
        { program: 'JKK', cases: 1375, amountRupiah: '11360000000' },
        { program: 'JKM', cases: 843, amountRupiah: '24630000000' },
        { program: 'JKP', cases: 1421, amountRupiah: '2180000000' },
        { program: 'JP', cases: 6479, amountRupiah: '6000000000' },
      ]);
      const programs = rows.filter(({ program }) => program !== 'ALL');
      expect(programs.reduce((sum, { cases }) => sum + cases, 0)).toBe(22_731);
    });

    test('have one withheld row for Return To Work, without a number, a print or a note of one', async () => {
      const figures = 'cases payments recipients beneficiaries amountRupiah asPrinted roundedTo';
      const field = `disbursements(benefitType: RTW) { program periodStart periodEnd ${figures} obsStatus confStatus note }`;
      expect(await ask('19', field)).toEqual([
        {
          program: 'JKK',
          periodStart: '2024-01-01',
          periodEnd: '2024-12-31',
          cases: null,
          payments: null,
          recipients: null,
          beneficiaries: null,
          amountRupiah: null,
          asPrinted: null,
          roundedTo: null,
          obsStatus: 'Q',
          confStatus: 'A',
          note: expect.not.stringMatching(/\d/),
        },
      ]);
    });

    test('are kept of nobody: no confidential value of the withheld row exists', async () => {
      expect(await world.loader.db.query('SELECT * FROM withheld_value')).toEqual([]);
    });
  });

  describe('as of a past day', () => {
    test('are what the press had said by then', async () => {
      const then = ['00', '19', '19.01', '19.03'].map((code) => newest(code, '2024-11-01'));
      expect(await Promise.all(then)).toEqual([
        {
          ...STATED,
          indicator: { id: 'pu_of_employees' },
          date: '2024-03',
          percent: 50.23,
          asPrinted: null,
          numerator: 26_640_000,
          denominator: 53_040_000,
          sources: [{ publisher: 'Warta Pembaruan/Kemnaker', publishedOn: '2024-05-20' }],
        },
        OCTOBER_2023,
        null,
        SECOND,
      ]);
    });

    test('change at the end of the day of each source', async () => {
      expect([await newest('19.03', '2024-10-11'), await newest('19.03', '2024-10-12')]).toEqual([null, FIRST]);
      expect([await newest('19', '2025-04-28'), await newest('19', '2025-04-29')]).toMatchObject([
        { indicator: { id: 'bpu_jkk_jkm' } },
        { indicator: { id: 'ucj' }, percent: 32.2 },
      ]);
    });

    test('that knew of no payment says so', async () => {
      const { data, errors } = await world.ask('{ region(code: "19") { name disbursements { cases } } }', {
        asOf: '2024-11-01',
      });
      expect({ data, codes: errors?.map(({ extensions }) => extensions?.code) }).toEqual({
        data: { region: { name: 'Kepulauan Bangka Belitung', disbursements: null } },
        codes: ['NOT_YET_KEPT'],
      });
    });
  });
});
