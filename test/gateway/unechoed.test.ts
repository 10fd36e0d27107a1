import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Pool } from 'undici';
import { createGatewayContext } from '../../services/gateway/context.js';
import { remoteClient } from '../../services/gateway/remote-client.js';
import { silent } from '../../services/kit/log.js';
import { startOutsideGateway, type TestGateway } from '../support/gateway.js';

/** A subgraph of another team that does not say at which instant it reads, and counts how often it is asked. */
const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { outsideCount: Int }
`;

let asked = 0;
let cacheControl: string | null = null;
let isEchoing = false;
let outside: Server;
let pool: Pool;
let gateway: TestGateway;

const client = () => remoteClient({ name: 'outside', path: '/graphql', pool, timeoutMs: 5000, log: silent });

beforeAll(async () => {
  outside = createServer(async (request, response) => {
    asked += 1;
    const { query } = JSON.parse(await text(request)) as { readonly query: string };
    const names = [...query.matchAll(/(\w+:\s*)?outsideCount/g)].map(([name]) => name.split(':')[0]);
    const headers = {
      'content-type': 'application/json',
      ...(cacheControl === null ? {} : { 'cache-control': cacheControl }),
      ...(isEchoing ? { 'as-of': String(request.headers['as-of']) } : {}),
    };
    response.writeHead(200, headers).end(JSON.stringify({ data: Object.fromEntries(names.map((name) => [name, 3])) }));
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  const { port } = outside.address() as AddressInfo; // it listens on a port
  pool = new Pool(`http://127.0.0.1:${port}`);
  gateway = await startOutsideGateway([{ name: 'outside', sdl: SDL, client: client() }]);
});
afterAll(async () => {
  await gateway.stop();
  await pool.destroy();
  outside.closeAllConnections();
  outside.close();
});

/** Asks a question that was not asked before, twice. */
async function askTwice(name: string) {
  const before = asked;
  const first = await gateway.ask(`{ ${name}: outsideCount }`);
  await gateway.ask(`{ ${name}: outsideCount }`);
  return { asked: asked - before, lifetime: first.headers['cache-control'] };
}

const SECOND = 'public, max-age=0, s-maxage=1, must-revalidate';

describe('an answer of a subgraph that does not say what instant it read', () => {
  test.each<[string | null, number, string]>([
    [null, 2, 'no-store'],
    ['max-age=0', 2, 'no-store'],
    ['no-store', 2, 'no-store'],
    ['max-age=20, private', 2, 'no-store'],
    ['max-age=1, public', 2, SECOND],
    ['max-age=20, public', 1, SECOND],
    ['max-age=99999, public', 1, SECOND],
  ])('K: is kept no longer than it says, with %s', async (says, times, lifetime) => {
    cacheControl = says;
    const name = `q${(says ?? 'none').replaceAll(/[^a-z0-9]/g, '')}`;
    expect(await askTwice(name)).toEqual({ asked: times, lifetime });
  });

  test('K: is asked for again once that time, less the second it may live outside, is over', async () => {
    cacheControl = 'max-age=2, public';
    const before = asked;
    const times: number[] = [];
    for (const wait of [0, 0, 1100]) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      await gateway.ask('{ soon: outsideCount }');
      times.push(asked - before);
    }
    expect(times).toEqual([1, 1, 2]);
  });

  test('K: lives a minute at most, and as long as the shortest of several says', async () => {
    const outsider = client();
    const edition = { isPinned: false, isStale: false, redactions: 0, id: '', instantOf: () => 0, keyOf: () => '' };
    const context = createGatewayContext(edition);
    const lives: unknown[] = [];
    for (const seconds of [99_999, 40, 50]) {
      cacheControl = `max-age=${seconds}, public`;
      await outsider.ask({ operation: '{ outsideCount }', operationName: null, variables: '{}' }, context);
      lives.push(context.unechoed.get('outside'));
    }
    expect(lives).toEqual([60_000, 40_000, 40_000]);
  });

  test('K: is refused for a past instant, and not asked for again when it says what it read', async () => {
    cacheControl = 'max-age=60, public';
    const refused = await gateway.ask('{ past: outsideCount }', '2025-01-01');
    isEchoing = true;
    cacheControl = null;
    const past = await gateway.ask('{ past: outsideCount }', '2025-01-01');
    expect([
      refused.result.errors?.[0]?.extensions?.code,
      past.headers['cache-control'],
      await askTwice('echoed'),
    ]).toEqual(['AS_OF_UNSUPPORTED', 'public, max-age=86400', { asked: 1, lifetime: SECOND }]);
  });
});
