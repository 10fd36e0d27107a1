import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eachDatabase } from '../../../test/support/databases.js';
import type { Database } from '../../kit/database.js';
import type { Row } from '../../kit/dataset.js';
import { arm, stageDraft } from '../../kit/release.js';
import { openSubgraphDatabase } from '../../kit/subgraph-database.js';
import { disbursement } from './datasets.js';
import { subgraph } from './subgraph.js';

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

eachDatabase('a correction of disbursements', (makeUrl) => {
  let db: Database;
  let instant = 0;
  beforeAll(async () => {
    db = await openSubgraphDatabase({ url: await makeUrl(), subgraphs: [subgraph] });
  });
  afterAll(() => db.close());

  test('is seen to the rupiah where a JSON number would see none', async () => {
    const changedBy = async (amount: string) => {
      const draft = { dataset: disbursement, rows: [{ ...ROW, amount_rupiah: amount }], kind: 'CORRECTION' as const };
      const id = await stageDraft(db, { ...draft, reason: null, createdBy: 'one', approvedBy: 'other' }, 0);
      instant += 1;
      return (await arm(db, disbursement, id, instant)).changedCells;
    };
    expect(await changedBy('9007199254740993')).toBe(1);
    expect(await changedBy('9007199254740993')).toBe(0);
    expect(await changedBy('9007199254740992')).toBe(1);
  });
});
