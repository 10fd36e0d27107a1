import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startRegistry, startSubgraphs } from '../services/cli/programs.js';
import { readConfig } from '../services/config.js';
import { createHostMetrics } from '../services/kit/host-metrics.js';
import { silent } from '../services/kit/log.js';
import { type Stopper, stopAll } from '../services/kit/stop.js';
import { freshFolder, freshSqlite } from './support/databases.js';

const REGISTRY_TOKEN = 'a-token-for-tests';
const stoppers: Stopper[] = [];
let registryUrl: string;
let url: string;
let database: string;

beforeAll(async () => {
  const registry = { PORT: '0', DATABASE_URL: await freshSqlite(), REGISTRY_TOKEN, LOG_LEVEL: 'silent' };
  const running = await startRegistry(readConfig(registry), silent);
  registryUrl = running.url;
  stoppers.unshift(...running.stoppers);
  database = await freshSqlite();
  url = await startHost({ DATABASE_URL: database });
}, 30_000);
afterAll(() => stopAll(stoppers, silent));

/** A host of its own for the regions; its address. */
async function startHost(env: Readonly<Record<string, string>>): Promise<string> {
  const settings = { PORT: '0', REGISTRY_URL: registryUrl, REGISTRY_TOKEN, LOG_LEVEL: 'silent', SUBGRAPHS: 'regions' };
  const host = await startSubgraphs(readConfig({ ...settings, SPOOL_FOLDER: await freshFolder(), ...env }), silent);
  stoppers.unshift(...host.stoppers);
  return host.url;
}

/** Every sample of the metrics, by its name with its labels. */
async function samples(): Promise<Readonly<Record<string, number>>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => line.split(/ (?=\S+$)/)).map(([key = '', value]) => [key, Number(value)]),
  );
}

/** What was added to the samples whose names match while something was done. */
async function added(names: RegExp, work: () => Promise<unknown>): Promise<Readonly<Record<string, number>>> {
  const before = await samples();
  await work();
  const after = await samples();
  const changed = Object.keys(after).filter((key) => names.test(key) && after[key] !== (before[key] ?? 0));
  return Object.fromEntries(changed.map((key) => [key, (after[key] ?? 0) - (before[key] ?? 0)]));
}

async function post(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
  return (await fetch(`${url}/regions/graphql`, init)).json();
}

const KNOWN = { query: '{ region(code: "19.03") { name } }' };

describe('the metrics of a subgraph host', () => {
  test('count and time each request by its route and status, and by no word of a caller', async () => {
    const counted = await added(/^cakupan_host_(requests_total|seconds_count)/, async () => {
      await post(KNOWN);
      await post({});
      await fetch(`${url}/made/up/by/a/caller`);
      await fetch(`${url}/data/made_up_by_a_caller/releases`);
    });
    expect(counted).toEqual({
      'cakupan_host_requests_total{route="/regions/graphql",status="200"}': 1,
      'cakupan_host_requests_total{route="/regions/graphql",status="400"}': 1,
      'cakupan_host_requests_total{route="none",status="404"}': 1,
      'cakupan_host_requests_total{route="/data/:dataset/releases",status="400"}': 1,
      'cakupan_host_requests_total{route="/metrics",status="200"}': 1,
      'cakupan_host_seconds_count{route="/regions/graphql"}': 2,
      'cakupan_host_seconds_count{route="none"}': 1,
      'cakupan_host_seconds_count{route="/data/:dataset/releases"}': 1,
      'cakupan_host_seconds_count{route="/metrics"}': 1,
    });
  });

  test('count answers by the code of their first error', async () => {
    const counted = await added(/^cakupan_host_answers/, async () => {
      await post(KNOWN);
      await post({ query: '{ region(code: "1903") { name } }' });
      await post({ query: '{ made_up_by_a_caller }' });
      await post(KNOWN, { 'as-of': '12345' });
    });
    expect(counted).toEqual({
      'cakupan_host_answers_total{subgraph="regions",outcome="ok"}': 1,
      'cakupan_host_answers_total{subgraph="regions",outcome="BAD_REGION_CODE"}': 1,
      'cakupan_host_answers_total{subgraph="regions",outcome="invalid"}': 1,
      'cakupan_host_answers_total{subgraph="regions",outcome="AS_OF_NOT_SEALED"}': 1,
    });
  });

  test('tell the edition that is answered, that the log is heard, and how late the event loop is', async () => {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(KNOWN) };
    const { headers: answered } = await fetch(`${url}/regions/graphql`, init);
    const told = await samples();
    expect({
      instant: told['cakupan_edition_instant_seconds{subgraph="regions"}'],
      isHeard: Number(told.cakupan_edition_log_age_seconds) < 10,
      ready: told.cakupan_ready,
      delays: Object.keys(told).filter((name) => name.startsWith('cakupan_event_loop_delay_seconds')).length,
      memory: Number(told.process_resident_memory_bytes) > 1e7,
    }).toEqual({
      instant: Number(answered.get('as-of')) / 1000,
      isHeard: true,
      ready: 1,
      delays: 3,
      memory: true,
    });
  });

  test('are not for who comes through a proxy, nor to be kept, nor there where they are switched off', async () => {
    const told = async (origin: string, headers: Readonly<Record<string, string>> = {}) => {
      const response = await fetch(`${origin}/metrics`, { headers });
      return [response.status, response.headers.get('cache-control')];
    };
    const off = await startHost({ DATABASE_URL: database, METRICS: 'off' });
    expect([await told(url), await told(url, { 'x-forwarded-for': '203.0.113.7' }), await told(off)]).toEqual([
      [200, 'no-store'],
      [404, null],
      [404, null],
    ]);
  }, 20_000);
});

describe('the metrics of a database', () => {
  test('count statements and transactions by how they ended, and those that are not answered', async () => {
    const metrics = createHostMetrics({ isReady: () => true, logAge: () => 0 });
    let answer = () => {};
    const slow = new Promise<[]>((resolve) => {
      answer = () => resolve([]);
    });
    const db = metrics.watchDatabase({
      dialect: 'mysql',
      takesStreams: false,
      query: (sql) => (sql === 'slow' ? slow : Promise.reject(new Error('gone'))),
      write: (work) => work({} as Parameters<typeof work>[0]), // nothing is asked of it
      close: async () => {},
    });
    const told = async () =>
      [...(await metrics.text()).matchAll(/^cakupan_statements_(.+)$/gm)].map(([, text]) => text);
    const asked = [db.query('slow'), db.query('slow')];
    await expect(db.query('broken')).rejects.toThrow('gone');
    const during = await told();
    answer();
    await Promise.all([...asked, db.write(async () => {})]);
    const after = await told();
    metrics.stop();
    expect([during, after]).toEqual([
      ['total{kind="read",outcome="failed"} 1', 'running 2'],
      [
        'total{kind="read",outcome="failed"} 1',
        'total{kind="read",outcome="done"} 2',
        'total{kind="write",outcome="done"} 1',
        'running 0',
      ],
    ]);
  });

  test('of a host count what its answers ask of it', async () => {
    const query = '{ regions(search: "bangka") { nodes { name } } }';
    const counted = await added(/^cakupan_statements?_(total|seconds_count)/, () => post({ query }));
    const asked = counted['cakupan_statements_total{kind="read",outcome="done"}'] ?? 0;
    expect([asked > 0, counted]).toEqual([
      true,
      {
        'cakupan_statements_total{kind="read",outcome="done"}': asked,
        'cakupan_statement_seconds_count{kind="read"}': asked,
      },
    ]);
  });
});
