import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Pool } from 'undici';
import { createGateway, type Gateway } from '../../services/gateway/gateway.js';
import { hostedClient } from '../../services/gateway/hosted-client.js';
import { remoteClient } from '../../services/gateway/remote-client.js';
import { composeSupergraph } from '../../services/gateway/supergraph.js';
import { discover } from '../../services/kit/discover.js';
import { loadEmptyDatasets } from '../../services/kit/first-start.js';
import { hostSubgraph } from '../../services/kit/host.js';
import { silent } from '../../services/kit/log.js';
import { openSubgraphDatabase } from '../../services/kit/subgraph-database.js';
import { createEditionLog } from '../../services/registry/log.js';
import { REGISTRY_MIGRATIONS } from '../../services/registry/registry.js';
import { freshSqlite } from '../support/databases.js';
import { noLog } from '../support/far-log.js';

/** A subgraph of another team, elsewhere, that knows nothing of editions. */
const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Region @key(fields: "code") { code: String! offices: Int }
  type Query { outsideStatus: String }
`;

type Behaviour = 'answers' | 'answers with HTML' | 'cuts its answer short' | 'fails with 500' | 'hangs';

let behaviour: Behaviour = 'answers';
let headersSeen: (string | string[] | undefined)[] = [];
let outside: Server;
let gateway: Gateway;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  outside = createServer((request, response) => {
    headersSeen.push(request.headers['as-of']);
    const send = (status: number, body: string) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    if (behaviour === 'answers with HTML') return send(200, '<html>maintenance</html>');
    if (behaviour === 'cuts its answer short') return send(200, '{"data":{"_entities":[{"off');
    if (behaviour === 'fails with 500') return send(500, '');
    if (behaviour === 'answers')
      return send(200, JSON.stringify({ data: { _entities: [{ offices: 3 }], outsideStatus: 'up' } }));
    return response;
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  const { port } = outside.address() as AddressInfo; // it listens on a port
  const subgraphs = await discover(['regions']);
  const db = await openSubgraphDatabase({ url: await freshSqlite(), subgraphs, migrations: REGISTRY_MIGRATIONS });
  const editionLog = createEditionLog(db, Date.now);
  const datasets = subgraphs.flatMap((subgraph) => subgraph.datasets);
  await loadEmptyDatasets(
    { db, log: editionLog, clock: Date.now, datasets, regions: async () => new Map() },
    subgraphs,
    silent,
  );
  const hosted = await Promise.all(
    subgraphs.map((subgraph) => hostSubgraph(subgraph, { db, log: silent, clock: Date.now })),
  );
  const pool = new Pool(`http://127.0.0.1:${port}`);
  gateway = await createGateway({
    supergraph: composeSupergraph([...hosted, { name: 'outside', sdl: SDL }]),
    executor: 'hive',
    clientOf: (name) => {
      const here = hosted.find((one) => one.name === name);
      return here ? hostedClient(here) : outsider(pool);
    },
    editionLog,
    clock: Date.now,
    limits: { depth: 12, fields: 500, cost: 50_000 },
    answerCacheBytes: 1_000_000,
    log: silent,
  });
  closing.push(
    () => gateway.stop(),
    () => pool.destroy(),
    () => db.close(),
    async () => outside.close(),
  );
});

afterAll(async () => {
  outside.closeAllConnections();
  for (const close of closing) await close();
});

async function ask(asOf?: string, headers: Readonly<Record<string, string>> = {}) {
  const query = '{ region(code: "19.03") { name offices } }';
  const url = `/graphql?${new URLSearchParams({ query, ...(asOf ? { asOf } : {}) })}`;
  const response = await gateway.app.inject({ method: 'GET', url, headers: { ...headers } });
  return { ...response.json(), cacheControl: response.headers['cache-control'] };
}

const NAME = 'Kabupaten Bangka Selatan';

describe('a subgraph that does not keep the past', () => {
  test('answers for now, from the instant the gateway names', async () => {
    headersSeen = [];
    const { data } = await ask(undefined, { 'as-of': '12345' });
    expect({ data, headersSeen }).toEqual({ data: { region: { name: NAME, offices: 3 } }, headersSeen: ['0'] });
  });

  test('gives a typed error for a past instant, and the rest of the answer', async () => {
    const { data, errors, cacheControl } = await ask('2025-01-01');
    expect({ data, cacheControl, errors }).toEqual({
      data: { region: { name: NAME, offices: null } },
      cacheControl: 'no-store',
      errors: [
        {
          message: 'Subgraph "outside" keeps no past: leave asOf out to read its fields.',
          path: ['region'],
          extensions: { code: 'AS_OF_UNSUPPORTED', subgraph: 'outside' },
        },
      ],
    });
  });
});

describe('a subgraph that fails', () => {
  const NO_ANSWER = ['SUBGRAPH_UNAVAILABLE', 'did not answer; its fields are null. Try again later.'];
  const NO_JSON = [
    'SUBGRAPH_INVALID',
    'gave what is no object of JSON (status 200); its fields are null. Tell who runs it.',
  ];
  test.each<[Behaviour, string[]]>([
    ['answers with HTML', NO_JSON],
    ['cuts its answer short', NO_JSON],
    ['fails with 500', NO_ANSWER],
    ['hangs', NO_ANSWER],
  ])('costs only its own fields when it %s, and recovers', async (how, [code, told]) => {
    behaviour = how;
    const query = `{ region(code: "19.03") { name offices } q${how.length}: region(code: "19") { code } }`;
    const failing = await gateway.app.inject({ method: 'POST', url: '/graphql', payload: { query } });
    behaviour = 'answers';
    const recovered = await gateway.app.inject({ method: 'POST', url: '/graphql', payload: { query } });
    expect({
      status: failing.statusCode,
      region: failing.json().data.region,
      errors: failing.json().errors,
      after: recovered.json().data.region,
    }).toEqual({
      status: 200,
      region: { name: NAME, offices: null },
      errors: [
        {
          message: `Subgraph "outside" ${told}`,
          path: ['region'],
          extensions: { code, subgraph: 'outside' },
        },
      ],
      after: { name: NAME, offices: 3 },
    });
  });
});

test('a gateway that has not read the edition log answers nothing yet', async () => {
  const unread = await createGateway({
    supergraph: composeSupergraph([{ name: 'outside', sdl: SDL }]),
    executor: 'hive',
    clientOf: () => outsider(new Pool('http://127.0.0.1:9')),
    editionLog: { ...noLog(0), read: async () => Promise.reject(new Error('down')) },
    clock: Date.now,
    limits: { depth: 12, fields: 500, cost: 50_000 },
    answerCacheBytes: 0,
    log: silent,
  });
  const [answer, ready, live] = await Promise.all(
    ['/graphql?query={outsideStatus}', '/readyz', '/livez'].map((url) => unread.app.inject(url)),
  );
  expect([answer?.statusCode, answer?.json().errors[0].extensions.code, ready?.statusCode, live?.statusCode]).toEqual([
    503,
    'EDITION_NOT_READY',
    503,
    200,
  ]);
  await unread.stop();
});

function outsider(pool: Pool) {
  return remoteClient({ name: 'outside', path: '/graphql', pool, timeoutMs: 500, log: silent });
}
