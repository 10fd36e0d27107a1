import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { draftWithdrawal } from '../services/kit/withdrawal.js';
import { disbursement } from '../services/subgraphs/benefits/datasets.js';
import { participantCount } from '../services/subgraphs/participants/datasets.js';
import { eachDatabase } from './support/databases.js';
import { claims, type Desk, INVENTED_SOURCE, openDesk } from './support/desk.js';

const file = (...rows: readonly string[]) =>
  `region_code,date,segment,program,status,value,source_id\n${rows.map((row) => `${row},invented\n`).join('')}`;

eachDatabase('a release', (makeUrl) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(await makeUrl());
    for (const name of ['participants_source', 'benefits_source']) await desk.know(name, INVENTED_SOURCE);
  });
  afterAll(() => desk.world.close());

  const facts = { acknowledged: ['W2', 'W5', 'W6', 'W12'], reason: 'counted again' };
  /** Publishes a file; gives what its release says of itself. */
  const publish = async (csv: string) => {
    const { release } = await desk.draftCsv(participantCount, csv, facts);
    await desk.approve(release?.id ?? '');
    return toldOf(release?.id ?? '');
  };
  const toldOf = async (id: string) => {
    const [row] = await desk.world.db.query(
      'SELECT kind, supersedes, reference_period FROM data_release WHERE id = ?',
      [id],
    );
    return [row?.kind, row?.supersedes, row?.reference_period];
  };

  test('says which period it is about, and a file that changes figures which release it revises', async () => {
    const first = await publish(file('19.01,2025-10,PU,JHT,ACTIVE,1000'));
    const second = await publish(file('19.01,2025-11,PU,JHT,ACTIVE,1100', '19.01,2025-12,PU,JHT,ACTIVE,1200'));
    const third = await publish(file('19.01,2025-10,PU,JHT,ACTIVE,1010', '19.01,2025-11,PU,JHT,ACTIVE,1110'));
    expect([first, second, third]).toEqual([
      ['REGULAR', null, '2025-10'],
      ['REGULAR', null, '2025-11/2025-12'],
      ['REVISION', 'participant_count/2', '2025-10/2025-11'],
    ]);
  });

  test('of claims is about the interval from its first day to its last, and its withdrawal too', async () => {
    const { id } = await desk.publish(disbursement, [
      claims('19', { cases: 20 }),
      claims('19', { period_start: '2024-01-01', period_end: '2024-12-31', cases: 30 }),
    ]);
    const reason = { reason: 'counted twice', createdBy: 'tok_1 publisher', scope: null };
    const withdrawal = await draftWithdrawal(desk.loader, disbursement, id, reason);
    expect([await toldOf(id), await toldOf(withdrawal.id)]).toEqual([
      ['REGULAR', null, '2024-01-01/2025-12-31'],
      ['WITHDRAWAL', id, '2024-01-01/2025-12-31'],
    ]);
  });
});
