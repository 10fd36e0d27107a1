import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cardUrl } from './bench/card-query.js';
import { type Compose, readCompose } from './support/compose.js';
import { RULE_DRAFT } from './support/drafts.js';
import { type Nginx, startNginx } from './support/nginx.js';
import { publishTogether } from './support/publish.js';
import { type StartedWorld, startWorld } from './support/world.js';

const OPERATOR = { DATABASE_PASSWORD: 'passwordOfATest', REGISTRY_TOKEN: 'x'.repeat(20), LOAD_TOKEN: 'y'.repeat(20) };
const RULES = new URLSearchParams({ query: '{ benefitRules(program: JKP) { parameter value } }' });

let world: StartedWorld;
let counter: Server;
let nginx: Nginx;
let reached = 0;

beforeAll(async () => {
  world = await startWorld();
  const { hostname, port } = new URL(world.url);
  counter = createServer((request, response) => {
    reached += 1;
    const { method, url = '', headers } = request;
    const passed = forward({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => counter.listen(0, '127.0.0.1', resolve));
  const compose: Compose = readCompose(OPERATOR);
  const address = `127.0.0.1:${(counter.address() as AddressInfo).port}`; // it listens on a port
  nginx = await startNginx(
    compose,
    new Map([
      ['gateway-1:4000', address],
      ['gateway-2:4000', address],
    ]),
  );
}, 60_000);
afterAll(async () => {
  await nginx.running.stop();
  counter.closeAllConnections();
  counter.close();
  await world.stop();
});

interface Told {
  readonly statuses: ReadonlySet<number>;
  readonly texts: ReadonlySet<string>;
  readonly asked: number;
}

/** Asks for an address with twenty at a time for some seconds. */
async function rush(url: string, ms: number): Promise<Told> {
  const [statuses, texts] = [new Set<number>(), new Set<string>()];
  let asked = 0;
  const until = Date.now() + ms;
  const ask = async () => {
    while (Date.now() < until) {
      const response = await fetch(url);
      statuses.add(response.status);
      texts.add(await response.text());
      asked += 1;
    }
  };
  await Promise.all(Array.from({ length: 20 }, ask));
  return { statuses, texts, asked };
}

test('a rush of readers reaches us a few times in a second, however many they are', async () => {
  const url = cardUrl(nginx.url);
  await rush(url, 300);
  reached = 0;
  const { statuses, texts, asked } = await rush(url, 4000);
  const most = 4 * 25; // each of the twenty may meet the end of each of the four seconds
  expect({ statuses: [...statuses], answers: texts.size, isRush: asked > 2 * most, isFew: reached <= most }).toEqual({
    statuses: [200],
    answers: 1,
    isRush: true,
    isFew: true,
  });
}, 30_000);

test('an edition is seen behind a cache within two seconds of its instant, and never before', async () => {
  const url = `${nginx.url}/graphql?${RULES}`;
  await rush(url, 300);
  const at = Date.now() + 8000;
  await publishTogether(world.office, [RULE_DRAFT], at);
  const seen: { readonly at: number; readonly isNew: boolean }[] = [];
  while (!seen.at(-1)?.isNew && Date.now() < at + 10_000) {
    const text = await (await fetch(url)).text();
    seen.push({ at: Date.now(), isNew: text.includes('test_parameter') });
    await delay(20);
  }
  const first = seen.find(({ isNew }) => isNew)?.at ?? Number.POSITIVE_INFINITY;
  expect({ early: seen.filter((one) => one.isNew && one.at < at), isInTime: first - at < 2000 }).toEqual({
    early: [],
    isInTime: true,
  });
}, 40_000);

test('a past answer is asked for once in a day', async () => {
  const url = cardUrl(nginx.url, ['19'], '2025-06-01');
  await rush(url, 200);
  reached = 0;
  await rush(url, 1500);
  expect(reached).toBe(0);
});

test('a live answer passes at once', async () => {
  const abort = new AbortController();
  const response = await fetch(`${nginx.url}/live?${RULES}`, { signal: abort.signal });
  const reader = response.body?.getReader();
  let text = '';
  while (!text.includes('\n\ndata:') && !text.includes('\ndata:'))
    text += new TextDecoder().decode((await reader?.read())?.value);
  abort.abort();
  expect([response.status, text]).toEqual([200, expect.stringContaining('"benefitRules"')]);
});
