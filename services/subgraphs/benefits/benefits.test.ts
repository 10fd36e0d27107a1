import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eachDatabase } from '../../../test/support/databases.js';
import { noLog } from '../../../test/support/far-log.js';
import type { Report } from '../../kit/check.js';
import type { Database } from '../../kit/database.js';
import { dataFolder } from '../../kit/discover.js';
import { loadFirst } from '../../kit/first-load.js';
import { type HostedSubgraph, hostSubgraph } from '../../kit/host.js';
import { checkDataset, type Loader, type RegionDirectory } from '../../kit/load.js';
import { silent } from '../../kit/log.js';
import { endOfDate, type Instant } from '../../kit/period.js';
import { openSubgraphDatabase } from '../../kit/subgraph-database.js';
import { disbursement } from './datasets.js';
import { subgraph } from './subgraph.js';

const NOW = Date.parse('2026-01-31T05:00:00Z');
const REGIONS = ['19.00', '00', '19', '19.01', '19.03'];
const BLANK = { cases: null, payments: null, recipients: null, beneficiaries: null, amountRupiah: null };

eachDatabase('the published benefits', (makeUrl) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await openLoaded(await makeUrl(), (file) => readFile(join(dataFolder('benefits'), file), 'utf8'));
  });
  afterAll(() => opened.db.close());

  test('come from files without a problem', () => {
    expect(opened.reports.flatMap(({ problems }) => problems)).toEqual([]);
    expect(opened.reports.map(({ dataset, rows }) => [dataset, rows])).toEqual([
      ['benefits_source', 11],
      ['disbursement', 10],
      ['benefit_rule', 23],
    ]);
  });

  test('tell what a programme paid in a year, with its source and release', async () => {
    const fields = `periodStart periodEnd periodKind program benefitType segment basis dateBasis cases payments recipients
      beneficiaries amountRupiah asPrinted qualifier roundedTo unit obsStatus confStatus note
      sources { id publisher publishedOn } release { dataset kind publishedAt }`;
    const period = { periodStart: '2024-01-01', periodEnd: '2024-12-31', periodKind: 'YEAR' };
    const series = { program: 'JHT', benefitType: 'ALL', segment: 'NOT_STATED', basis: 'BRANCH', dateBasis: null };
    expect(await askRows(opened, `disbursements(period: "2024", program: JHT) { ${fields} }`)).toEqual([
      {
        ...period,
        ...series,
        ...BLANK,
        cases: 12613,
        amountRupiah: '139300000000',
        asPrinted: null,
        qualifier: null,
        roundedTo: 100000000,
        unit: 'IDR',
        obsStatus: 'A',
        confStatus: 'F',
        note: 'Cabang Pangkalpinang. Kasus, bukan orang; rupiah disebut dalam miliar.',
        sources: [{ id: 'tribun-babel-2025-02-05', publisher: 'Tribun/Babel News', publishedOn: '2025-02-05' }],
        release: { dataset: 'disbursement', kind: 'HISTORICAL', publishedAt: '2025-02-05T16:59:59.999Z' },
      },
    ]);
  });

  test('keep cases, persons and programmes apart', async () => {
    const fields = 'periodKind program benefitType cases payments recipients beneficiaries amountRupiah';
    const year = { periodKind: 'YEAR', benefitType: 'ALL', ...BLANK };
    expect(await askRows(opened, `disbursements(period: "2024") { ${fields} }`)).toEqual([
      { ...year, program: 'ALL', cases: 22731, amountRupiah: '183500000000' },
      { ...year, program: 'JHT', cases: 12613, amountRupiah: '139300000000' },
      { ...year, program: 'JKK', cases: 1375, amountRupiah: '11360000000' },
      { ...year, program: 'JKK', benefitType: 'RTW' },
      { ...year, program: 'JKK_JKM', benefitType: 'SCHOLARSHIP', beneficiaries: 208, amountRupiah: '901000000' },
      { ...year, program: 'JKM', cases: 843, amountRupiah: '24630000000' },
      { ...year, program: 'JKP', cases: 1421, amountRupiah: '2180000000' },
      { ...year, program: 'JP', cases: 6479, amountRupiah: '6000000000' },
      { ...year, periodKind: 'YTD', program: 'JKP', recipients: 1126, amountRupiah: '1814133110' },
    ]);
  });

  test('carry Return To Work as one withheld row', async () => {
    const fields = 'periodStart cases payments recipients beneficiaries amountRupiah asPrinted obsStatus confStatus';
    const withheld = { periodStart: '2024-01-01', ...BLANK, asPrinted: null, obsStatus: 'Q', confStatus: 'A' };
    expect(await ask(opened, REGIONS, `disbursements(benefitType: RTW) { ${fields} }`)).toEqual(
      REGIONS.map((code) => ({ code, disbursements: code === '19' ? [withheld] : [] })),
    );
  });

  test('have the totals that sources state, and none made of a single programme', async () => {
    const fields = `periodStart periodEnd periodKind segment basis dateBasis cases amountRupiah roundedTo origin
      unit obsStatus confStatus sources { id } release { publishedAt }`;
    const shared = { segment: 'NOT_STATED', basis: 'BRANCH', roundedTo: 100000000, origin: 'STATED' };
    const status = { unit: 'IDR', obsStatus: 'A', confStatus: 'F' };
    const quarter = { periodStart: '2025-01-01', periodEnd: '2025-03-31', periodKind: 'QUARTER', dateBasis: 'PAID' };
    const year = { periodStart: '2024-01-01', periodEnd: '2024-12-31', periodKind: 'YEAR', dateBasis: null };
    expect(await ask(opened, ['19', '19.03'], `disbursementTotals { ${fields} }`)).toEqual([
      {
        code: '19',
        disbursementTotals: [
          {
            ...{ ...shared, ...status, ...quarter, cases: 6398, amountRupiah: '43800000000' },
            sources: [{ id: 'tribun-babel-2025-04-29' }],
            release: { publishedAt: '2025-04-29T16:59:59.999Z' },
          },
          {
            ...{ ...shared, ...status, ...year, cases: 22731, amountRupiah: '183500000000' },
            sources: [{ id: 'tribun-babel-2025-02-05' }],
            release: { publishedAt: '2025-02-05T16:59:59.999Z' },
          },
        ],
      },
      { code: '19.03', disbursementTotals: [] },
    ]);
  });

  test.each([
    ['period: "2024-01/2024-10"', ['2024-10-31 YTD JKP']],
    ['period: "2025-Q1"', ['2025-03-31 QUARTER ALL']],
    ['period: "2024-01/2025-12", periodKind: YTD', ['2024-10-31 YTD JKP']],
    ['period: "2023"', []],
    ['first: 1', ['2025-03-31 QUARTER ALL']],
  ])('are found with %s', async (args, found) => {
    const rows = await askRows(opened, `disbursements(${args}) { periodEnd periodKind program }`);
    expect(rows.map((row) => Object.values(row).join(' '))).toEqual(found);
  });

  test('are seen from the day of their source on, and not before', async () => {
    const seen = async (day: string) => {
      const rows = await askRows(opened, 'disbursements { periodKind program benefitType }', endOfDate(day));
      return rows.map((row) => Object.values(row).join(' '));
    };
    expect(await seen('2024-11-16')).toEqual(['YEAR JKK RTW']);
    expect(await seen('2024-11-23')).toEqual(['YEAR JKK RTW', 'YTD JKP ALL']);
    expect(await seen('2025-02-05')).toHaveLength(8);
    expect(await seen('2025-04-29')).toHaveLength(10);
    const early = await execute(opened, ['19'], 'disbursements { program }', endOfDate('2022-08-15'));
    expect(early.errors?.map(({ extensions }) => extensions.code)).toEqual(['NOT_YET_KEPT']);
  });

  test('answer many regions with one statement', async () => {
    const codes = Array.from(
      { length: 500 },
      (_, index) => `${10 + Math.floor(index / 90)}.${String(10 + (index % 90))}`,
    );
    opened.statements.length = 0;
    const regions = await ask(opened, [...codes, '19'], 'disbursements(period: "2024") { cases }');
    expect(
      regions.filter(({ disbursements }) => Array.isArray(disbursements) && disbursements.length === 9),
    ).toHaveLength(1);
    expect(opened.statements.filter((sql) => / disbursement /.test(sql))).toHaveLength(1);
    expect(opened.statements.length).toBeLessThanOrEqual(4); // with the sources and the sealed instants
  });

  test('are found by the index of their region, without statistics too', async () => {
    opened.statements.length = 0;
    await askRows(opened, 'disbursements { cases }');
    const sql = opened.statements.find((statement) => / disbursement /.test(statement));
    const explain = opened.db.dialect === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
    const plan = await opened.db.query(`${explain} ${sql}`, ['["19"]', NOW, NOW]);
    expect(JSON.stringify(plan)).toMatch(
      /SEARCH d USING INDEX disbursement_1|"table":"d","type":"ref".*"disbursement_1"/,
    );
  });

  test('have rules that change from one day to the next', async () => {
    const rules = async (on: string) => {
      const query = `{ benefitRules(program: JKP, on: "${on}") { parameter value unit segment validFrom validTo legalBasis } }`;
      const { result } = await opened.hosted.execute({ query }, null);
      const rows = result.data?.benefitRules as Record<string, unknown>[];
      return rows.map(({ parameter, value, unit, segment, ...law }) => [
        `${parameter} ${value} ${unit} ${segment}`,
        law.validFrom,
        law.validTo,
        law.legalBasis,
      ]);
    };
    const old = ['2021', '2025-02-06', 'PP 37/2021'];
    const months = ['min_contribution_months 12 MONTHS PU', '2024', null, null];
    expect(await rules('2025-02-06')).toEqual([
      ['cash_share_months_1_3 45 PERCENT_OF_WAGE PU', ...old],
      ['cash_share_months_4_6 25 PERCENT_OF_WAGE PU', ...old],
      ['contribution 0.46 PERCENT_OF_WAGE PU', ...old],
      months,
    ]);
    expect(await rules('2025-02-07')).toEqual([
      ['cash_share 60 PERCENT_OF_WAGE PU', '2025-02-07', null, 'PP 6/2025'],
      ['contribution 0.36 PERCENT_OF_WAGE PU', '2025-02-07', null, 'PP 6/2025'],
      months,
    ]);
  });

  test('have rules for every segment, with their source', async () => {
    const query = `{ benefitRules(program: JKM, on: "2024") { segment parameter value asPrinted note sources { publisher }
      release { dataset kind } } }`;
    const { result } = await opened.hosted.execute({ query }, null);
    expect(result.data?.benefitRules).toContainEqual({
      segment: null,
      parameter: 'funeral',
      value: 10000000,
      asPrinted: null,
      note: null,
      sources: [{ publisher: 'Okezone' }],
      release: { dataset: 'benefit_rule', kind: 'HISTORICAL' },
    });
  });

  test.each([
    ['disbursements(period: "2024-13") { cases }', 'BAD_PERIOD'],
    ['disbursementTotals(period: "") { cases }', 'BAD_PERIOD'],
    ['disbursements(first: 0) { cases }', 'BAD_ARGUMENT'],
    ['disbursements(first: 1001) { cases }', 'BAD_ARGUMENT'],
  ])('refuse %s with %s', async (field, code) => {
    const { errors } = await execute(opened, ['19'], field);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
  });

  test('refuse a day that does not exist with BAD_DATE', async () => {
    const { result } = await opened.hosted.execute({ query: '{ benefitRules(on: "2025-02-30") { value } }' }, null);
    expect(result.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_DATE']);
  });
});

/** Invented figures, in no file but this one. */
const INVENTED = {
  'source.csv':
    'id,publisher,title,url,published_on,retrieved_on,licence,evidence\ninvented,Nobody,,,2024-03-01,,,invented\n',
  'benefit_rule.csv': `program,segment,parameter,value,unit,as_printed,legal_basis,valid_from,valid_to,source_id,note
JKM,ALL,invented,1.5,MONTHS,,,2024,,invented,\n`,
  'disbursement.csv': disbursementCsv([
    '19.01,JKK,ALL,9,,,,770000001,sembilan,A,invented note 9',
    '19.01,JKM,ALL,,,,,880000001,,A,',
    '19.01,JHT,ALL,10,,10,,57000000000000,,A,',
    '19.01,JP,ALL,0,,,,0,,A,',
    '19.01,JKP,ALL,400,2000,3,,990000001,,A,',
    '19,JKK,RTW,1,,,,660000001,,A,invented note 1',
    '19,JHT,ALL,20,,,,9007199254740993,,A,',
    '19.00,JHT,ALL,10,,,,8950199254740993,,A,',
    '00,JKK,ALL,2000000000,,,,1,,A,',
    '00,JKM,ALL,100,,,,57000000000000,,E,',
    '00,JHT,ALL,100,,,,9007199254740993,,A,',
    '00,JP,ALL,100,,,,1,,A,',
    '00,JKP,ALL,100,,,,1,,A,',
  ]),
};

eachDatabase('invented benefits', (makeUrl) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await openLoaded(await makeUrl(), async (file) => INVENTED[file as keyof typeof INVENTED]);
  });
  afterAll(() => opened.db.close());

  test('are withheld when a count is small, or missing below a province, with all that stands beside it', async () => {
    const fields = `program cases payments recipients beneficiaries amountRupiah asPrinted note obsStatus confStatus`;
    const open = { ...BLANK, asPrinted: null, note: null, obsStatus: 'A', confStatus: 'F' };
    const withheld = { ...open, obsStatus: 'Q', confStatus: 'A' };
    const [region] = await ask(opened, ['19.01'], `disbursements { ${fields} }`);
    expect(region?.disbursements).toEqual([
      { ...open, program: 'JHT', cases: 10, recipients: 10, amountRupiah: '57000000000000' },
      { ...withheld, program: 'JKK' },
      { ...withheld, program: 'JKM' },
      { ...withheld, program: 'JKP' },
      { ...open, program: 'JP', cases: 0, amountRupiah: '0' },
    ]);
  });

  test('are not given away by a sum', async () => {
    const fields = 'cases amountRupiah origin obsStatus confStatus sources { id } release { id }';
    const sum = { origin: 'SUMMED', sources: [{ id: 'invented' }], release: null };
    const withheld = { ...sum, cases: null, amountRupiah: null, obsStatus: 'Q', confStatus: 'S' };
    const exact = { ...sum, cases: 2000000400, amountRupiah: '9064199254740996', obsStatus: 'E', confStatus: 'F' };
    expect(await ask(opened, ['19.01', '00'], `disbursementTotals { ${fields} }`)).toEqual([
      { code: '19.01', disbursementTotals: [withheld] },
      { code: '00', disbursementTotals: [exact] },
    ]);
  });

  test('keep an amount that no JSON number holds', async () => {
    const rows = await askRows(opened, 'disbursements(program: JHT) { amountRupiah }');
    expect(rows).toEqual([{ amountRupiah: '9007199254740993' }]);
  });

  test('are told everything that is wrong with their file at once', async () => {
    const csv = disbursementCsv([
      '1903,JHT,ALL,10,,,,5,,A,',
      '19.03,JP,ALL,1.500,,,,Rp5,,A,',
      '19.99,JKK,ALL,50,20,,,5,,A,',
    ]);
    const input = Readable.from([csv.replaceAll('invented', 'unknown')]);
    const { problems } = await checkDataset(loaderOf(opened.db), disbursement, { name: 'disbursement.csv' }, input);
    expect(problems.map(({ row, column, rule }) => [row, column, rule])).toEqual([
      [2, 'region_code', 'E2'],
      [3, 'cases', 'E3'],
      [3, 'amount_rupiah', 'E3'],
      [4, 'recipients', 'E10'],
      [4, 'region_code', 'E2'],
      [4, 'source_id', 'REFERENCE'],
    ]);
  });

  test('leave nothing of one person in the database', async () => {
    const kept = await opened.db.query('SELECT * FROM withheld_value');
    expect(kept.map(({ value }) => String(value)).sort()).toEqual([
      '2000',
      '3',
      '400',
      '770000001',
      '880000001',
      '9',
      '990000001',
    ]);
    const rows = await opened.db.query("SELECT * FROM disbursement WHERE obs_status = 'Q'");
    expect(rows).toHaveLength(4);
    expect(JSON.stringify([rows, await opened.db.query('SELECT * FROM stage')])).not.toMatch(
      /0000001|invented note|sembilan/,
    );
  });
});

interface Opened {
  readonly db: Database;
  readonly hosted: HostedSubgraph;
  readonly reports: readonly Report[];
  /** Every reading statement, in order. */
  readonly statements: string[];
}

/** A new database with the first load of what `readCsv` gives for each file, and the subgraph answering from it. */
async function openLoaded(url: string, readCsv: (file: string) => Promise<string>): Promise<Opened> {
  const statements: string[] = [];
  const db = await openSubgraphDatabase({ url, subgraphs: [subgraph], onQuery: (sql) => statements.push(sql) });
  const loader = loaderOf(db);
  const reports: Report[] = [];
  for (const dataset of subgraph.datasets) {
    const csv = await readCsv(dataset.file);
    reports.push(await checkDataset(loader, dataset, { name: dataset.file }, Readable.from([csv])));
    await loadFirst(loader, dataset, { name: dataset.file }, Readable.from([csv]));
  }
  const hosted = await hostSubgraph(subgraph, { db, log: silent, clock: () => NOW });
  return { db, hosted, reports, statements };
}

/** A subgraph knows the registry only as the far end; what it reads by are the seals in its own database. */
function loaderOf(db: Database): Loader {
  const log = noLog(NOW);
  const valid = { validFrom: null, validTo: null };
  const regions: RegionDirectory = async (codes) =>
    new Map(codes.filter((code) => REGIONS.includes(code)).map((code) => [code, valid]));
  return { db, log, clock: () => NOW, regions, datasets: subgraph.datasets };
}

function execute({ hosted }: Opened, codes: readonly string[], field: string, asOf: Instant | null = null) {
  const query = `query ($regions: [_Any!]!) { _entities(representations: $regions) { ... on Region { code ${field} } } }`;
  const regions = codes.map((code) => ({ __typename: 'Region', code }));
  return hosted.execute({ query, variables: { regions } }, asOf).then(({ result }) => result);
}

/** The regions with a field of theirs; throws what went wrong. */
async function ask(opened: Opened, codes: readonly string[], field: string, asOf: Instant | null = null) {
  const { data, errors } = await execute(opened, codes, field, asOf);
  if (errors) throw errors[0];
  return JSON.parse(JSON.stringify(data?._entities)) as Record<string, unknown>[]; // plain objects, to be compared
}

/** The rows of a list on the province. */
async function askRows(opened: Opened, field: string, asOf: Instant | null = null) {
  const [region] = await ask(opened, ['19'], field, asOf);
  const { code, ...lists } = region ?? {};
  return Object.values(lists).flat() as Record<string, unknown>[]; // a field that is a list of rows
}

/** A file from lines of region, programme, type, cases, payments, recipients, beneficiaries, rupiah, printed, status, note. */
function disbursementCsv(lines: readonly string[]): string {
  const header =
    'region_code,program,benefit_type,cases,payments,recipients,beneficiaries,amount_rupiah,as_printed,obs_status,note';
  const rest =
    'period_start,period_end,period_kind,segment,rounded_to,qualifier,basis,date_basis,conf_status,source_id';
  const cells = '2024-01-01,2024-01-31,MONTH,,,,BRANCH,PAID,,invented';
  return `${[`${header},${rest}`, ...lines.map((line) => `${line},${cells}`)].join('\n')}\n`;
}
