import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { freshSqlite } from '../../test/support/databases.js';
import { type Database, openDatabase } from '../kit/database.js';
import type { EditionLog, Seal, Tie } from '../kit/edition.js';
import { silent } from '../kit/log.js';
import { connectEditionLog } from '../kit/log-client.js';
import { createRegistryApp } from './http.js';
import { createEditionLog } from './log.js';
import { REGISTRY_MIGRATIONS } from './registry.js';

const TOKEN = 'a-token-for-tests';
const START = Date.parse('2026-11-24T01:00:00Z');
const AHEAD = START + 10_000;
const PATHS = ['/editions', '/editions/reports', '/editions/abandoned', '/editions/redactions'];
const TIE: Tie = { id: 'counts payments', members: ['counts', 'payments'] };

const seal = (dataset: string, instant: number): Seal => ({
  dataset,
  subgraph: 'benefits',
  instant,
  hash: 'h',
  historical: false,
});

let db: Database;
let app: FastifyInstance;
let url: string;

beforeAll(async () => {
  db = await openDatabase({ url: await freshSqlite(), entities: [], migrations: REGISTRY_MIGRATIONS });
  app = createRegistryApp(
    createEditionLog(db, () => START),
    TOKEN,
    silent,
  );
  url = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await app.close();
  await db.close();
});

describe('the registry', () => {
  test.each(PATHS)('lets nobody write at %s without the token', async (path) => {
    const payload = { seals: [seal('x', AHEAD)], tie: TIE, dataset: 'x' };
    const statuses: number[] = [];
    for (const authorization of [undefined, 'Bearer', 'Bearer another-token-x', `Basic ${TOKEN}`]) {
      const headers = authorization === undefined ? {} : { authorization };
      statuses.push((await app.inject({ method: 'POST', url: path, headers, payload })).statusCode);
    }
    const after = (await app.inject('/editions')).json();
    expect({ statuses, after }).toEqual({
      statuses: [401, 401, 401, 401],
      after: { now: START, seals: [], redactions: 0 },
    });
  });

  test.each<[string, unknown]>([
    ['/editions', {}],
    ['/editions', []],
    ['/editions', { seals: [] }],
    ['/editions', { seals: 'x' }],
    ['/editions', { seals: [{ ...seal('x', AHEAD), instant: '5' }] }],
    ['/editions', { seals: [{ ...seal('x', AHEAD), instant: 9e15 }] }],
    ['/editions', { seals: [{ ...seal('x', AHEAD), instant: -1 }] }],
    ['/editions', { seals: [{ ...seal('x', AHEAD), historical: 1 }] }],
    ['/editions', { seals: [{ ...seal('x', AHEAD), hash: 'h'.repeat(81) }] }],
    ['/editions', { seals: [{ ...seal('', AHEAD) }] }],
    ['/editions', { seals: [null] }],
    ['/editions/reports', { seals: [seal('counts', AHEAD)] }],
    ['/editions/reports', { tie: TIE }],
    ['/editions/reports', { tie: { id: 'x', members: [] }, seals: [seal('counts', AHEAD)] }],
    ['/editions/reports', { tie: { id: '', members: ['counts'] }, seals: [seal('counts', AHEAD)] }],
    ['/editions/reports', { tie: { id: 'x', members: [1] }, seals: [seal('counts', AHEAD)] }],
    ['/editions/abandoned', {}],
    ['/editions/abandoned', { tie: 'x' }],
    ['/editions/redactions', { dataset: '' }],
    ['/editions/redactions', { dataset: 3 }],
  ])('refuses at %s the body %j, and stores nothing', async (path, payload) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const before = (await app.inject('/editions')).json();
    const refused = await app.inject({ method: 'POST', url: path, headers, payload: JSON.stringify(payload) });
    expect([refused.statusCode, refused.json().error.code, (await app.inject('/editions')).json()]).toEqual([
      409,
      'BAD_REQUEST',
      before,
    ]);
  });

  test('refuses what is not JSON', async () => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const statuses = await Promise.all(
      PATHS.map(async (path) => (await app.inject({ method: 'POST', url: path, headers, payload: '{' })).statusCode),
    );
    expect(statuses).toEqual([400, 400, 400, 400]);
  });

  test('lets nobody keep a page of the log', async () => {
    expect((await app.inject('/editions?after=0')).headers['cache-control']).toBe('no-store');
  });
});

describe('the log of another process', () => {
  test('does and says what the log itself does', async () => {
    const log: EditionLog = connectEditionLog(url, TOKEN);
    const before = await log.read(0);
    await log.seal([seal('x', AHEAD)]);
    await log.seal([seal('x', AHEAD)]);
    const tied = AHEAD + 1;
    const answers = [
      await log.report(TIE, [seal('counts', tied)]),
      await log.report(TIE, [seal('payments', tied)]),
      await log.abandon(TIE),
      await log.abandon({ ...TIE, id: 'another' }),
    ];
    await log.recordRedaction('x');
    const { now, seals, redactions } = await connectEditionLog(url, null).read(1);
    expect({ before, answers, now, redactions, names: seals.map(({ dataset }) => dataset) }).toEqual({
      before: { now: START, seals: [], redactions: 0 },
      answers: [false, true, false, true],
      now: START,
      redactions: 1,
      names: ['counts', 'payments'],
    });
  });

  test('throws what the log throws, with its code', async () => {
    const log = connectEditionLog(url, TOKEN);
    const late = expect.objectContaining({ code: 'SEAL_TOO_LATE', name: 'RequestError' });
    await expect(log.seal([seal('y', START)])).rejects.toEqual(late);
    await expect(log.report({ id: 'late', members: ['y'] }, [seal('y', START)])).rejects.toEqual(late);
  });

  test.each([
    ['a page', 200, '<html>maintenance</html>'],
    ['JSON of another kind', 200, '{"now":"today"}'],
    ['a page without the redactions', 200, '{"now":5,"seals":[]}'],
    ['nothing', 502, ''],
    ['a code that is not ours', 409, '{"error":{"code":"toString","message":"x"}}'],
  ])('throws a plain error for an answer that is %s: it may be asked again', async (_what, status, body) => {
    const server = createServer((_request, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // it listens on a port
    const log = connectEditionLog(`http://127.0.0.1:${port}`, TOKEN);
    const errors = await Promise.all(
      [log.read(0), log.report(TIE, [seal('counts', AHEAD)]), log.abandon(TIE)].map((asked) =>
        asked.catch((error: unknown) => (error instanceof Error ? error.name : error)),
      ),
    );
    expect(errors).toEqual(['Error', 'Error', 'Error']);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
