import { describe, expect, test } from '@jest/globals';
import { copySeals, sealOf } from '../../services/kit/arming.js';
import { silent } from '../../services/kit/log.js';
import { createPublication } from '../../services/kit/publication.js';
import { createHostApp } from '../../services/kit/serve.js';
import { settle } from '../../services/kit/settle.js';
import { eachDatabase, freshSqlite } from '../support/databases.js';
import { RULE_DRAFT } from '../support/drafts.js';
import { armRows, publishTogether } from '../support/publish.js';
import { createWorld, type World } from '../support/world.js';

const RULES = '{ benefitRules(program: JKP) { parameter } }';

/** A world whose clock the test moves. */
async function worldWithClock(url: string): Promise<{ world: World; clock: { now: number } }> {
  const clock = { now: Date.now() };
  return { world: await createWorld({ url, clock: () => clock.now }), clock };
}

async function parameters(world: World, asOf?: number): Promise<string[]> {
  const { data } = await world.ask('benefits', RULES, {}, asOf);
  return (data as { benefitRules: { parameter: string }[] }).benefitRules.map(({ parameter }) => parameter);
}

async function armDraft(world: World, instant: number) {
  return armRows(world.loader, RULE_DRAFT, instant);
}

eachDatabase('a process that is killed', (makeUrl) => {
  test('between arming and sealing leaves nothing to readers: the rows are taken back and take a later instant', async () => {
    const { world, clock } = await worldWithClock(await makeUrl());
    const before = await parameters(world);
    const { releaseId, instant } = await armDraft(world, clock.now + 6000);
    clock.now += 7000;
    expect(await parameters(world)).toEqual(before);
    await world.office.publication.tick();
    const [release] = await world.db.query('SELECT status, instant FROM data_release WHERE id = ?', [releaseId]);
    const rows = await world.db.query('SELECT published_from FROM benefit_rule WHERE release_id = ?', [releaseId]);
    const later = Number(release?.instant);
    expect({ state: release?.status, isLater: later > instant, seen: await parameters(world) }).toEqual({
      state: 'SEALED',
      isLater: true,
      seen: before,
    });
    expect(rows.map(({ published_from }) => Number(published_from))).toEqual([later]);
    await world.close();
  });

  test('between sealing and copying the seal is finished by the next start', async () => {
    const { world, clock } = await worldWithClock(await makeUrl());
    const armed = await armDraft(world, clock.now + 6000);
    await world.log.seal([sealOf(armed)]);
    clock.now += 7000;
    await world.office.publication.tick();
    expect(await parameters(world, armed.instant)).toContain('test_parameter');
    await world.close();
  });

  test('between copying the seals of a birth and the log is finished by the next start, with the same instants', async () => {
    const { world, clock } = await worldWithClock(await makeUrl());
    const sealed = async () =>
      (await world.log.read(0)).seals
        .filter(({ dataset }) => dataset === 'target')
        .map(({ instant, hash, historical }) => ({ instant, hash, historical }));
    const before = await sealed();
    await world.db.write((tx) => tx.query("DELETE FROM edition WHERE dataset = 'target'"));
    await settle(world.db, world.log, world.loader.datasets, clock.now);
    expect(await sealed()).toEqual(before);
    await world.close();
  });

  test('leaves an armed release alone that can still be sealed', async () => {
    const { world, clock } = await worldWithClock(await makeUrl());
    const armed = await armDraft(world, clock.now + 60_000);
    await settle(world.db, world.log, world.loader.datasets, clock.now);
    await world.log.seal([sealOf(armed)]);
    await copySeals(world.db, [sealOf(armed)]);
    clock.now += 60_000;
    expect(await parameters(world, armed.instant)).toContain('test_parameter');
    await world.close();
  });
});

eachDatabase('a publication', (makeUrl) => {
  const rowsOf = async (world: World) => {
    const rows = await world.db.query("SELECT COUNT(*) AS n FROM benefit_rule WHERE parameter = 'test_parameter'");
    return Number(rows[0]?.n);
  };

  test('that the log sealed stays, although its reply was lost', async () => {
    const { world, clock } = await worldWithClock(await makeUrl());
    const lossy = {
      ...world.log,
      seal: async (...seals: Parameters<typeof world.log.seal>) => {
        await world.log.seal(...seals);
        throw new Error('the connection broke');
      },
    };
    const at = clock.now + 6000;
    const loader = { ...world.loader, log: lossy };
    await publishTogether({ loader, publication: createPublication(loader, silent) }, [RULE_DRAFT], at);
    clock.now += 7000;
    expect([await rowsOf(world), await parameters(world, at)]).toEqual([1, expect.arrayContaining(['test_parameter'])]);
    await world.close();
  });

  test('for an instant that is too near is refused', async () => {
    const { world, clock } = await worldWithClock(await makeUrl());
    await expect(publishTogether(world.office, [RULE_DRAFT], clock.now + 1000)).rejects.toThrow('too near');
    expect(await rowsOf(world)).toBe(0);
    await world.close();
  });
});

describe('a subgraph', () => {
  test('refuses an instant that is not sealed, or sealed and not due, and reads one that is', async () => {
    const { world, clock } = await worldWithClock(await freshSqlite());
    const armed = await armDraft(world, clock.now + 6000);
    await world.log.seal([sealOf(armed)]);
    await copySeals(world.db, [sealOf(armed)]);
    const read = (asOf: number) => world.hosted('benefits').execute({ query: RULES }, asOf);
    const refused = expect.objectContaining({ code: 'AS_OF_NOT_SEALED' });
    await expect(read(clock.now - 1)).rejects.toEqual(refused);
    await expect(read(armed.instant)).rejects.toEqual(refused);
    clock.now = armed.instant;
    await expect(read(armed.instant)).resolves.toEqual(expect.objectContaining({ asOf: armed.instant }));
    await world.close();
  });

  test('echoes the instant it read over HTTP, the newest where none is asked for', async () => {
    const { world } = await worldWithClock(await freshSqlite());
    const app = createHostApp({
      hosted: [world.hosted('benefits')],
      office: world.office,
      loadToken: null,
      isReady: () => true,
      log: silent,
    });
    const post = (headers: Readonly<Record<string, string>>) =>
      app.inject({ method: 'POST', url: '/benefits/graphql', headers: { ...headers }, payload: { query: RULES } });
    const newest = String(await world.newest('benefits'));
    const [plain, asked, wrong] = [await post({}), await post({ 'as-of': newest }), await post({ 'as-of': 'soon' })];
    expect([
      plain.headers['as-of'],
      asked.headers['as-of'],
      wrong.statusCode,
      wrong.json().errors[0].extensions.code,
    ]).toEqual([newest, newest, 400, 'BAD_AS_OF']);
    await app.close();
    await world.close();
  });
});

eachDatabase('the first load of a dataset', (makeUrl) => {
  test('is dated by its sources, and happens once', async () => {
    const { world } = await worldWithClock(await makeUrl());
    const { data } = await world.ask('catalog', '{ releases(dataset: "stated_coverage") { id publishedAt kind } }');
    const releases = (data as { releases: { id: string; publishedAt: string; kind: string }[] }).releases;
    expect(releases.slice(1, 9).map(({ publishedAt }) => publishedAt)).toEqual([
      '2025-12-17T16:59:59.999Z',
      '2025-08-09T16:59:59.999Z',
      '2025-06-30T16:59:59.999Z',
      '2025-05-15T16:59:59.999Z',
      '2025-04-29T16:59:59.999Z',
      '2024-10-13T16:59:59.999Z',
      '2024-10-12T16:59:59.999Z',
      '2024-05-20T16:59:59.999Z',
    ]);
    const seal = { dataset: 'stated_coverage', subgraph: 'participants', instant: 5, hash: '-', historical: true };
    await expect(world.log.seal([seal])).rejects.toEqual(expect.objectContaining({ code: 'DATASET_NOT_EMPTY' }));
    await world.close();
  });
});
