import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { eachDatabase } from '../../test/support/databases.js';
import { tableProblems, told } from '../../test/support/table-problems.js';
import { createTable, PUBLISHED_COLUMNS } from './create-table.js';
import type { Database } from './database.js';
import type { Dataset, Row } from './dataset.js';
import { openSubgraphDatabase } from './subgraph-database.js';
import type { TableRule } from './table-rule.js';

/** Invented: schools by kind, one table without series and without status, rounding or qualifier. */
const SCHOOLS: Dataset = {
  name: 'schools',
  subgraph: 'invented',
  file: 'schools.csv',
  table: 'schools',
  columns: [
    { name: 'kind', kind: 'word', words: ['STATE', 'PRIVATE', 'ALL'] },
    { name: 'region_code', kind: 'region', required: true },
    { name: 'month', kind: 'date', required: true },
    { name: 'number', kind: 'count' },
  ],
  key: ['kind', 'region_code', 'month'],
  place: { region: 'region_code', date: 'month' },
  firstLoad: 'BY_SOURCE',
};

const SUM: TableRule = {
  kind: 'sum',
  name: 'E5',
  column: 'kind',
  total: 'ALL',
  parts: ['STATE', 'PRIVATE'],
  values: ['number'],
};
const CHANGE: TableRule = { kind: 'change', values: ['number'], jump: 0.15, least: 1 };
const REGIONS: TableRule = { kind: 'regions', name: 'E6', values: ['number'] };

class InventedSchools1764000000902 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'schools',
      columns: { month: 'date', kind: 'word', region_code: 'code', number: 'bigint?', ...PUBLISHED_COLUMNS },
      primaryKey: ['month', 'kind', 'region_code', 'published_from'],
    });
  }

  async down(): Promise<void> {}
}

function school(kind: string, month: string, number: number | null, region_code = '19.03'): Row {
  return { kind, region_code, month, number };
}

eachDatabase('a dataset without series', (makeUrl) => {
  let db: Database;
  const queries: string[] = [];
  beforeAll(async () => {
    db = await openSubgraphDatabase({
      url: await makeUrl(),
      subgraphs: [],
      migrations: [InventedSchools1764000000902],
      onQuery: (sql) => queries.push(sql),
    });
  });
  afterAll(() => db.close());

  const check = (tableRules: readonly TableRule[], rows: readonly Row[]) => {
    const dataset = { ...SCHOOLS, tableRules };
    return tableProblems({ db, datasets: [dataset] }, dataset, rows);
  };

  test('has its rules by nothing but their declaration', async () => {
    const rows = [
      school('ALL', '2025-01', 612),
      school('STATE', '2025-01', 401),
      school('PRIVATE', '2025-01', 211),
      school('ALL', '2025-02', 715),
      school('STATE', '2025-02', 403),
      school('PRIVATE', '2025-02', 311),
      school('PRIVATE', '2025-02', 100, '19.04'),
    ];
    expect(told(await check([SUM, CHANGE], rows))).toEqual([
      '5 E5 ALL is 715 where STATE 403 + PRIVATE 311 = 714',
      '5 W2 715 is 16.8 percent up from 612 (2025-01, line 2)',
      '7 W2 311 is 47.4 percent up from 211 (2025-01, line 4)',
    ]);
  });

  test('is not told to say that its figures are rounded where it has no column for that', async () => {
    const rows = [school('ALL', '2025-01', 1), school('STATE', '2025-01', 1), school('PRIVATE', '2025-01', 1)];
    const [problem] = await check([SUM], rows);
    expect(problem?.suggestion?.en).toBe('look at this line and at 3, 4');
  });

  test('whose rules are about nothing in the file asks for no rows', async () => {
    queries.length = 0;
    expect(await check([], [school('ALL', '2025-01', 612)])).toEqual([]);
    expect(queries.filter((sql) => /^SELECT.* FROM (schools|stage)/s.test(sql))).toEqual([]);
  });

  test.each([
    [REGIONS, 'a rule adds the regions of schools, whose rows have more beside series and dates'],
    [{ ...CHANGE, where: { kind: ['ALL'] } }, 'a rule of schools names kind, which is in no series'],
    [{ ...CHANGE, events: { dataset: 'storms', date: 'date' } }, 'a rule asks for events of storms'],
  ])('is not checked by a rule that cannot be: %#', async (rule, message) => {
    await expect(check([rule as TableRule], [school('ALL', '2025-01', 612)])).rejects.toThrow(message); // one of the rules above
  });
});
