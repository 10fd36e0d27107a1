import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eachDatabase } from '../../../test/support/databases.js';
import { armRows } from '../../../test/support/publish.js';
import { type SealedDraft, sealRows } from '../../../test/support/sealed.js';
import type { Database } from '../../kit/database.js';
import type { Row } from '../../kit/dataset.js';
import { type HostedSubgraph, hostSubgraph } from '../../kit/host.js';
import { silent } from '../../kit/log.js';
import { openSubgraphDatabase } from '../../kit/subgraph-database.js';
import { indicator, participantCount, statedCoverage } from './datasets.js';
import { subgraph } from './subgraph.js';

/** Instants of the releases, and of one that is armed for later than now. */
const [FIRST, CORRECTED, WITHDRAWN, NOW, LATER] = ['01', '02', '03', '04', '05'].map((day) =>
  Date.parse(`2025-03-${day}T01:00:00Z`),
) as [number, number, number, number, number]; // as many as days
const iso = (instant: number) => new Date(instant).toISOString();

/** Invented figures. */
const INVENTED = { obs_status: 'E', conf_status: 'F', source_id: 'invented', note: 'synthetic' };
const ucj = (date: string, percent: number | null, changes: Row = {}): Row => ({
  region_code: '19.03',
  date,
  indicator_id: 'ucj',
  category: 'ALL',
  percent,
  ...INVENTED,
  ...changes,
});
const count = (value: number | null, changes: Row = {}): Row => ({
  region_code: '19.03',
  date: '2024-12',
  segment: 'PU',
  program: 'JHT',
  status: 'ACTIVE',
  category: 'ALL',
  administrator: 'BPJSTK',
  basis: 'BRANCH',
  value,
  ...INVENTED,
  ...changes,
});
const tombstone = { obs_status: 'O', note: null };
const DRAFT = { kind: 'REGULAR', reason: null, createdBy: 'tok_1 publisher', approvedBy: 'tok_2 approver' } as const;
const UCJ: Row = {
  id: 'ucj',
  name_id: 'UCJ',
  name_en: 'UCJ',
  unit: 'PERCENT',
  default_rank: 1,
  comparability_group: 'ucj',
};
const SOURCE: Row = { id: 'invented', publisher: 'A test' };

eachDatabase('what was ever said', (makeUrl) => {
  const statements: string[] = [];
  let db: Database;
  let hosted: HostedSubgraph;

  beforeAll(async () => {
    const onQuery = (sql: string) => void statements.push(sql);
    db = await openSubgraphDatabase({ url: await makeUrl(), subgraphs: [subgraph], onQuery });
    const seal = (draft: Omit<SealedDraft, 'createdBy' | 'approvedBy'>, at: number) =>
      sealRows(db, { ...DRAFT, ...draft }, at);
    const [sources] = subgraph.datasets.filter(({ name }) => name === 'participants_source');
    if (sources) await seal({ ...DRAFT, dataset: sources, rows: [SOURCE] }, 1);
    await seal({ ...DRAFT, dataset: indicator, rows: [UCJ] }, 1);
    const rows = [
      ucj('2024-10', 21),
      ucj('2024-12', 33),
      ucj('2024', 20),
      ucj('2025-01', 34, { region_code: '19.05' }),
    ];
    await seal({ ...DRAFT, dataset: statedCoverage, rows }, FIRST);
    const correction = { kind: 'CORRECTION', reason: 'digits were swapped', supersedes: 'stated_coverage/1' } as const;
    await seal({ dataset: statedCoverage, rows: [ucj('2024-12', 31)], ...correction }, CORRECTED);
    const withdrawal = { kind: 'WITHDRAWAL', reason: 'counted twice', supersedes: 'stated_coverage/2' } as const;
    await seal({ dataset: statedCoverage, rows: [ucj('2024-12', null, tombstone)], ...withdrawal }, WITHDRAWN);
    const other = { segment: 'BPU', program: 'JKK' };
    await seal({ ...DRAFT, dataset: participantCount, rows: [count(900), count(700, other)] }, FIRST);
    await seal({ ...DRAFT, dataset: participantCount, rows: [count(910)] }, CORRECTED);
    const gone = { dataset: participantCount, rows: [count(null, tombstone)], supersedes: 'participant_count/2' };
    await seal({ ...gone, kind: 'WITHDRAWAL', reason: 'counted twice' }, WITHDRAWN);
    await armRows({ db, clock: () => NOW }, { ...DRAFT, dataset: statedCoverage, rows: [ucj('2024-12', 32)] }, LATER);
    hosted = await hostSubgraph(subgraph, { db, log: silent, clock: () => NOW });
  });
  afterAll(() => db.close());

  const ask = async (query: string, asOf: number | null = null) => {
    const { data, errors } = JSON.parse(JSON.stringify((await hosted.execute({ query }, asOf)).result));
    return errors?.map(({ extensions }: { extensions: { code: string } }) => extensions.code) ?? data;
  };
  const askRegion = async (code: string, field: string, asOf: number | null = null) => {
    const query = `{ _entities(representations: [{ __typename: "Region", code: "${code}" }]) { ... on Region { answer: ${field} } } }`;
    return (await ask(query, asOf))._entities[0].answer;
  };
  const history = async (args: string, fields: string, asOf: number | null = null) =>
    (await ask(`{ history(region: "19.03", ${args}) { ${fields} } }`, asOf)).history;

  describe('of coverage', () => {
    test('is every value a date ever had, with the release that gave it, when it was seen, and its line', async () => {
      const fields = `date percent obsStatus publishedFrom publishedUntil fileRow indicator { id } sources { publisher }
        release { id kind status supersedes reason }`;
      const common = { date: '2024-12', indicator: { id: 'ucj' }, sources: [{ publisher: 'A test' }] };
      const first = { id: 'stated_coverage/1', kind: 'REGULAR', status: 'PUBLISHED', supersedes: null, reason: null };
      expect(await history('period: "2024-11/2024-12", indicator: "ucj"', fields)).toEqual([
        {
          ...common,
          percent: 33,
          obsStatus: 'E',
          publishedFrom: iso(FIRST),
          publishedUntil: iso(CORRECTED),
          fileRow: 3,
          release: first,
        },
        {
          ...common,
          percent: 31,
          obsStatus: 'E',
          publishedFrom: iso(CORRECTED),
          publishedUntil: iso(WITHDRAWN),
          fileRow: 2,
          release: {
            id: 'stated_coverage/2',
            kind: 'CORRECTION',
            status: 'WITHDRAWN',
            supersedes: 'stated_coverage/1',
            reason: 'digits were swapped',
          },
        },
        {
          ...common,
          percent: null,
          obsStatus: 'O',
          publishedFrom: iso(WITHDRAWN),
          publishedUntil: null,
          fileRow: 2,
          release: {
            id: 'stated_coverage/3',
            kind: 'WITHDRAWAL',
            status: 'PUBLISHED',
            supersedes: 'stated_coverage/2',
            reason: 'counted twice',
          },
        },
      ]);
    });

    test('at a past edition tells neither what came after nor that anything would', async () => {
      const fields = 'percent publishedUntil release { status }';
      const standing = { release: { status: 'PUBLISHED' } };
      expect([
        await history('period: "2024-12"', fields, FIRST),
        await history('period: "2024-12"', fields, CORRECTED),
      ]).toEqual([
        [{ ...standing, percent: 33, publishedUntil: null }],
        [
          { ...standing, percent: 33, publishedUntil: iso(CORRECTED) },
          { ...standing, percent: 31, publishedUntil: null },
        ],
      ]);
    });

    test('holds nothing of what is armed for later', async () => {
      const armed = await db.query('SELECT percent FROM stated_coverage WHERE published_from > ?', [NOW]);
      const closed = await db.query('SELECT percent FROM stated_coverage WHERE published_to = ?', [LATER]);
      expect([armed.length, closed.length]).toEqual([1, 1]);
      const shown = await history('period: "2024-12"', 'percent publishedUntil');
      expect(shown.map(({ percent }: { percent: number | null }) => percent)).toEqual([33, 31, null]);
      expect(JSON.stringify(shown)).not.toContain(iso(LATER));
    });

    test.each([
      ['a year', '2024', ['2024', '2024-10', '2024-12', '2024-12', '2024-12']],
      ['a quarter, in which a year is not', '2024-Q4', ['2024-10', '2024-12', '2024-12', '2024-12']],
      ['a month', '2024-10', ['2024-10']],
      ['a month without figures', '2024-11', []],
    ])('is of the dates within %s', async (_, period, dates) => {
      const shown = await history(`period: "${period}"`, 'date');
      expect(shown.map(({ date }: { date: string }) => date)).toEqual(dates);
    });

    test('is cut where fewer are asked for', async () => {
      expect(await history('period: "2024", first: 2', 'date')).toEqual([{ date: '2024' }, { date: '2024-10' }]);
    });

    test.each([
      ['BAD_REGION_CODE', 'region: "1903", period: "2024"'],
      ['BAD_PERIOD', 'region: "19.03", period: "2024-13"'],
      ['UNKNOWN_INDICATOR', 'region: "19.03", period: "2024", indicator: "none"'],
      ['BAD_ARGUMENT', 'region: "19.03", period: "2024", first: 1001'],
    ])('is refused with %s', async (code, args) => {
      expect(await ask(`{ history(${args}) { date } }`)).toEqual([code]);
    });

    test('of many regions is found with one statement', async () => {
      const parts = ['19.03', '19.05', '19.01'].map(
        (code, n) => `h${n}: history(region: "${code}", period: "2025") { date }`,
      );
      statements.length = 0;
      expect(await ask(`{ ${parts.join(' ')} }`)).toEqual({ h0: [], h1: [{ date: '2025-01' }], h2: [] });
      expect(statements.filter((sql) => sql.includes('stated_coverage'))).toHaveLength(1);
    });
  });

  test('of a count is every value it ever had', async () => {
    const fields = 'date segment value obsStatus publishedFrom publishedUntil release { kind reason }';
    const query = `{ participantHistory(region: "19.03", period: "2024", program: JHT) { ${fields} } }`;
    const common = { date: '2024-12', segment: 'PU' };
    const [regular, withdrawal] = [
      { kind: 'REGULAR', reason: null },
      { kind: 'WITHDRAWAL', reason: 'counted twice' },
    ];
    expect((await ask(query)).participantHistory).toEqual([
      {
        ...common,
        value: 900,
        obsStatus: 'E',
        publishedFrom: iso(FIRST),
        publishedUntil: iso(CORRECTED),
        release: regular,
      },
      {
        ...common,
        value: 910,
        obsStatus: 'E',
        publishedFrom: iso(CORRECTED),
        publishedUntil: iso(WITHDRAWN),
        release: regular,
      },
      {
        ...common,
        value: null,
        obsStatus: 'O',
        publishedFrom: iso(WITHDRAWN),
        publishedUntil: null,
        release: withdrawal,
      },
    ]);
  });

  describe('and is withdrawn', () => {
    const fields = 'date percent obsStatus numerator flags lowerBound release { kind reason }';
    const withdrawn = {
      date: '2024-12',
      percent: null,
      obsStatus: 'O',
      numerator: null,
      flags: [],
      lowerBound: null,
      release: { kind: 'WITHDRAWAL', reason: 'counted twice' },
    };

    test('is answered as withdrawn, with the reason: no older figure takes its place', async () => {
      expect(await askRegion('19.03', `coverage { ${fields} }`)).toEqual(withdrawn);
    });

    test('is as it was for whoever asks as of before', async () => {
      expect(await askRegion('19.03', 'coverage { percent obsStatus }', CORRECTED)).toEqual({
        percent: 31,
        obsStatus: 'E',
      });
    });

    test('stays in the series without a number', async () => {
      const series = await askRegion('19.03', 'coverageSeries(indicator: "ucj") { date percent obsStatus }');
      expect(series).toEqual([
        { date: '2024', percent: 20, obsStatus: 'E' },
        { date: '2024-10', percent: 21, obsStatus: 'E' },
        { date: '2024-12', percent: null, obsStatus: 'O' },
      ]);
    });

    test('is left out of a ranking, and stands in a comparison without a number', async () => {
      const entries = 'entries { region { code } coverage { percent obsStatus } }';
      const query = `{ ranking(indicator: "ucj", level: REGENCY) { ${entries} } compare(codes: ["19.03", "19.05"]) { ${entries} } }`;
      const other = { region: { code: '19.05' }, coverage: { percent: 34, obsStatus: 'E' } };
      expect(await ask(query)).toEqual({
        ranking: { entries: [other] },
        compare: { entries: [{ region: { code: '19.03' }, coverage: { percent: null, obsStatus: 'O' } }, other] },
      });
    });

    test('is a count without a number, with the reason', async () => {
      const field = 'participants(program: JHT) { value obsStatus release { kind reason } }';
      expect(await askRegion('19.03', field)).toEqual([
        { value: null, obsStatus: 'O', release: { kind: 'WITHDRAWAL', reason: 'counted twice' } },
      ]);
    });
  });
});
