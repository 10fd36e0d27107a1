import { expect, test } from '@jest/globals';
import { eachDatabase } from '../../test/support/databases.js';
import { type Database, openDatabase } from '../kit/database.js';
import { type EditionLog, SEAL_LEAD_MS, type Seal, type Tie } from '../kit/edition.js';
import { createEditionLog } from './log.js';
import { REGISTRY_MIGRATIONS } from './registry.js';

const START = Date.parse('2026-11-24T01:00:00Z');
const AHEAD = START + 10_000;

const seal = (dataset: string, instant = AHEAD, hash = `hash of ${dataset}`): Seal => ({
  dataset,
  subgraph: dataset === 'counts' ? 'participants' : 'benefits',
  instant,
  hash,
  historical: false,
});

const tieOf = (members: readonly string[], instant = AHEAD): Tie => ({
  id: `${members.join(' ')} @${instant}`,
  members,
});
const TIE = tieOf(['counts', 'payments']);

interface Registry {
  readonly db: Database;
  readonly log: EditionLog;
  readonly clock: { now: number };
}

eachDatabase('datasets that are tied', (makeUrl) => {
  const start = async (): Promise<Registry> => {
    const db = await openDatabase({ url: await makeUrl(), entities: [], migrations: REGISTRY_MIGRATIONS });
    const clock = { now: START };
    return { db, clock, log: createEditionLog(db, () => clock.now) };
  };
  const sealed = async ({ log }: Registry) =>
    (await log.read(0)).seals.map(({ dataset, subgraph, instant, hash }) => ({ dataset, subgraph, instant, hash }));
  const without = ({ dataset, subgraph, instant, hash }: Seal) => ({ dataset, subgraph, instant, hash });
  const code = (wanted: string) => expect.objectContaining({ code: wanted });

  test('E: are sealed together once the last of them has reported', async () => {
    const registry = await start();
    const { log } = registry;
    const answers = [await log.report(TIE, [seal('payments')])];
    const between = await sealed(registry);
    answers.push(await log.report(TIE, [seal('counts')]));
    expect({ answers, between, after: await sealed(registry) }).toEqual({
      answers: [false, true],
      between: [],
      after: [without(seal('counts')), without(seal('payments'))],
    });
    await registry.db.close();
  });

  test('E: of one database are sealed by one report', async () => {
    const registry = await start();
    expect(await registry.log.report(TIE, [seal('counts'), seal('payments')])).toBe(true);
    expect(await sealed(registry)).toHaveLength(2);
    await registry.db.close();
  });

  test('E: may report again, before and after, with the same answer; the last hash before the decision counts', async () => {
    const registry = await start();
    const { log, clock } = registry;
    const answers = [
      await log.report(TIE, [seal('payments', AHEAD, 'first')]),
      await log.report(TIE, [seal('payments')]),
      await log.report(TIE, [seal('payments')]),
      await log.report(TIE, [seal('counts')]),
    ];
    clock.now = AHEAD + 60_000;
    answers.push(await log.report(TIE, [seal('payments')]), await log.report(TIE, [seal('counts')]));
    expect({ answers, after: await sealed(registry) }).toEqual({
      answers: [false, false, false, true, true, true],
      after: [without(seal('counts')), without(seal('payments'))],
    });
    await expect(log.report(TIE, [seal('counts', AHEAD, 'other')])).rejects.toEqual(code('SEAL_TOO_LATE'));
    await registry.db.close();
  });

  test('E: of which one is too late all fail, for ever, also when the clock is set back', async () => {
    const registry = await start();
    const { log, clock, db } = registry;
    await log.report(TIE, [seal('payments')]);
    clock.now = AHEAD - SEAL_LEAD_MS + 1;
    await expect(log.report(TIE, [seal('counts')])).rejects.toEqual(code('SEAL_TOO_LATE'));
    clock.now = START;
    const again = createEditionLog(db, () => clock.now); // the registry has started again
    await expect(again.report(TIE, [seal('payments')])).rejects.toThrow('has failed');
    await expect(again.report(TIE, [seal('counts')])).rejects.toThrow('has failed');
    expect(await sealed(registry)).toEqual([]);
    await db.close();
  });

  test('E: of which one is given up all fail, unless they are sealed', async () => {
    const registry = await start();
    const { log } = registry;
    await log.report(TIE, [seal('payments')]);
    const answers = [await log.abandon(TIE), await log.abandon(TIE)];
    await expect(log.report(TIE, [seal('counts')])).rejects.toEqual(code('SEAL_TOO_LATE'));
    const unheard = tieOf(['counts', 'targets']);
    answers.push(await log.abandon(unheard));
    await expect(log.report(unheard, [seal('counts')])).rejects.toEqual(code('SEAL_TOO_LATE'));
    const other = tieOf(['counts', 'rules']);
    await log.report(other, [seal('counts'), seal('rules')]);
    answers.push(await log.abandon(other));
    expect({ answers, after: await sealed(registry) }).toEqual({
      answers: [true, true, true, false],
      after: [without(seal('counts')), without(seal('rules'))],
    });
    await registry.db.close();
  });

  test('E: fail when something later was sealed before any of them reported', async () => {
    const registry = await start();
    await registry.log.seal([seal('rules', AHEAD + 1)]);
    await expect(registry.log.report(TIE, [seal('counts')])).rejects.toEqual(code('SEAL_TOO_LATE'));
    await expect(registry.log.report(TIE, [seal('payments')])).rejects.toThrow('has failed');
    await registry.db.close();
  });

  test('E: share their instant with others that were sealed for it, but not with one of themselves', async () => {
    const registry = await start();
    const { log } = registry;
    await log.seal([seal('rules')]);
    expect(await log.report(TIE, [seal('counts'), seal('payments')])).toBe(true);
    const third = tieOf(['counts', 'targets']);
    await expect(log.report(third, [seal('counts')])).rejects.toEqual(code('SEAL_TOO_LATE'));
    await registry.db.close();
  });

  test('E: hold up nobody before their instant, and those after it only until they are decided', async () => {
    const registry = await start();
    const { log, clock } = registry;
    const later = tieOf(['rules', 'targets'], AHEAD + 2);
    await log.report(TIE, [seal('payments')]);
    await log.seal([seal('rules', AHEAD - 1)]);
    await expect(log.seal([seal('rules', AHEAD + 1)])).rejects.toEqual(code('RELEASE_BUSY'));
    expect(await log.report(later, [seal('rules', AHEAD + 2), seal('targets', AHEAD + 2)])).toBe(false);
    await log.report(TIE, [seal('counts')]);
    expect(await log.report(later, [seal('rules', AHEAD + 2)])).toBe(true);
    const lost = tieOf(['counts', 'payments'], AHEAD + 3);
    await log.report(lost, [seal('counts', AHEAD + 3)]);
    clock.now = AHEAD;
    await log.seal([seal('rules', AHEAD + SEAL_LEAD_MS)]);
    expect((await sealed(registry)).map(({ instant }) => instant - AHEAD)).toEqual([-1, 0, 0, 2, 2, SEAL_LEAD_MS]);
    await registry.db.close();
  });

  test.each<[string, Tie, readonly Seal[]]>([
    ['a dataset that is no member', TIE, [seal('rules')]],
    ['a member twice', TIE, [seal('counts'), seal('counts')]],
    ['two instants', TIE, [seal('counts'), seal('payments', AHEAD + 1)]],
    ['a birth', TIE, [{ ...seal('counts'), historical: true }]],
    ['nothing', TIE, []],
    ['a tie that names a member twice', { ...TIE, members: ['counts', 'counts'] }, [seal('counts')]],
    ['the tie with other members', { ...TIE, members: ['counts', 'rules'] }, [seal('counts')]],
    ['the tie for another instant', TIE, [seal('counts', AHEAD + 1)]],
  ])('refuse a report of %s', async (_what, tie, seals) => {
    const registry = await start();
    await registry.log.report(TIE, [seal('payments')]);
    await expect(registry.log.report(tie, seals)).rejects.toEqual(code('BAD_REQUEST'));
    expect(await registry.log.report(TIE, [seal('counts')])).toBe(true);
    await registry.db.close();
  });

  test('E: are decided once, however many report at the same time', async () => {
    const registry = await start();
    const { log } = registry;
    const members = ['counts', 'payments', 'rules', 'targets'];
    const tie = tieOf(members);
    const report = () => Promise.all([...members, ...members].map((member) => log.report(tie, [seal(member)])));
    const answers = await report();
    expect({ isDecided: answers.includes(true), after: await report() }).toEqual({
      isDecided: true,
      after: Array(2 * members.length).fill(true),
    });
    expect(await sealed(registry)).toEqual(members.map((member) => without(seal(member))));
    await registry.db.close();
  });
});
