import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eachDatabase } from '../../../test/support/databases.js';
import { noLog } from '../../../test/support/far-log.js';
import type { Database } from '../../kit/database.js';
import { dataFolder, discover } from '../../kit/discover.js';
import { loadFirst } from '../../kit/first-load.js';
import { type HostedSubgraph, hostSubgraph } from '../../kit/host.js';
import type { RegionDirectory } from '../../kit/load.js';
import { silent } from '../../kit/log.js';
import { openSubgraphDatabase } from '../../kit/subgraph-database.js';
import { NAME } from './name.js';
import { subgraph } from './subgraph.js';

const NOW = Date.parse('2025-06-30T05:00:00Z');

eachDatabase('the workshops of a region', (makeUrl) => {
  const statements: string[] = [];
  let db: Database;
  let hosted: HostedSubgraph;
  beforeAll(async () => {
    const onQuery = (sql: string) => statements.push(sql);
    db = await openSubgraphDatabase({ url: await makeUrl(), subgraphs: [subgraph], onQuery });
    await load(db);
    hosted = await hostSubgraph(subgraph, { db, log: silent, clock: () => NOW });
  });
  afterAll(() => db.close());

  const ask = async (codes: readonly string[], field: string) => {
    const query = `query ($regions: [_Any!]!) { _entities(representations: $regions) { ... on Region { code ${field} } } }`;
    const regions = codes.map((code) => ({ __typename: 'Region', code }));
    const { result } = await hosted.execute({ query, variables: { regions } }, null);
    return JSON.parse(JSON.stringify(result));
  };

  test('are told with what is needed to cite them', async () => {
    const fields = 'year held unit obsStatus confStatus note sources { publisher } release { kind publishedAt }';
    const figure = {
      unit: 'WORKSHOPS',
      obsStatus: 'E',
      confStatus: 'F',
      note: 'synthetic: invented, and of no real place',
      sources: [{ publisher: 'Synthetic' }],
      release: { kind: 'HISTORICAL', publishedAt: '2025-06-30T05:00:00.000Z' },
    };
    const workshops = [
      { year: '2024', held: 14, ...figure },
      { year: '2023', held: 11, ...figure },
    ];
    expect(await ask(['19.00'], `workshops { ${fields} }`)).toEqual({
      data: { _entities: [{ code: '19.00', workshops }] },
    });
  });

  test('are none where nothing is published', async () => {
    const answer = await ask(['19.03', '19.00'], 'workshops(year: "2023") { held }');
    expect(answer.data._entities).toEqual([
      { code: '19.03', workshops: [] },
      { code: '19.00', workshops: [{ held: 11 }] },
    ]);
  });

  test('are found for many regions with one statement', async () => {
    statements.length = 0;
    await ask(['19', '19.00', '19.01', '19.02', '19.03'], 'workshops { held }');
    expect(statements.filter((sql) => sql.includes(`${NAME}_workshop`))).toHaveLength(1);
  });

  test('are refused for what is no year', async () => {
    const { errors } = await ask(['19.00'], 'workshops(year: "2024-10") { held }');
    expect(errors[0].extensions.code).toBe('BAD_DATE');
  });
});

test('the folder is the subgraph of its own name', async () => {
  expect(await discover([NAME])).toEqual([subgraph]);
});

/** Loads the files of the data folder, as the first start does. */
async function load(db: Database): Promise<void> {
  const log = noLog(NOW); // the registry's end: not needed here
  const regions: RegionDirectory = async (codes) =>
    new Map(codes.map((code) => [code, { validFrom: null, validTo: null }]));
  for (const dataset of subgraph.datasets) {
    const input = createReadStream(join(dataFolder(NAME), dataset.file));
    const loader = { db, log, clock: () => NOW, regions, datasets: subgraph.datasets };
    await loadFirst(loader, dataset, { name: dataset.file }, input);
  }
}
