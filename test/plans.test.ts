import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { analyze, type Database, openDatabase } from '../services/kit/database.js';
import { discover, subgraphNames } from '../services/kit/discover.js';
import { createMemory, createReader, type Reader } from '../services/kit/reader.js';
import { createSeals } from '../services/kit/seals.js';
import { findWorkshops } from '../services/subgraphs/_example/queries.js';
import { findDisbursementHistory, findDisbursements, findRules } from '../services/subgraphs/benefits/queries.js';
import { findRedactions, findReleases } from '../services/subgraphs/catalog/queries.js';
import { cellKey } from '../services/subgraphs/participants/cell.js';
import {
  findCoverage,
  findCoverageHistory,
  findCoveredCodes,
} from '../services/subgraphs/participants/coverage-queries.js';
import {
  findAllSources,
  findBaseCells,
  findCountCells,
  findCountHistory,
  findIndicators,
  findKnownEvents,
  findParticipantCounts,
  findPopulationBases,
  findSeriesEvents,
  findTargets,
} from '../services/subgraphs/participants/queries.js';
import { findByBpsCodes, findChildren, findRegionPage, findRegions } from '../services/subgraphs/regions/queries.js';
import { eachDatabase } from './support/databases.js';
import { explain, type Step } from './support/explain.js';
import { listPaths } from './support/sources.js';
import { FIGURE_TABLES, loadSynthetic } from './support/synthetic.js';
import { createWorld, type World } from './support/world.js';

type Call = (reader: Reader, codes: readonly string[]) => Promise<unknown>;

const PAGE = { search: null, codeStart: null, level: null, parent: null, after: null, limit: 50 };
const COVERAGE = { indicator: null, category: 'ALL', date: null };
const COUNTS = { date: null, segment: null, program: null, status: null, category: null };
const YEAR = { start: '2023-01-01', end: '2023-12-31' };
const DISBURSED = { within: null, periodKind: null, program: null, benefitType: null };

/** Every function that asks the database, with each form its statement takes. */
const CALLS: Readonly<Record<string, readonly Call[]>> = {
  findRegions: [findRegions],
  findChildren: [findChildren],
  findByBpsCodes: [(reader) => findByBpsCodes(reader, ['1903', '1905'])],
  findRegionPage: [
    (reader) => findRegionPage(reader, PAGE),
    (reader) => findRegionPage(reader, { ...PAGE, search: 'bangka', codeStart: '19' }),
    (reader) => findRegionPage(reader, { ...PAGE, level: 'REGENCY', parent: '19', after: '19.03' }),
  ],
  findAllSources: [findAllSources],
  findIndicators: [findIndicators],
  findCoverage: [
    (reader, codes) => findCoverage(reader, codes, COVERAGE),
    (reader, codes) => findCoverage(reader, codes, { ...COVERAGE, indicator: 'ucj', date: '2023' }),
    (reader, codes) => findCoverage(reader, codes, { ...COVERAGE, indicator: 'ucj', allDates: true }),
    (reader, codes) => findCoverage(reader, codes, { ...COVERAGE, category: 'RT_RW_LKD' }),
  ],
  findCoveredCodes: [
    (reader) => findCoveredCodes(reader, 'ucj', '', 5),
    (reader) => findCoveredCodes(reader, 'ucj', '19.', 5),
  ],
  findCoverageHistory: [
    (reader, codes) => findCoverageHistory(reader, codes, { indicator: 'ucj', category: 'ALL', within: YEAR }),
    (reader, codes) => findCoverageHistory(reader, codes, { indicator: null, category: 'ALL', within: YEAR }),
  ],
  findCountHistory: [
    (reader, codes) => {
      const { date: _, ...dimensions } = COUNTS;
      return findCountHistory(reader, codes, { ...dimensions, program: 'JKK', within: YEAR });
    },
  ],
  findCountCells: [(reader, codes) => findCountCells(reader, cellsOf(codes))],
  findBaseCells: [(reader, codes) => findBaseCells(reader, cellsOf(codes))],
  findParticipantCounts: [
    (reader, codes) => findParticipantCounts(reader, codes, COUNTS),
    (reader, codes) =>
      findParticipantCounts(reader, codes, {
        date: '2023',
        segment: 'PU',
        program: 'JKK',
        status: 'ACTIVE',
        category: 'ALL',
      }),
  ],
  findPopulationBases: [
    (reader, codes) => findPopulationBases(reader, codes, { date: null, concept: null }),
    (reader, codes) => findPopulationBases(reader, codes, { date: '2023-01', concept: 'EMPLOYED' }),
  ],
  findTargets: [
    (reader, codes) => findTargets(reader, codes, null),
    (reader, codes) => findTargets(reader, codes, 'ucj'),
  ],
  findSeriesEvents: [findSeriesEvents],
  findKnownEvents: [findKnownEvents],
  findDisbursements: [
    (reader, codes) => findDisbursements(reader, codes, DISBURSED),
    (reader, codes) =>
      findDisbursements(reader, codes, {
        within: YEAR,
        periodKind: 'MONTH',
        program: 'JHT',
        benefitType: 'ALL',
      }),
  ],
  findDisbursementHistory: [
    (reader, codes) => findDisbursementHistory(reader, codes, { ...DISBURSED, within: YEAR }),
    (reader, codes) => findDisbursementHistory(reader, codes, { ...DISBURSED, within: YEAR, program: 'JHT' }),
  ],
  findRules: [findRules],
  findReleases: [(reader) => findReleases(reader, 'stated_coverage', 100)],
  findRedactions: [
    (reader) => findRedactions(reader, null, 100),
    (reader) => findRedactions(reader, 'disbursement', 1),
  ],
  findWorkshops: [
    (reader, codes) => findWorkshops(reader, codes, null),
    (reader, codes) => findWorkshops(reader, codes, '2024'),
  ],
};

/** What may be read whole: lists given with the statement, and tables that stay small. */
const SMALL =
  /^(k|json_each|<union.*>|.*_series|.*_source|indicator|target|series_event|benefit_rule|_example_workshop|seal|data_release|redaction)$/;

/** What is looked up by more than its series: a region, or a date. */
const BY_MORE: readonly string[] = ['region_code', 'date', 'period_start'];

test('every function that asks the database is called here', async () => {
  const paths = listPaths('services/subgraphs').filter((path) => path.endsWith('queries.ts'));
  const modules = await Promise.all(
    paths.map((path) => import(pathToFileURL(fileURLToPath(new URL(`../${path}`, import.meta.url))).href)),
  );
  const functions = modules.flatMap((module: object) => Object.keys(module)).filter((name) => name.startsWith('find'));
  expect(Object.keys(CALLS).sort()).toEqual(functions.sort());
});

eachDatabase('a statement over two years of figures', (makeUrl) => {
  let url: string;
  let world: World;
  let codes: readonly string[];
  /** Tells the plans. Not the world's own: libsql leaves a connection that explained something behind what is written. */
  let planner: Database;
  const openPlanner = async () => {
    planner = await openDatabase({ url, entities: [], migrations: [] });
  };

  beforeAll(async () => {
    url = await makeUrl();
    world = await createWorld({ url, subgraphs: await discover([...(await subgraphNames()), '_example']) });
    codes = await findRegencies(world);
    await loadSynthetic(world.db, codes);
  }, 60_000);
  afterAll(() => world.close());

  describe('that came after the database last looked at its tables', () => {
    beforeAll(openPlanner);
    afterAll(() => planner.close());
    testPlans();

    test('that reads a table of figures whole is seen to', async () => {
      const sql = 'SELECT s.date FROM stated_coverage s WHERE s.note = ?';
      expect(await stepsOf(world, planner, () => world.db.query(sql, ['']))).toEqual([
        { tables: ['stated_coverage'], access: 'SCAN', columns: [] },
      ]);
    });
  });

  describe('that the database has looked at', () => {
    beforeAll(async () => {
      const tables = FIGURE_TABLES.flatMap((name) => [name, `${name}_series`]);
      for (const table of tables) await analyze(world.db, table);
      await openPlanner();
    });
    afterAll(() => planner.close());
    testPlans();

    test('is planned by what it saw, also where the statement leaves the plan open', async () => {
      const sql = 'SELECT f.value FROM participant_count_series x JOIN participant_count f ON f.series = x.id';
      const steps = await stepsOf(world, world.db, () => world.db.query(`${sql} AND f.region_code = ?`, ['19.03']));
      expect(scannedBy(steps)).toEqual(['participant_count_series']);
    });
  });

  function testPlans(): void {
    test.each(Object.entries(CALLS))('is planned well for %s', async (name, calls) => {
      const reader = await createFreshReader(world);
      for (const call of calls) {
        const steps = await stepsOf(world, planner, () => call(reader, codes.slice(0, 10)));
        expect(steps).not.toEqual([]);
        expect(scannedBy(steps).filter((table) => !mayBeScanned(table, name))).toEqual([]);
        expect(steps.filter((step) => isWide(step, name))).toEqual([]);
      }
    });
  }
});

/** One month of these regions, in the first of the series of `loadSynthetic`. */
function cellsOf(codes: readonly string[]): string[] {
  return codes.map((code) => cellKey(1001, '2023-01', code));
}

function scannedBy(steps: readonly Step[]): string[] {
  return steps.filter(({ access }) => access === 'SCAN').flatMap(({ tables }) => tables);
}

/** A part of a name is found by reading all names. */
function mayBeScanned(table: string, name: string): boolean {
  return SMALL.test(table) || (table === 'region' && name === 'findRegionPage');
}

/** True when figures are looked up by their series alone. Which regions have a figure at all is read from its index. */
function isWide({ tables, columns }: Step, name: string): boolean {
  if (!tables.some((table) => FIGURE_TABLES.includes(table))) return false;
  const isOfSeries = columns[0] === 'series';
  return !isOfSeries || (name !== 'findCoveredCodes' && !columns.some((column) => BY_MORE.includes(column)));
}

/** The plans that the planner has for what a call sends. */
async function stepsOf({ statements }: World, planner: Database, call: () => Promise<unknown>): Promise<Step[]> {
  statements.reset();
  await call();
  const plans = await Promise.all(statements.all().map((statement) => explain(planner, statement)));
  return plans.flat();
}

async function findRegencies({ db }: World): Promise<string[]> {
  const rows = await db.query("SELECT code FROM region WHERE level = 'REGENCY' ORDER BY code LIMIT 100");
  return rows.map(({ code }) => String(code));
}

/** A reader at the newest instant that remembers nothing yet, so that every statement is sent. */
async function createFreshReader({ db, loader }: World): Promise<Reader> {
  const seals = createSeals(
    db,
    loader.datasets.map(({ name }) => name),
    loader.clock,
  );
  return createReader(db, seals, createMemory(), await seals.newest());
}
