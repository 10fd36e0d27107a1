import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Pool } from 'undici';
import { hostedClient } from '../../services/gateway/hosted-client.js';
import { remoteClient } from '../../services/gateway/remote-client.js';
import type { SubgraphClient } from '../../services/gateway/subgraph-client.js';
import { silent } from '../../services/kit/log.js';
import { createHostApp } from '../../services/kit/serve.js';
import { freshSqlite } from '../support/databases.js';
import { RULE_DRAFT } from '../support/drafts.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { sealRows } from '../support/sealed.js';
import { createWorld, type World } from '../support/world.js';

const RULES = '{ benefitRules(program: JKP) { parameter } }';

/** Two databases that were filled alike; the second gets what is published when the test says so. */
const time = { start: Date.now(), passed: 0 };
let primary: World;
let replica: World;
let near: TestGateway;
let far: TestGateway;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const clock = () => time.start + time.passed;
  const elapsed = () => time.passed;
  [primary, replica] = await Promise.all([
    createWorld({ url: await freshSqlite(), clock }),
    createWorld({ url: await freshSqlite(), clock }),
  ]);
  const benefits = replica.hosted('benefits');
  const host = createHostApp({
    hosted: [benefits],
    office: replica.office,
    loadToken: null,
    isReady: () => true,
    log: silent,
  });
  const pool = new Pool(await host.listen({ port: 0, host: '127.0.0.1' }));
  const others = primary.subgraphs.map(({ name }) => name).filter((name) => name !== 'benefits');
  const start = (client: SubgraphClient) =>
    startTestGateway({
      hosted: others.map((name) => primary.hosted(name)),
      log: primary.log,
      clock,
      elapsed,
      outside: [{ name: 'benefits', sdl: benefits.sdl, client }],
    });
  near = await start(hostedClient(benefits));
  far = await start(remoteClient({ name: 'benefits', path: '/benefits/graphql', pool, timeoutMs: 5000, log: silent }));
  closing.push(
    near.stop,
    far.stop,
    () => pool.destroy(),
    () => host.close(),
    primary.close,
    replica.close,
  );
});
afterAll(async () => {
  for (const close of closing) await close();
});

const NOT_READY = {
  message: 'Subgraph "benefits" has not got the edition yet; its fields are null. Ask again in a second.',
  extensions: { code: 'EDITION_NOT_READY', subgraph: 'benefits' },
};

describe('a database that lags behind the log', () => {
  test('D: never gives older rows for the edition, and what it gives is kept by nobody', async () => {
    const instant = time.start + time.passed + 6000;
    const release = await sealRows(primary.db, RULE_DRAFT, instant);
    await primary.log.seal([
      { dataset: 'benefit_rule', subgraph: 'benefits', instant, hash: release, historical: false },
    ]);
    time.passed += 6000;
    const asOf = new Date(instant).toISOString();
    time.passed += 1000;
    for (const gateway of [near, far]) {
      await gateway.poll();
      for (const answer of [await gateway.ask(RULES), await gateway.ask(RULES, asOf)])
        expect({ ...answer.result, lifetime: answer.headers['cache-control'], etag: answer.headers.etag }).toEqual({
          data: { benefitRules: null },
          errors: [NOT_READY],
          extensions: { edition: asOf },
          lifetime: 'no-store',
          etag: undefined,
        });
    }
    await sealRows(replica.db, RULE_DRAFT, instant);
    for (const gateway of [near, far])
      for (const answer of [await gateway.ask(RULES), await gateway.ask(RULES, asOf)])
        expect([answer.result.errors, answer.text.includes('test_parameter')]).toEqual([undefined, true]);
  });

  test('D: still answers for the editions it has', async () => {
    const answers = await Promise.all([near, far].map((gateway) => gateway.ask(RULES, '2026-01-01')));
    expect(answers.map(({ result, text }) => [result.errors, text.includes('test_parameter')])).toEqual([
      [undefined, false],
      [undefined, false],
    ]);
  });
});

describe('a host whose clock is behind', () => {
  test('D: waits for an instant that comes within two seconds, rather than refuse it, and refuses others', async () => {
    const late = await createWorld({ url: await freshSqlite(), clock: () => Date.now() });
    const [soon, later] = [Date.now() + 500, Date.now() + 60_000];
    await sealRows(late.db, RULE_DRAFT, soon);
    const asked = await late.hosted('benefits').execute({ query: RULES }, soon);
    const answeredAt = Date.now();
    await sealRows(late.db, { ...RULE_DRAFT, rows: RULE_DRAFT.rows.map((row) => ({ ...row, value: 2 })) }, later);
    await expect(late.hosted('benefits').execute({ query: RULES }, later)).rejects.toEqual(
      expect.objectContaining({ code: 'AS_OF_NOT_SEALED' }),
    );
    expect([asked.asOf, answeredAt >= soon]).toEqual([soon, true]);
    await late.close();
  });
});

test('F: a host tells in /readyz what an operator should know, and stays ready', async () => {
  const host = (warnings: readonly string[]) =>
    createHostApp({
      hosted: [],
      office: replica.office,
      loadToken: null,
      isReady: () => true,
      log: silent,
      warnings: () => warnings,
    });
  const told = await Promise.all(
    [[], ['a clock is off']].map(async (warnings) => {
      const app = host(warnings);
      const { statusCode, body } = await app.inject('/readyz');
      await app.close();
      return [statusCode, JSON.parse(body)];
    }),
  );
  expect(told).toEqual([
    [200, { status: 'ok' }],
    [200, { status: 'ok', warnings: ['a clock is off'] }],
  ]);
});
