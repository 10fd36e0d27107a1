import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Dataset } from '../services/kit/dataset.js';
import type { StoredRelease } from '../services/kit/release.js';
import { findSameFile } from '../services/kit/same-file.js';
import { draftWithdrawal } from '../services/kit/withdrawal.js';
import { DATASETS, participantCount, target } from '../services/subgraphs/participants/datasets.js';
import { eachDatabase } from './support/databases.js';
import { count, type Desk, INVENTED_INDICATOR, INVENTED_SOURCE, openDesk } from './support/desk.js';

const [sources] = DATASETS as [Dataset];
const FACTS = { reason: 'counted twice', createdBy: 'tok_1 publisher', scope: null } as const;
const code = (value: string) => expect.objectContaining({ code: value });

const line = (region: string, value: number | '', status = 'A') =>
  `${region},2025-12,PU,JHT,ACTIVE,ALL,BPJSTK,,WORKPLACE,${value},,,,${status},F,,invented,`;

function made(release: StoredRelease | null): StoredRelease {
  if (release) return release;
  throw new Error('no draft was made');
}

eachDatabase('a withdrawal', (makeUrl) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(await makeUrl());
    await desk.publish(sources, [INVENTED_SOURCE]);
  });
  afterAll(() => desk.world.close());

  const withdraw = (dataset: Dataset, id: string, facts = {}) =>
    draftWithdrawal(desk.loader, dataset, id, { ...FACTS, ...facts });

  describe('of figures', () => {
    test('I: empties the cells whose current row it withdraws, never reopens older ones, and changes no past answer', async () => {
      const first = await desk.publish(participantCount, [
        count('19.01', 100),
        count('19.02', 200),
        count('19.03', 300),
      ]);
      const second = await desk.publish(participantCount, [
        count('19.01', 110),
        count('19.02', 210, { note: 'a note', as_printed: '210' }),
      ]);
      const third = await desk.publish(participantCount, [count('19.01', 120)]);
      const instants = [first, second, third].map(({ instant }) => instant);
      const readAll = () => Promise.all(instants.map((instant) => desk.read(participantCount, instant)));
      const past = await readAll();

      const draft = await withdraw(participantCount, second.id);
      expect(draft).toMatchObject({
        kind: 'WITHDRAWAL',
        state: 'DRAFT',
        supersedes: second.id,
        reason: 'counted twice',
        rowCount: 1,
        difference: { added: 0, changed: 1, removed: 0, same: 0 },
      });
      expect(await desk.read(participantCount, desk.now())).toEqual(past[2]); // nothing before it is approved
      const done = await desk.approve(draft.id);
      expect(await desk.read(participantCount, done.instant)).toEqual([
        line('19.01', 120),
        line('19.02', '', 'O'),
        line('19.03', 300),
      ]);
      expect(await readAll()).toEqual(past);
      expect(
        await desk.world.db.query('SELECT release_id, file_row FROM participant_count WHERE published_from = ?', [
          done.instant,
        ]),
      ).toEqual([{ release_id: done.id, file_row: null }]);
    });

    test('keeps to its region', async () => {
      const both = await desk.publish(participantCount, [
        count('15.01', 100),
        count('15.02', 200),
        count('15.02.01', 50),
      ]);
      const done = await desk.approve((await withdraw(participantCount, both.id, { scope: '15.02' })).id);
      const seen = await desk.read(participantCount, done.instant);
      expect(seen.filter((row) => row.startsWith('15'))).toEqual([
        line('15.01', 100),
        line('15.02', '', 'O'),
        line('15.02.01', '', 'O'),
      ]);
    });

    test('lets the same file be published again, for that is something new', async () => {
      const csv = `${participantCount.columns.map(({ name }) => name).join(',')}\n${line('16.01', 700)}\n`;
      const draft = async (reason: string | null = null) =>
        (await desk.draftCsv(participantCount, csv, { reason })).release;
      const first = made(await draft());
      await desk.approve(first.id);
      const same = () => findSameFile(desk.world.db, participantCount, { ...first, fileHash: first.fileHash ?? '' });
      expect([(await same())?.id, await draft()]).toEqual([first.id, null]);

      await desk.approve((await withdraw(participantCount, first.id)).id);
      const before = await same();
      await expect(draft()).rejects.toEqual(code('REASON_MISSING'));
      const again = made(await draft('counted anew'));
      expect([before, again.difference]).toEqual([null, { added: 0, changed: 1, removed: 0, same: 0 }]);
      const done = await desk.approve(again.id);
      expect(await desk.read(participantCount, done.instant)).toContain(line('16.01', 700));
    });

    test('asked again is the draft that is there', async () => {
      const { id } = await desk.publish(participantCount, [count('17.01', 100)]);
      const draft = await withdraw(participantCount, id);
      expect(await withdraw(participantCount, id)).toEqual(draft);
      expect((await withdraw(participantCount, id, { reason: 'another' })).id).not.toBe(draft.id);
    });

    test('is refused once others have published its cells since', async () => {
      const { id } = await desk.publish(participantCount, [count('18.01', 100)]);
      const draft = await withdraw(participantCount, id);
      await desk.publish(participantCount, [count('18.01', 101)]);
      await expect(desk.approve(draft.id)).rejects.toEqual(code('STALE_DRAFT'));
      expect(await desk.read(participantCount, desk.now())).toContain(line('18.01', 101));
    });
  });

  describe('of rows without a status', () => {
    const aim = (region: string, percent: number) => ({
      region_code: region,
      due: '2029',
      indicator_id: 'ucj',
      percent,
      source_id: 'invented',
    });

    test('removes them', async () => {
      await desk.know('indicator', INVENTED_INDICATOR);
      const first = await desk.publish(target, [aim('19', 50), aim('19.03', 60)]);
      const second = await desk.publish(target, [aim('19', 55)]);
      const draft = await withdraw(target, first.id);
      expect([draft.rowCount, draft.difference]).toEqual([0, { added: 0, changed: 0, removed: 1, same: 0 }]);
      const done = await desk.approve(draft.id);
      expect([await desk.read(target, done.instant), await desk.read(target, second.instant)]).toEqual([
        ['19,2029,ucj,55,,,,,,invented,'],
        ['19,2029,ucj,55,,,,,,invented,', '19.03,2029,ucj,60,,,,,,invented,'],
      ]);
    });

    test('is refused where figures name them', async () => {
      await desk.publish(participantCount, [count('19.04', 100)]);
      await expect(withdraw(sources, `${sources.name}/1`)).rejects.toThrow(
        `${sources.name}/1 cannot be withdrawn: participant_count refers to its rows, such as "invented": change that first.`,
      );
    });
  });

  describe('that cannot be', () => {
    let left: string;
    let gone: string;
    let withdrawal: string;
    let scheduled: string;
    let draft: string;
    let stages: number;
    const countStages = async () => (await desk.world.db.query('SELECT id FROM stage')).length;
    beforeAll(async () => {
      left = (await desk.publish(participantCount, [count('14.01', 100)])).id;
      gone = (await desk.publish(participantCount, [count('14.02', 100)])).id;
      await desk.publish(participantCount, [count('14.02', 101)]);
      withdrawal = (await desk.approve((await withdraw(participantCount, left)).id)).id;
      draft = (await desk.draft(participantCount, [count('14.03', 100)])).id;
      scheduled = (await desk.draft(participantCount, [count('14.04', 100)])).id;
      await desk.approve(scheduled, desk.now() + 8000);
    });
    beforeEach(async () => {
      stages = await countStages();
    });

    test.each([
      ['of no reason', () => withdraw(participantCount, left, { reason: ' ' }), 'REASON_MISSING'],
      ['of a release that is not there', () => withdraw(participantCount, 'participant_count/999'), 'UNKNOWN_RELEASE'],
      ['of a release of another dataset', () => withdraw(target, left), 'UNKNOWN_RELEASE'],
      ['of a draft', () => withdraw(participantCount, draft), 'RELEASE_NOT_READY'],
      ['of a release before its instant', () => withdraw(participantCount, scheduled), 'RELEASE_NOT_READY'],
      ['of a withdrawal', () => withdraw(participantCount, withdrawal), 'RELEASE_NOT_READY'],
      ['of what is withdrawn already', () => withdraw(participantCount, left), 'RELEASE_NOT_READY'],
      ['of what others have replaced', () => withdraw(participantCount, gone), 'RELEASE_NOT_READY'],
      ['of nothing in its region', () => withdraw(participantCount, gone, { scope: '31' }), 'RELEASE_NOT_READY'],
    ])('%s is refused and leaves nothing behind', async (_, act, expected) => {
      await expect(act()).rejects.toEqual(code(expected));
      expect(await countStages()).toBe(stages);
    });
  });
});
