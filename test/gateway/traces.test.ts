import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { createGatewayContext } from '../../services/gateway/context.js';
import { openPool, remoteClient } from '../../services/gateway/remote-client.js';
import { silent } from '../../services/kit/log.js';
import { createHostApp } from '../../services/kit/serve.js';
import { startTraces } from '../../services/kit/traces.js';
import type { Tracing } from '../../services/kit/tracing.js';
import { attributeOf, type Collector, startCollector, treeOf } from '../support/collector.js';
import { freshSqlite } from '../support/databases.js';
import { sends, startHostile } from '../support/hostile-subgraph.js';
import { freePort } from '../support/processes.js';
import { until } from '../support/until.js';
import { createWorld, startWorld } from '../support/world.js';

const QUERY = '{ region(code: "19.03") { name coverage { percent } } }';

async function post(url: string, headers: Readonly<Record<string, string>> = {}): Promise<string | null> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: QUERY }),
  });
  await response.text();
  return response.headers.get('x-request-id');
}

describe('traces', () => {
  let collector: Collector;

  test('of a query are one tree, from the request to the statements, and of a kept answer one span', async () => {
    collector = await startCollector();
    const world = await startWorld({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin } });
    const from = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const ids = [await post(world.url, { traceparent: from }), await post(world.url)];
    await world.stop();
    const spans = collector.spans();
    await collector.stop();
    const requests = spans.filter(({ name }) => name === 'request');
    const [first = [], second = []] = requests.map(({ traceId }) => spans.filter((one) => one.traceId === traceId));
    expect({
      requests: requests.map((span) => ['request.id', 'way', 'outcome'].map((key) => attributeOf(span, key))),
      joined: [requests[0]?.traceId, requests[0]?.parentSpanId],
      strangers: spans.length - first.length - second.length,
      second: treeOf(second),
    }).toEqual({
      requests: [
        [ids[0], 'computed', 'ok'],
        [ids[1], 'kept', 'ok'],
      ],
      joined: ['a'.repeat(32), 'b'.repeat(16)],
      strangers: 0,
      second: ['request'],
    });
    const [, ...below] = treeOf(first);
    expect(below.map(([name]) => name)).toEqual(['admit', 'plan', 'fetch regions', 'fetch participants']);
    const [, , regions = ['none'], participants = ['none']] = below;
    const statements = [regions, participants].map(([, ...inner]) => new Set(inner.map(([name]) => name)));
    expect(statements).toEqual([new Set(['sql']), new Set(['sql'])]);
    const texts = first.filter(({ name }) => name === 'sql').map((span) => attributeOf(span, 'db.query.text') ?? '');
    expect(texts.every((text) => /^SELECT|^WITH/i.test(text.trim()) && !text.includes('19.03'))).toBe(true);
  });

  test('go on in the host of a subgraph', async () => {
    const [collector, world] = [await startCollector(), await createWorld({ url: await freshSqlite() })];
    const { tracing, stop } = await startTraces(collector.origin, 'a test', silent);
    const app = createHostApp({
      hosted: [world.hosted('regions')],
      office: world.office,
      loadToken: null,
      isReady: () => true,
      log: silent,
      trustedProxies: ['127.0.0.1'],
      tracing,
    });
    const pool = openPool(await app.listen({ port: 0, host: '127.0.0.1' }), { calls: 1, timeoutMs: 5000 });
    const path = '/regions/graphql';
    const client = remoteClient({ name: 'regions', path, pool, timeoutMs: 5000, log: silent, tracing });
    const request = { operation: '{ region(code: "19") { code } }', operationName: null, variables: '{}' };
    const context = createGatewayContext(await editionOf(world.newest('regions')));
    await (tracing as Tracing).whole('request', {}, undefined, () => client.ask(request, context));
    await Promise.all([app.close(), pool.close()]);
    await stop();
    const spans = collector.spans();
    await Promise.all([collector.stop(), world.close()]);
    expect(treeOf(spans).slice(0, 2)).toEqual(['request', ['subgraph regions']]);
  });

  test('whose collector is away cost one line of the log until it is back, and the stop is as any other', async () => {
    process.env.OTEL_BSP_SCHEDULE_DELAY = '50';
    const port = await freePort();
    const told: unknown[] = [];
    const world = await startWorld({
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` },
      log: (level, event, facts) =>
        void (level !== 'info' || /^traces/.test(event) ? told.push([level, event, facts]) : null),
    });
    const answers: unknown[] = [];
    for (let n = 0; n < 4; n += 1) {
      answers.push((await world.ask(QUERY)).errors);
      await wait(200);
    }
    const away = [...told];
    const collector = await startCollector(port);
    await world.ask(QUERY);
    await until(() => told.length > 1);
    await collector.stop();
    await world.ask(QUERY); // its span is left for the stop
    await world.stop();
    delete process.env.OTEL_BSP_SCHEDULE_DELAY;
    const place = { collector: `127.0.0.1:${port}` };
    const lost = ['warn', 'traces.lost', { ...place, cause: expect.stringContaining('ECONNREFUSED') }];
    expect({ answers, away, told }).toEqual({
      answers: Array.from({ length: 4 }, () => undefined),
      away: [lost],
      told: [lost, ['info', 'traces.resumed', place], lost],
    });
  });

  test('that are off load nothing and tell subgraphs nothing', async () => {
    const far = await startHostile();
    const seen: unknown[] = [];
    far.behave((request, response) => {
      seen.push(request.headers.traceparent);
      return sends('{"data":{"count":3}}')(request, response);
    });
    let loads = 0;
    const { tracing } = await startTraces(null, 'a test', silent, () => {
      loads += 1;
      throw new Error('nothing is to be loaded');
    });
    const pool = openPool(far.origin, { calls: 1, timeoutMs: 5000 });
    const client = remoteClient({ name: 'far', path: '/', pool, timeoutMs: 5000, log: silent, tracing });
    const request = { operation: '{ count }', operationName: null, variables: '{}' };
    await client.ask(request, createGatewayContext(await editionOf(Promise.resolve(7))));
    await pool.destroy();
    await far.stop();
    expect([tracing, loads, seen]).toEqual([null, 0, [undefined]]);
  });
});

async function editionOf(instant: Promise<number>) {
  const at = await instant;
  return { isPinned: false, isStale: false, redactions: 0, id: '', instantOf: () => at, keyOf: () => '' };
}
