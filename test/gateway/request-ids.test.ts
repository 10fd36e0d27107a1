import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { createGateway, type Gateway } from '../../services/gateway/gateway.js';
import { openPool, remoteClient } from '../../services/gateway/remote-client.js';
import { composeSupergraph } from '../../services/gateway/supergraph.js';
import type { Log } from '../../services/kit/log.js';
import { noLog } from '../support/far-log.js';
import { type HostileSubgraph, sends, startHostile } from '../support/hostile-subgraph.js';
import { listen } from '../support/listen.js';

/** Two subgraphs: one elsewhere, and one in which everything goes wrong. */
const SUBGRAPHS = [
  { name: 'far', sdl: 'type Query { count: Int }' },
  { name: 'broken', sdl: 'type Query { bug: Int failing: Int }' },
];

/** What a subgraph of ours says of a bug of its own. */
const FAILED = {
  data: { failing: null },
  errors: [{ message: 'x', path: ['failing'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
};

interface Line {
  readonly event: string;
  readonly requestId: unknown;
}

const lines: Line[] = [];
const log: Log = (_level, event, facts) => void lines.push({ event, requestId: facts?.requestId });
const idsSeen: unknown[] = [];
let far: HostileSubgraph;
let gateway: Gateway;
let pool: ReturnType<typeof openPool>;
let app: FastifyInstance;
let url: string;

beforeAll(async () => {
  far = await startHostile();
  pool = openPool(far.origin, { calls: 4, timeoutMs: 500 });
  gateway = await createGateway({
    supergraph: composeSupergraph(SUBGRAPHS),
    executor: 'hive',
    clientOf: (name) =>
      name === 'far'
        ? remoteClient({ name, path: '/graphql', pool, timeoutMs: 500, log })
        : {
            ask: async ({ operation }) => (operation.includes('failing') ? FAILED : Promise.reject(new Error('a bug'))),
          },
    editionLog: noLog(Date.now()),
    clock: Date.now,
    limits: {},
    answerCacheBytes: 1_000_000,
    trustedProxies: ['127.0.0.1'],
    log,
  });
  app = gateway.app;
  url = await app.listen({ port: 0 });
});
beforeEach(() => {
  lines.length = 0;
  idsSeen.length = 0;
});
afterAll(async () => {
  await gateway.stop();
  await pool.destroy();
  await far.stop();
});

interface Told {
  readonly id: string | null;
  readonly inError: unknown;
}

async function post(query: string, headers: Readonly<Record<string, string>> = {}): Promise<Told> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const { errors } = (await response.json()) as { errors?: { extensions?: { requestId?: unknown } }[] }; // an answer
  return { id: response.headers.get('x-request-id'), inError: errors?.[0]?.extensions?.requestId };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('the id of a request', () => {
  test.each([
    ['seen for the first time', '{ bug }'],
    ['known', '{ bug }'],
  ])('is in the log, in the reply and in the error of a bug, in an operation that is %s', async (_, query) => {
    const { id, inError } = await post(query);
    expect([UUID.test(String(id)), inError, lines]).toEqual([true, id, [{ event: 'request.failed', requestId: id }]]);
  });

  test('is the same in every line about it, and goes on to subgraphs', async () => {
    far.behave((request, response) => {
      idsSeen.push(request.headers['x-request-id']);
      return idsSeen.length === 1 ? request.socket.resetAndDestroy() : sends('no answer')(request, response);
    });
    const { id } = await post('{ count }');
    expect([lines, idsSeen]).toEqual([
      [
        { event: 'subgraph.retried', requestId: id },
        { event: 'subgraph.failed', requestId: id },
      ],
      [id, id],
    ]);
  });

  test('is that of a proxy where it is a short plain word, and a new one otherwise', async () => {
    const given = ['from-nginx_0123', 'short', `${'long'.repeat(20)}`, 'with a space', '"quoted-text"'];
    const ids = await Promise.all(given.map(async (id) => (await post('{ __typename }', { 'x-request-id': id })).id));
    expect(ids).toEqual([given[0], ...given.slice(1).map(() => expect.stringMatching(UUID))]);
    const stranger = await app.inject({
      method: 'POST',
      url: '/graphql',
      remoteAddress: '203.0.113.7',
      headers: { 'x-request-id': 'from-a-stranger' },
      payload: { query: '{ __typename }' },
    });
    expect(stranger.headers['x-request-id']).toMatch(UUID);
  });

  test('is not in what a GET brings, which others may get as well', async () => {
    far.behave(sends('{"data":{"count":3}}'));
    const replies = [];
    for (let n = 0; n < 3; n += 1) {
      const { headers } = await fetch(`${url}/graphql?query={count}`);
      const { date: _date, ...rest } = Object.fromEntries(headers);
      replies.push(rest);
    }
    expect([replies[1], replies[2], 'x-request-id' in (replies[0] ?? {})]).toEqual([replies[0], replies[0], false]);
  });

  test('of who listened first names the errors of all who listen to the same', async () => {
    const listening = [await listen(url, { query: '{ failing }' }), await listen(url, { query: '{ failing }' })];
    const events = await Promise.all(listening.map((one) => one.until(1)));
    for (const one of listening) one.stop();
    const ids = events.map(([event]) => event?.data.errors?.[0]?.extensions?.requestId);
    expect([ids[0] === ids[1], String(ids[0])]).toEqual([true, expect.stringMatching(UUID)]);
  });
});
