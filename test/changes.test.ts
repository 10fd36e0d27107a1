import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Change, type ChangeList, diffReleases, listChanges } from '../services/kit/changes.js';
import type { Dataset, Row } from '../services/kit/dataset.js';
import { tryFile } from '../services/kit/load.js';
import { openStage } from '../services/kit/stage.js';
import { disbursement } from '../services/subgraphs/benefits/datasets.js';
import { participantCount, target } from '../services/subgraphs/participants/datasets.js';
import { eachDatabase } from './support/databases.js';
import {
  claims,
  count,
  type Desk,
  INVENTED_INDICATOR,
  INVENTED_SOURCE,
  openDesk,
  type Published,
} from './support/desk.js';

const IN_ORDER: ChangeList = { first: 100, order: 'key' };
const code = (value: string) => expect.objectContaining({ code: value });

const key = (region: string): Row => ({
  region_code: region,
  date: '2025-12',
  segment: 'PU',
  program: 'JHT',
  status: 'ACTIVE',
  category: 'ALL',
  administrator: 'BPJSTK',
  payer: null,
  basis: 'WORKPLACE',
});
const cells = (value: number | null, obs = 'A', conf = 'F'): Row => ({
  value,
  as_printed: null,
  rounded_to: null,
  qualifier: null,
  obs_status: obs,
  conf_status: conf,
});
const changed = (region: string, before: Row, after: Row, move: number | null, columns = ['value']): Change => ({
  key: key(region),
  kind: 'CHANGED',
  before,
  after,
  columns,
  move,
});

eachDatabase('changes', (makeUrl) => {
  let desk: Desk;
  let first: Published;
  let second: Published;
  beforeAll(async () => {
    desk = await openDesk(await makeUrl());
    await desk.publish(desk.loader.datasets.find(({ name }) => name === 'participants_source') as Dataset, [
      INVENTED_SOURCE,
    ]);
    const old = [count('19.01', 100), count('19.02', 200), count('19.03', 300), count('19.04', 0), count('19.05', 50)];
    first = await desk.publish(participantCount, old);
    second = await desk.publish(participantCount, [
      count('19.01', 150),
      count('19.02', 200, { note: 'a note' }),
      count('19.03', 3),
      count('19.04', 20),
      count('19.06', 60, { segment: 'BPU' }),
    ]);
  });
  afterAll(() => desk.world.close());

  const ofDraft = async (dataset: Dataset, id: number | null, list: ChangeList = IN_ORDER) =>
    listChanges(desk.world.db, await openStage(desk.world.db, dataset, id ?? 0), desk.now(), list);
  const diff = (a: string, b: string, list: Partial<ChangeList> = {}) =>
    diffReleases(desk.world.db, participantCount, a, b, { ...IN_ORDER, ...list, now: desk.now() });

  const BPU: Change = {
    key: { ...key('19.06'), segment: 'BPU' },
    kind: 'ADDED',
    before: null,
    after: cells(60),
    columns: [],
    move: null,
  };
  const MOVED = changed('19.01', cells(100), cells(150), 0.5);
  const NOTED = changed('19.02', cells(200), cells(200), 0, ['note']);
  const HIDDEN = changed('19.03', cells(300), cells(null, 'Q', 'A'), null, ['value', 'obs_status', 'conf_status']);
  const FROM_NOTHING = changed('19.04', cells(0), cells(20), null);

  describe('between two releases', () => {
    test('are counted, and listed in the order of the key, each with its figures as published before and after', async () => {
      expect(await diff(first.id, second.id)).toEqual({
        from: first.instant,
        to: second.instant,
        added: 1,
        changed: 4,
        removed: 0,
        rows: [MOVED, NOTED, HIDDEN, FROM_NOTHING, BPU],
      });
    });

    test('begin with the largest moves where these are wanted, and are as few as wanted', async () => {
      const largest = await diff(first.id, second.id, { order: 'largest', first: 3 });
      expect([largest.changed, largest.rows]).toEqual([4, [FROM_NOTHING, MOVED, NOTED]]);
      expect((await diff(first.id, second.id, { first: 2 })).rows).toEqual([MOVED, NOTED]);
    });

    test('are told the other way round as well, and are none from a release to itself', async () => {
      const { added, changed: other, removed, rows } = await diff(second.id, first.id);
      expect([added, other, removed, rows.at(-1)]).toEqual([
        0,
        4,
        1,
        { ...BPU, kind: 'REMOVED', before: BPU.after, after: null },
      ]);
      expect(await diff(second.id, second.id)).toMatchObject({ added: 0, changed: 0, removed: 0, rows: [] });
    });

    test('are not told of a release that is none of the dataset, a draft, or not seen yet', async () => {
      const draft = await desk.draft(participantCount, [count('14.01', 10)]);
      const scheduled = await desk.draft(participantCount, [count('14.02', 10)]);
      await desk.approve(scheduled.id, desk.now() + 8000);
      for (const id of ['participant_count/999', 'participants_source/1', draft.id, scheduled.id]) {
        await expect(diff(first.id, id)).rejects.toEqual(code('UNKNOWN_RELEASE'));
        await expect(diff(id, first.id)).rejects.toEqual(code('UNKNOWN_RELEASE'));
      }
    });
  });

  describe('of a draft', () => {
    test('are against what readers see, with what would vanish of that', async () => {
      const csv = `${participantCount.columns.map(({ name }) => name).join(',')}
19.01,2025-12,PU,JHT,ACTIVE,ALL,BPJSTK,,WORKPLACE,150,,,,A,F,,invented,
19.07,2025-12,PU,JHT,ACTIVE,ALL,BPJSTK,,WORKPLACE,70,,,,A,F,,invented,
`;
      const facts = { keepsMissing: false, acknowledged: ['VANISHED'] };
      const { release, report } = await desk.draftCsv(participantCount, csv, facts);
      expect(report.problems.map(({ rule, row, message }) => [rule, row, message.en])).toEqual(
        ['19.02 2025-12 PU', '19.03 2025-12 PU', '19.04 2025-12 PU', '19.05 2025-12 PU']
          .concat('19.06 2025-12 BPU')
          .map((named) => [
            'VANISHED',
            null,
            `the published figure ${named} JHT ACTIVE ALL BPJSTK WORKPLACE is not in this file and would be removed`,
          ]),
      );
      const listed = await ofDraft(participantCount, release?.stage ?? null);
      expect(
        listed.map(({ key: { region_code, segment }, kind, before, after }) => [
          region_code,
          segment,
          kind,
          before?.value,
          after?.value,
        ]),
      ).toEqual([
        ['19.02', 'PU', 'REMOVED', 200, undefined],
        ['19.03', 'PU', 'REMOVED', null, undefined],
        ['19.04', 'PU', 'REMOVED', 20, undefined],
        ['19.05', 'PU', 'REMOVED', 50, undefined],
        ['19.07', 'PU', 'ADDED', undefined, 70],
        ['19.06', 'BPU', 'REMOVED', 60, undefined],
      ]);
      expect(await ofDraft(participantCount, release?.stage ?? null, { first: 2, order: 'key' })).toEqual(
        listed.slice(0, 2),
      );
    });

    test('say nothing of what is armed for later, but for the release that has the same cells', async () => {
      const now = desk.now();
      const scheduled = await desk.draft(participantCount, [count('19.08', 8123), count('19.09', 90)]);
      await desk.approve(scheduled.id, now + 9000);
      const [newest] = await desk.world.log.read(0).then(({ seals }) => seals.slice(-1));
      expect(newest?.instant).toBe(now + 9000); // sealed, and not due
      const csv = (value: number) => `${participantCount.columns.map(({ name }) => name).join(',')}
19.05,2025-12,PU,JHT,ACTIVE,ALL,BPJSTK,,WORKPLACE,50,,,,A,F,,invented,
19.08,2025-12,PU,JHT,ACTIVE,ALL,BPJSTK,,WORKPLACE,${value},,,,A,F,,invented,
`;
      const facts = { name: participantCount.file, keepsMissing: true };
      const tried = async (value: number) =>
        tryFile(desk.loader, participantCount, facts, Readable.from([Buffer.from(csv(value))]));
      const [right, wrong] = [await tried(8123), await tried(9123)];
      expect(right).toEqual(wrong);
      expect([wrong.difference, wrong.report.problems.map(({ rule, message }) => [rule, message.en])]).toEqual([
        { added: 1, changed: 0, removed: 0, same: 1 },
        [
          [
            'SCHEDULED',
            `figures of this file that are also in release ${scheduled.id}, which is approved and waits for its instant: 1`,
          ],
        ],
      ]);
      const draft = await desk.draftCsv(participantCount, csv(9123), { acknowledged: ['SCHEDULED'] });
      expect(draft.release?.difference).toEqual({ added: 1, changed: 0, removed: 0, same: 1 });
      expect(
        (await ofDraft(participantCount, draft.release?.stage ?? null)).map(({ kind, before }) => [kind, before]),
      ).toEqual([['ADDED', null]]);
    });

    test('of which very many would vanish, name the first thousand and count all', async () => {
      const rows = Array.from({ length: 1300 }, (_, at) =>
        count(`61.01.01.${2000 + at}`, 100, { date: at < 700 ? '2025-11' : '2025-10' }),
      );
      await desk.publish(participantCount, rows);
      const header = participantCount.columns.map(({ name }) => name).join(',');
      const csv = ['2025-10', '2025-11']
        .map((date) => `61.02,${date},PU,JHT,ACTIVE,ALL,BPJSTK,,WORKPLACE,100,,,,A,F,,invented,`)
        .join('\n');
      const facts = { keepsMissing: false, acknowledged: ['VANISHED', 'W6', 'W12'] };
      const { release, report } = await desk.draftCsv(participantCount, `${header}\n${csv}\n`, facts);
      const named = report.problems.filter(({ rule }) => rule === 'VANISHED').map(({ message }) => message.en);
      expect([report.counts.VANISHED, named.length, new Set(named).size, release?.difference?.removed]).toEqual([
        1300, 1000, 1000, 1300,
      ]);
    });

    test('have rupiah to the last digit, and move by the first figure that both sides state', async () => {
      await desk.know('benefits_source', INVENTED_SOURCE);
      await desk.publish(disbursement, [
        claims('19.01', { cases: 20, amount_rupiah: '9007199254740993' }),
        claims('19.02', { cases: 10, amount_rupiah: '1000' }),
        claims('19.02', { period_start: '2024-01-01', period_end: '2024-12-31', amount_rupiah: '1000' }),
      ]);
      const { stage } = await desk.draft(disbursement, [
        claims('19.01', { cases: 20, amount_rupiah: '9007199254740995' }),
        claims('19.02', { cases: 12, amount_rupiah: '9000' }),
        claims('19', { amount_rupiah: '1000' }),
      ]);
      const listed = await ofDraft(disbursement, stage, { first: 10, order: 'largest' });
      expect(
        listed.map(({ key: { region_code }, after, move }) => [region_code, after?.cases, after?.amount_rupiah, move]),
      ).toEqual([
        ['19.02', 12, '9000', 0.2],
        ['19.01', 20, '9007199254740995', 0],
        ['19', null, '1000', null],
      ]);
    });

    test('are listed for a dataset without series', async () => {
      const aim = { region_code: '19', due: '2029', indicator_id: 'ucj', percent: 50.5, source_id: 'invented' };
      await desk.know('indicator', INVENTED_INDICATOR);
      await desk.publish(target, [aim]);
      const { stage } = await desk.draft(target, [
        { ...aim, percent: 101 },
        { ...aim, region_code: '19.01' },
      ]);
      const [{ key: named }, ...rest] = (await ofDraft(target, stage)) as [Change];
      expect([named, rest.length]).toEqual([
        { region_code: '19', due: '2029', indicator_id: 'ucj', source_id: 'invented' },
        1,
      ]);
      expect(
        (await ofDraft(target, stage, { first: 1, order: 'largest' })).map(({ before, after, move }) => [
          before?.percent,
          after?.percent,
          move,
        ]),
      ).toEqual([[50.5, 101, 1]]);
    });
  });
});
