import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { disarm } from '../services/kit/arming.js';
import type { Database } from '../services/kit/database.js';
import type { Row } from '../services/kit/dataset.js';
import { openSubgraphDatabase } from '../services/kit/subgraph-database.js';
import { disbursement } from '../services/subgraphs/benefits/datasets.js';
import { subgraph } from '../services/subgraphs/benefits/subgraph.js';
import { eachDatabase } from './support/databases.js';
import { armRows, type TestDraft } from './support/publish.js';

/** Invented: what the other columns hold is left blank. */
const ROW: Row = {
  region_code: '00',
  period_start: '2024-01-01',
  period_end: '2024-12-31',
  period_kind: 'YEAR',
  program: 'JHT',
  benefit_type: 'ALL',
  segment: 'NOT_STATED',
  basis: 'BRANCH',
  cases: 20,
  obs_status: 'A',
  conf_status: 'F',
  source_id: 'invented',
};

eachDatabase('an arming', (makeUrl) => {
  let db: Database;
  let instant = 1000;
  beforeAll(async () => {
    db = await openSubgraphDatabase({ url: await makeUrl(), subgraphs: [subgraph] });
  });
  afterAll(() => db.close());

  const draft = (row: Row): TestDraft => ({
    dataset: disbursement,
    rows: [row],
    kind: 'CORRECTION',
    reason: null,
    createdBy: 'one',
    approvedBy: 'other',
  });
  const publish = async (row: Row) => {
    instant += 1;
    const armed = await armRows({ db, clock: () => instant }, draft(row), instant);
    await db.write((tx) => tx.query("UPDATE data_release SET status = 'SEALED' WHERE id = ?", [armed.releaseId]));
    return armed;
  };

  test('sees a change to the rupiah where a JSON number would see none', async () => {
    const changedBy = async (amount: string) => (await publish({ ...ROW, amount_rupiah: amount })).changedCells;
    expect(await changedBy('9007199254740993')).toBe(1);
    expect(await changedBy('9007199254740993')).toBe(0);
    expect(await changedBy('9007199254740992')).toBe(1);
  });

  test('taken back leaves the table as it was', async () => {
    const read = () => db.query('SELECT * FROM disbursement ORDER BY published_from');
    const before = await read();
    instant += 1;
    const { releaseId } = await armRows({ db, clock: () => instant }, draft({ ...ROW, cases: 21 }), instant);
    expect((await read()).length).toBe(before.length + 1);
    await disarm(db, disbursement, releaseId);
    expect(await read()).toEqual(before);
  });
});
