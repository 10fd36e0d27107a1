import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, expect, test } from '@jest/globals';
import { loadFirst } from '../services/kit/first-load.js';
import { participantCount } from '../services/subgraphs/participants/datasets.js';
import { eachDatabase } from './support/databases.js';
import { type Desk, openDesk } from './support/desk.js';

const HEADER = 'region_code,date,segment,program,status,value,source_id\n';

eachDatabase('a first load', (makeUrl) => {
  let desk: Desk;
  afterEach(() => desk.world.close());

  /** An empty dataset beside two sources of different days. */
  async function begin(): Promise<void> {
    desk = await openDesk(await makeUrl());
    await desk.know('participants_source', { id: 'early', publisher: 'Invented', published_on: '2025-01-10' });
    await desk.know('participants_source', { id: 'late', publisher: 'Invented', published_on: '2025-02-20' });
  }

  const load = (rows: string, facts: object = {}) => {
    const file = { name: 'participant_count.csv', ...facts };
    return loadFirst(desk.loader, participantCount, file, Readable.from([HEADER + rows]));
  };
  const codeOf = (loading: Promise<unknown>) =>
    loading.then(
      () => 'loaded',
      (error: { code: string }) => error.code,
    );

  test('is refused where figures of two source days do not hold together, as by every other way in', async () => {
    await begin();
    const rows = '19.01,2024-10,PU,JKK,ACTIVE,1000,early\n19.01,2024-10,PU,JKK,REGISTERED,500,late\n';
    await expect(load(rows)).rejects.toEqual(
      expect.objectContaining({
        code: 'BAD_FILE',
        extensions: expect.objectContaining({ report: expect.objectContaining({ counts: { E8: 1 } }) }),
      }),
    );
    expect((await desk.world.db.query('SELECT 1 FROM stage')).length).toBe(0);
  });

  test('is refused where the file is not the one that its descriptor describes', async () => {
    await begin();
    const descriptor = JSON.stringify({
      name: 'x',
      resources: [{ name: 'participant_count', path: 'participant_count.csv', hash: `sha256:${'0'.repeat(64)}` }],
    });
    expect(await codeOf(load('19.01,2024-10,PU,JKK,ACTIVE,1000,early\n', { descriptor }))).toBe('BAD_FILE');
  });

  test('takes warnings only where they are acknowledged by name, and keeps which file it was', async () => {
    await begin();
    const rows = '19.01,2024-09,PU,JKK,ACTIVE,1000,early\n19.01,2024-10,PU,JKK,ACTIVE,9000,early\n';
    expect(await codeOf(load(rows))).toBe('WARNINGS_NOT_ACKNOWLEDGED');
    expect(await codeOf(load(rows, { acknowledged: ['W2', 'W5'] }))).toBe('loaded');
    const [release] = await desk.world.db.query("SELECT * FROM data_release WHERE dataset = 'participant_count'");
    expect([release?.file_name, release?.file_hash, release?.acknowledged]).toEqual([
      'participant_count.csv',
      createHash('sha256')
        .update(HEADER + rows)
        .digest('hex'),
      'W2 W5',
    ]);
  });

  test('makes one release of each source day, and takes a cell that a later source says again', async () => {
    await begin();
    const rows = '19.01,2024-10,PU,JKK,ACTIVE,1000,early\n19.01,2024-10,PU,JKK,ACTIVE,1100,early late\n';
    const { releases } = await load(rows);
    expect(releases.map(({ instant, changedCells }) => [new Date(instant).toISOString(), changedCells])).toEqual([
      ['2025-01-10T16:59:59.999Z', 1],
      ['2025-02-20T16:59:59.999Z', 1],
    ]);
    const [first, second] = releases;
    expect(await desk.read(participantCount, first?.instant ?? 0)).toEqual([expect.stringContaining(',1000,')]);
    expect(await desk.read(participantCount, second?.instant ?? 0)).toEqual([expect.stringContaining(',1100,')]);
  });
});
