import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listen } from '../support/listen.js';
import { type StartedWorld, startWorld } from '../support/world.js';

let world: StartedWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

/** Every sample of the metrics, by its name with its labels. */
async function samples({ url }: Pick<StartedWorld, 'url'>): Promise<Readonly<Record<string, number>>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

/** What was added to the samples of a name while something was done; those that stayed are left out. */
async function added(name: string, work: () => Promise<unknown>): Promise<Readonly<Record<string, number>>> {
  const before = await samples(world);
  await work();
  const after = await samples(world);
  const changed = Object.keys(after).filter((key) => key.startsWith(name) && after[key] !== (before[key] ?? 0));
  return Object.fromEntries(changed.map((key) => [key.slice(name.length), (after[key] ?? 0) - (before[key] ?? 0)]));
}

const get = async (query: string, more: Readonly<Record<string, string>> = {}) =>
  (await fetch(`${world.url}/graphql?${new URLSearchParams({ query, ...more })}`)).text();
const post = async (query: string) => world.ask(query);

describe('the metrics', () => {
  test('count each request by the way it was answered', async () => {
    const query = '{ region(code: "19.03") { code } }';
    const counted = await added('cakupan_requests_total', async () => {
      await post(query);
      await post(query);
      for (let n = 0; n < 3; n += 1) await get(query);
    });
    expect(counted).toEqual({
      '{way="computed",outcome="ok"}': 1,
      '{way="kept",outcome="ok"}': 2,
      '{way="lane",outcome="ok"}': 2,
    });
  });

  test('count those that ask the same at the same time as one that is computed', async () => {
    const query = '{ regions(first: 500) { nodes { code name coverage { percent } } } }';
    const counted = await added('cakupan_requests_total', () =>
      Promise.all(Array.from({ length: 10 }, () => post(query))),
    );
    const { computed, ...others } = Object.fromEntries(
      Object.entries(counted).map(([labels, count]) => [/way="(\w+)"/.exec(labels)?.[1], count]),
    );
    expect([computed, (others.joined ?? 0) + (others.kept ?? 0)]).toEqual([1, 9]);
  });

  test('count what was refused or went wrong by its code, and by no word of a caller', async () => {
    const counted = await added('cakupan_requests_total', async () => {
      await get('{ made_up_by_a_caller }');
      await get('{ region(code: "1903") { name } }');
      await get('{ __typename }', { asOf: 'made up' });
      await get('{ made up');
      await fetch(`${world.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{',
      });
      await fetch(`${world.url}/graphql`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{' });
    });
    expect(counted).toEqual({
      '{way="computed",outcome="BAD_REGION_CODE"}': 1,
      '{way="refused",outcome="BAD_AS_OF"}': 1,
      '{way="refused",outcome="BAD_REQUEST"}': 2,
      '{way="refused",outcome="GRAPHQL_PARSE_FAILED"}': 1,
      '{way="refused",outcome="GRAPHQL_VALIDATION_FAILED"}': 1,
    });
  });

  test('count calls of subgraphs, and time them and what was computed', async () => {
    const query = '{ region(code: "19") { name coverage { percent } } }';
    const work = () => post(query);
    expect(await added('cakupan_subgraph_calls_total', work)).toEqual({
      '{subgraph="participants",outcome="answered"}': 1,
      '{subgraph="regions",outcome="answered"}': 1,
    });
    expect(await added('cakupan_computed_seconds_count', () => post(query.replace('19', '00')))).toEqual({ '': 1 });
    const timed = await added('cakupan_subgraph_seconds_count', () => post(query.replace('19', '19.01')));
    expect(timed).toEqual({ '{subgraph="participants"}': 1, '{subgraph="regions"}': 1 });
  });

  test('tell what is kept, and how often it was asked for', async () => {
    const query = '{ region(code: "19.04") { name } }';
    const first = await added('cakupan_answers', () => post(query));
    expect(first).toEqual({ '_total{result="missed"}': 1, '_kept': 1, '_kept_bytes': expect.any(Number) });
    expect(await added('cakupan_answers', () => post(query))).toEqual({ '_total{result="hit"}': 1 });
  });

  test('tell the edition, the supergraph, who listens, and how late the event loop is', async () => {
    const listening = await listen(world.url, { query: '{ __typename }' });
    await listening.until(1);
    const told = await samples(world);
    listening.stop();
    const { seals } = await world.loader.log.read(0);
    const instants = new Set(seals.map(({ instant }) => instant));
    expect({
      instant: told.cakupan_edition_instant_seconds,
      sequence: told.cakupan_edition_sequence,
      listeners: told.cakupan_live_listeners,
      supergraph: Object.keys(told).filter((name) => /^cakupan_supergraph_info\{id="[0-9a-f]{16}"\}$/.test(name))
        .length,
      isHeard: Number(told.cakupan_edition_log_age_seconds) < 3,
      delays: Object.keys(told).filter((name) => name.startsWith('cakupan_event_loop_delay_seconds')).length,
    }).toEqual({
      instant: Math.max(...instants) / 1000,
      sequence: instants.size,
      listeners: 1,
      supergraph: 1,
      isHeard: true,
      delays: 3,
    });
  });

  test('are not for who comes through a proxy, nor to be kept', async () => {
    const status = async (headers: Readonly<Record<string, string>>) => {
      const response = await fetch(`${world.url}/metrics`, { headers });
      return [response.status, response.headers.get('cache-control')];
    };
    expect([await status({}), await status({ 'x-forwarded-for': '203.0.113.7' })]).toEqual([
      [200, 'no-store'],
      [404, null],
    ]);
  });
});

test('an instant that is sealed ahead is in no metric', async () => {
  const clock = { now: Date.now() };
  const other = await startWorld({ clock: () => clock.now });
  const edition = async () => {
    await other.poll();
    const told = await samples(other);
    return [told.cakupan_edition_instant_seconds, told.cakupan_edition_sequence];
  };
  const [[instant, sequence], at] = [await edition(), clock.now + 10_000];
  const seal = { dataset: 'stated_coverage', subgraph: 'participants', instant: at, hash: 'aa', historical: false };
  await other.loader.log.seal([seal]);
  const before = await edition();
  clock.now = at;
  const after = await edition();
  await other.stop();
  expect([before, after]).toEqual([
    [instant, sequence],
    [at / 1000, Number(sequence) + 1],
  ]);
});

test('metrics that are switched off are not there', async () => {
  const other = await startWorld({ env: { METRICS: 'off' } });
  const { status } = await fetch(`${other.url}/metrics`);
  await other.stop();
  expect(status).toBe(404);
});
