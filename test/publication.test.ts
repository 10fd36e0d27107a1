import { afterEach, expect, test } from '@jest/globals';
import { createDataOffice, type DataOffice } from '../services/kit/data-office.js';
import type { Database } from '../services/kit/database.js';
import type { Dataset, Row } from '../services/kit/dataset.js';
import { SEAL_LEAD_MS } from '../services/kit/edition.js';
import { silent } from '../services/kit/log.js';
import { createPublication } from '../services/kit/publication.js';
import { findRelease } from '../services/kit/release.js';
import { openSubgraphDatabase } from '../services/kit/subgraph-database.js';
import { subgraph as benefits } from '../services/subgraphs/benefits/subgraph.js';
import { participantCount } from '../services/subgraphs/participants/datasets.js';
import { eachDatabase } from './support/databases.js';
import { benefitDraft, coverageDraft } from './support/drafts.js';
import { armRows, draftRows, publishTogether, type TestDraft } from './support/publish.js';
import { createWorld, type World } from './support/world.js';

const REGION = '19.02';
const MINUTE = 60_000;
const APPROVER = 'tok_test0002 approver';
const OTHER_APPROVER = 'tok_test0003 approver';
const coverage = (percent: number): TestDraft => coverageDraft(percent, REGION, '2025-12');

eachDatabase('publishing', (makeUrl) => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  /** A world whose clock the test moves. */
  async function worldAt(): Promise<{ world: World; clock: { now: number } }> {
    const clock = { now: Date.now() };
    const world = await createWorld({ url: await makeUrl(), clock: () => clock.now });
    closers.push(world.close);
    return { world, clock };
  }

  /** What readers of the newest edition are told, as the log says which that is. */
  async function seen(world: World): Promise<number | null> {
    const { now, seals } = await world.log.read(0);
    const newest = Math.max(...seals.filter(({ instant }) => instant <= now).map(({ instant }) => instant));
    const instants = seals.filter((one) => one.subgraph === 'participants' && one.instant <= newest);
    const asOf = Math.max(...instants.map(({ instant }) => instant));
    const query = `{ _entities(representations: [{ __typename: "Region", code: "${REGION}" }]) { ... on Region { coverage { percent } } } }`;
    const { data } = await world.ask('participants', query, {}, asOf);
    return (data as { _entities: { coverage: { percent: number } | null }[] })._entities[0]?.coverage?.percent ?? null;
  }

  const stateOf = async (office: DataOffice, id: string) => (await findRelease(office.loader.db, id))?.state;

  test('A: a release whose seal comes too late is taken back and seen from a later instant, never from its own', async () => {
    const { world, clock } = await worldAt();
    const wanted = clock.now + MINUTE;
    const { id } = await draftRows(world.loader, coverage(12));
    await world.office.publication.approve([id], APPROVER, wanted);
    const armed = await armRows(world.loader, coverage(13), wanted - MINUTE + SEAL_LEAD_MS + 1);
    clock.now = wanted + 10;
    expect(await seen(world)).toBeNull();
    await world.office.publication.tick();
    const release = await findRelease(world.db, armed.releaseId);
    expect(release?.state).toBe('SEALED');
    expect(Number(release?.instant)).toBeGreaterThan(clock.now + SEAL_LEAD_MS);
    expect((await world.db.query('SELECT 1 FROM seal WHERE instant = ?', [armed.instant])).length).toBe(0);
  });

  test('A: while a release of the subgraph waits for its seal no other of it is armed, so that none is seen unsealed', async () => {
    const { world, clock } = await worldAt();
    const armed = await armRows(world.loader, coverage(14), clock.now + MINUTE);
    await expect(armRows(world.loader, coverageDraft(15, '19.06', '2025-12'), clock.now + 2 * MINUTE)).rejects.toEqual(
      expect.objectContaining({ code: 'RELEASE_BUSY' }),
    );
    await world.office.publication.tick();
    expect(await stateOf(world.office, armed.releaseId)).toBe('SEALED');
  });

  test('B: of two schedules for one cell the first may be cancelled, before it is armed or after, and leaves no hole', async () => {
    const { world, clock } = await worldAt();
    const { publication, loader } = world.office;
    const first = await draftRows(loader, coverage(20));
    await publication.approve([first.id], APPROVER, clock.now + 10 * MINUTE);
    const second = await draftRows(loader, coverage(30));
    await publication.approve([second.id], OTHER_APPROVER, clock.now + 20 * MINUTE);
    await publication.cancel(first.id);
    clock.now += 11 * MINUTE;
    await publication.tick();
    expect([await seen(world), await stateOf(world.office, first.id)]).toEqual([null, 'CANCELLED']);
    clock.now += 9 * MINUTE - 10_000;
    await publication.tick();
    clock.now += 10_000;
    expect(await seen(world)).toBe(30);
    const rows = await world.db.query(
      "SELECT percent, published_from, published_to FROM stated_coverage WHERE region_code = '19.02'",
    );
    expect(rows.map(({ percent, published_to }) => [Number(percent), Number(published_to)])).toEqual([
      [30, Number.MAX_SAFE_INTEGER],
    ]);
  });

  test('B: an armed release that is not sealed is cancelled whole', async () => {
    const { world, clock } = await worldAt();
    const armed = await armRows(world.loader, coverage(21), clock.now + MINUTE);
    await world.office.publication.cancel(armed.releaseId);
    const rows = await world.db.query("SELECT 1 FROM stated_coverage WHERE region_code = '19.02'");
    const stages = await world.db.query('SELECT 1 FROM stage');
    expect([await stateOf(world.office, armed.releaseId), rows.length, stages.length]).toEqual(['CANCELLED', 0, 0]);
  });

  test('B: two schedules for one cell that both stand are seen one after the other', async () => {
    const { world, clock } = await worldAt();
    const { publication, loader } = world.office;
    const first = await draftRows(loader, coverage(22));
    await publication.approve([first.id], APPROVER, clock.now + 10 * MINUTE);
    const second = await draftRows(loader, coverage(32));
    await publication.approve([second.id], APPROVER, clock.now + 20 * MINUTE);
    const seenAt: (number | null)[] = [];
    for (const minutes of [10, 20]) {
      const until = second.createdAt + minutes * MINUTE;
      clock.now = until - 10_000;
      await publication.tick();
      clock.now = until + 1;
      seenAt.push(await seen(world));
    }
    expect(seenAt).toEqual([22, 32]);
  });

  test('of two publishers of one cell at once one wins, and the other is told what changed', async () => {
    const { world, clock } = await worldAt();
    const { publication, loader } = world.office;
    const [mine, theirs] = [await draftRows(loader, coverage(40)), await draftRows(loader, coverage(41))];
    await publication.approve([mine.id], APPROVER, null);
    const refusal = publication.approve([theirs.id], OTHER_APPROVER, null);
    await expect(refusal).rejects.toEqual(
      expect.objectContaining({
        code: 'STALE_DRAFT',
        extensions: expect.objectContaining({ changedBy: [{ release: mine.id, cells: 1 }] }),
      }),
    );
    clock.now += MINUTE;
    expect([await seen(world), await stateOf(world.office, theirs.id)]).toEqual([40, 'FAILED']);
  });

  test('of two approvals of one cell that come at once one wins, at whatever instants', async () => {
    const { world, clock } = await worldAt();
    const { publication, loader } = world.office;
    for (const [turn, minutes] of [
      [null, null],
      [1, 2],
    ].entries()) {
      const instants = minutes.map((some) => (some === null ? null : clock.now + some * MINUTE));
      const [mine, theirs] = [
        await draftRows(loader, coverage(50 + turn)),
        await draftRows(loader, coverage(60 + turn)),
      ];
      const results = await Promise.allSettled([
        publication.approve([mine.id], APPROVER, instants[0] ?? null),
        publication.approve([theirs.id], OTHER_APPROVER, instants[1] ?? null),
      ]);
      const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'approved'));
      const states = [await stateOf(world.office, mine.id), await stateOf(world.office, theirs.id)];
      expect(codes.sort()).toEqual(['STALE_DRAFT', 'approved']);
      expect(states.filter((state) => state === 'FAILED').length).toBe(1);
      clock.now += 5 * MINUTE;
      await publication.tick();
      clock.now += MINUTE;
    }
  });

  test('a release whose source has gone since its file was checked is not published', async () => {
    const { world, clock } = await worldAt();
    const { publication, loader } = world.office;
    const source = {
      dataset: loader.datasets.find(({ name }) => name === 'participants_source') as Dataset,
      rows: [{ id: 'temporary', publisher: 'Invented' }],
    };
    await publishTogether(world.office, [{ ...coverage(0), ...source }]);
    clock.now += MINUTE;
    const [row] = coverage(45).rows;
    const { id } = await draftRows(loader, { ...coverage(45), rows: [{ ...row, source_id: 'temporary' }] });
    await world.db.write((tx) =>
      tx.query("UPDATE participants_source SET published_to = ? WHERE id = 'temporary'", [clock.now]),
    );
    await expect(publication.approve([id], APPROVER, null)).rejects.toEqual(
      expect.objectContaining({
        code: 'STALE_DRAFT',
        message: expect.stringContaining('names "temporary" in source_id'),
      }),
    );
    expect(await stateOf(world.office, id)).toBe('FAILED');
  });

  test('a release that takes long to be written is sealed once it is known how long, and says meanwhile why it waits', async () => {
    const { world, clock } = await worldAt();
    let slowMs = 0;
    const db: Database = {
      ...world.db,
      async write(work) {
        const result = await world.db.write(work);
        clock.now += slowMs;
        return result;
      },
    };
    const slow = createPublication(
      { db, log: world.log, clock: () => clock.now, datasets: world.loader.datasets },
      silent,
    );
    const { id } = await draftRows(world.loader, coverage(46));
    slowMs = 12_000;
    await slow.approve([id], APPROVER, null);
    const waiting = await findRelease(world.db, id);
    await slow.tick();
    const sealed = await findRelease(world.db, id);
    expect([waiting?.state, waiting?.failure, sealed?.state, sealed?.failure]).toEqual([
      'APPROVED',
      expect.stringContaining('It came too late for its instant and is tried again for a later one.'),
      'SEALED',
      null,
    ]);
  });

  test('a release that appears together with others is not moved alone', async () => {
    const { world, clock } = await worldAt();
    const { publication, loader } = world.office;
    const drafts = [await draftRows(loader, coverage(47)), await draftRows(loader, benefitDraft(470, REGION))];
    const ids = drafts.map(({ id }) => id);
    await publication.approve(ids, APPROVER, clock.now + 10 * MINUTE, ids);
    await expect(publication.move(ids[0] ?? '', clock.now + 20 * MINUTE)).rejects.toEqual(
      expect.objectContaining({ code: 'RELEASE_NOT_READY', message: expect.stringContaining(`with ${ids[1]}`) }),
    );
  });

  test('withheld counts by the thousand are kept in confidence and published like any others', async () => {
    const { world, clock } = await worldAt();
    const rows = manySmallCounts(20_000);
    const { id } = await draftRows(world.loader, { ...coverage(0), dataset: participantCount, rows });
    const began = Date.now();
    await world.office.publication.approve([id], APPROVER, null);
    clock.now += MINUTE;
    const [kept] = await world.db.query(
      'SELECT COUNT(*) AS n, MIN(value) AS least FROM withheld_value WHERE release_id = ?',
      [id],
    );
    expect([await stateOf(world.office, id), Number(kept?.n), Number(kept?.least)]).toEqual(['SEALED', rows.length, 3]);
    expect(Date.now() - began).toBeLessThan(20_000);
  });

  test('a release is not approved by its creator, nor for an instant in the past', async () => {
    const { world, clock } = await worldAt();
    const { publication, loader } = world.office;
    const { id } = await draftRows(loader, coverage(42));
    const own = publication.approve([id], 'tok_test0001 approver', null);
    await expect(own).rejects.toEqual(expect.objectContaining({ code: 'OWN_RELEASE' }));
    const past = publication.approve([id], APPROVER, clock.now - MINUTE);
    await expect(past).rejects.toEqual(expect.objectContaining({ code: 'BAD_INSTANT' }));
    expect(await stateOf(world.office, id)).toBe('DRAFT');
  });

  test('a release may be moved to another instant before it is armed', async () => {
    const { world, clock } = await worldAt();
    const { publication, loader } = world.office;
    const { id } = await draftRows(loader, coverage(43));
    await publication.approve([id], APPROVER, clock.now + 10 * MINUTE);
    const { publishAt } = await publication.move(id, clock.now + 30 * MINUTE);
    clock.now += 15 * MINUTE;
    await publication.tick();
    expect([publishAt, await seen(world)]).toEqual([clock.now + 15 * MINUTE, null]);
  });

  test('a release of one instant does not hold up another of the same instant: it follows a millisecond later', async () => {
    const { world, clock } = await worldAt();
    const { publication, loader } = world.office;
    const at = clock.now + MINUTE;
    const drafts = [await draftRows(loader, coverage(44)), await draftRows(loader, benefitDraft(440, REGION))];
    for (const { id } of drafts) await publication.approve([id], APPROVER, at);
    clock.now = at - 10_000;
    await publication.tick();
    const releases = await Promise.all(drafts.map(({ id }) => findRelease(world.db, id)));
    expect(releases.map((release) => Number(release?.instant)).sort()).toEqual([at, at + 1]);
  });

  test('E: of releases of two databases that are tied none appears when one cannot be armed', async () => {
    const { world, clock } = await worldAt();
    const far = await otherDatabase(world, () => clock.now);
    const at = clock.now + MINUTE;
    const mine = await draftRows(world.loader, coverage(50));
    const theirs = await draftRows(far.loader, benefitDraft(500, REGION));
    await far.loader.db.write((tx) =>
      tx.query("UPDATE data_release SET policy_version = 'old' WHERE id = ?", [theirs.id]),
    );
    const ids = [mine.id, theirs.id];
    await world.office.publication.approve([mine.id], APPROVER, at, ids);
    clock.now = at - 15_000;
    await world.office.publication.tick();
    await expect(far.publication.approve([theirs.id], APPROVER, at, ids)).rejects.toEqual(
      expect.objectContaining({ code: 'STALE_DRAFT' }),
    );
    clock.now = at - SEAL_LEAD_MS + 1;
    await world.office.publication.tick();
    clock.now = at + 1;
    expect([
      await seen(world),
      await stateOf(world.office, mine.id),
      await stateOf(far, theirs.id),
      (await world.log.read(0)).seals.some(({ instant }) => instant === at),
    ]).toEqual([null, 'FAILED', 'FAILED', false]);
  });

  test('E: releases of two databases that are tied appear together', async () => {
    const { world, clock } = await worldAt();
    const far = await otherDatabase(world, () => clock.now);
    const at = clock.now + MINUTE;
    const mine = await draftRows(world.loader, coverage(51));
    const theirs = await draftRows(far.loader, benefitDraft(510, REGION));
    const ids = [mine.id, theirs.id];
    await world.office.publication.approve([mine.id], APPROVER, at, ids);
    await far.publication.approve([theirs.id], APPROVER, at, ids);
    clock.now = at - 15_000;
    await world.office.publication.tick();
    expect((await world.log.read(0)).seals.some(({ instant }) => instant === at)).toBe(false);
    await far.publication.tick();
    await world.office.publication.tick();
    const sealed = (await world.log.read(0)).seals.filter(({ instant }) => instant === at);
    clock.now = at + 1;
    expect([
      sealed.map(({ dataset }) => dataset).sort(),
      await stateOf(world.office, mine.id),
      await stateOf(far, theirs.id),
      await seen(world),
    ]).toEqual([['disbursement', 'stated_coverage'], 'SEALED', 'SEALED', 51]);
  });

  test('N: only the first load of an empty dataset may lie in the past', async () => {
    const { world, clock } = await worldAt();
    await expect(publishTogether(world.office, [coverage(60)], clock.now - 1)).rejects.toEqual(
      expect.objectContaining({ code: 'BAD_INSTANT' }),
    );
    const seal = { dataset: 'stated_coverage', subgraph: 'participants', instant: 5, hash: 'x', historical: true };
    await expect(world.log.seal([seal])).rejects.toEqual(expect.objectContaining({ code: 'DATASET_NOT_EMPTY' }));
  });

  /** A host of the benefits alone, on a database of its own, with the log of the other world. */
  async function otherDatabase(world: World, clock: () => number): Promise<DataOffice> {
    const db = await openSubgraphDatabase({ url: await makeUrl(), subgraphs: [benefits] });
    closers.push(db.close);
    await db.write((tx) =>
      tx.query(
        "INSERT INTO benefits_source (id, publisher, published_from, published_to, release_id) VALUES ('tribun-babel-2025-02-05', 'Invented', 0, ?, 'benefits_source/1')",
        [Number.MAX_SAFE_INTEGER],
      ),
    );
    return createDataOffice({
      db,
      editionLog: world.log,
      clock,
      subgraphs: [benefits],
      askRegions: async () => ({ data: null }),
      identity: null,
      writeLog: silent,
      spool: world.office.spool,
    });
  }
});

/** Three persons in each cell of a made-up lattice. */
function manySmallCounts(number: number): Row[] {
  return Array.from({ length: number }, (_, index) => {
    const year = 1000 + Math.floor(index / 250);
    const region = `19.${String(1 + (index % 50)).padStart(2, '0')}`;
    const program = ['JKK', 'JKM', 'JHT', 'JP', 'JKP'][Math.floor(index / 50) % 5] ?? 'JKK';
    const key = { region_code: region, date: String(year), segment: 'PU', program, status: 'ACTIVE', category: 'ALL' };
    return { ...key, administrator: 'BPJSTK', payer: null, basis: null, value: 3, source_id: 'antara-babel-534790' };
  });
}
