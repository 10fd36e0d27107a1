import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../services/config.js';
import { createListener } from '../../services/gateway/listener.js';
import { eventOf } from '../../services/gateway/live-event.js';
import { createPacking } from '../../services/gateway/packing.js';
import { silent } from '../../services/kit/log.js';
import { stopAll } from '../../services/kit/stop.js';
import { type RunningAll, startAll } from '../../services/main.js';
import { freshFolder, freshSqlite } from '../support/databases.js';
import { RULE_DRAFT } from '../support/drafts.js';
import { type Listening, listen } from '../support/listen.js';
import { publishTogether } from '../support/publish.js';

const RULES = { query: '{ benefitRules(program: JKP) { parameter value } }' };
const REGION = { query: '{ region(code: "19.03") { name } }' };

let running: RunningAll;
let statements = 0;
const listening: Listening[] = [];

beforeAll(async () => {
  const settings = { PORT: '0', LOG_LEVEL: 'silent', LOAD_TOKEN: 'a-token-for-tests', MAX_LISTENERS: '12' };
  const places = { DATABASE_URL: await freshSqlite(), SPOOL_FOLDER: await freshFolder() };
  running = await startAll(readConfig({ ...settings, ...places }), silent, {
    onQuery: (sql) => {
      if (/FROM benefit_rule\b/.test(sql)) statements += 1;
    },
  });
});
afterAll(async () => {
  for (const one of listening) one.stop();
  await stopAll(running.stoppers, silent);
});

async function open(parameters: Readonly<Record<string, string>>, lastEventId?: string): Promise<Listening> {
  const one = await listen(running.url, parameters, lastEventId);
  listening.push(one);
  return one;
}

function leave(): Promise<void> {
  for (const one of listening.splice(0)) one.stop();
  return delay(100);
}

async function ask(parameters: Readonly<Record<string, string>>): Promise<unknown> {
  return (await fetch(`${running.url}/graphql?${new URLSearchParams(parameters)}`)).json();
}

describe('a live query', () => {
  test('gives the answer of now at once, the same as a GET', async () => {
    const [event] = await (await open(RULES)).until(1);
    expect(event?.data).toEqual(await ask(RULES));
    await leave();
  });

  test('is told to all who listen when an edition has changed it, computed once, and to nobody else', async () => {
    const first = await Promise.all(Array.from({ length: 5 }, () => open(RULES)));
    const other = await open(REGION);
    const before = await Promise.all(first.map((one) => one.until(1)));
    await other.until(1);
    const at = Date.now() + 8000;
    await publishTogether(running.office, [RULE_DRAFT], at);
    await delay(at - Date.now() - 100);
    statements = 0;
    const after = await Promise.all(first.map((one) => one.until(2)));
    const late = Date.now() - at;
    expect({
      same: new Set(after.map((events) => JSON.stringify(events))).size,
      isNew: JSON.stringify(after[0]?.[1]?.data).includes('test_parameter'),
      wasOld: JSON.stringify(before[0]?.[0]?.data).includes('test_parameter'),
      ids: after[0]?.map(({ id }) => Number(id?.split('.')[0])),
      other: other.events().length,
      statements,
      isInTime: late >= 0 && late < 2000,
    }).toEqual({
      same: 1,
      isNew: true,
      wasOld: false,
      ids: [expect.any(Number), at],
      other: 1,
      statements: 1,
      isInTime: true,
    });
    await leave();
  }, 30_000);

  test('L: sends nothing to who has it already, or has something later, and all to who had something older', async () => {
    const [event] = await (await open(RULES)).until(1);
    const [instant, redactions, hash] = (event?.id ?? '').split('.');
    const has = await open(RULES, event?.id ?? '');
    const later = await open(RULES, `${Number(instant) + 60_000}.${redactions}.${hash}`);
    const older = await open(RULES, `${Number(instant) - 60_000}.${redactions}.${hash}`);
    const strange = await open(RULES, 'what/ever');
    await Promise.all([older.until(1), strange.until(1)]);
    await delay(200);
    expect([has, later, older, strange].map((one) => one.events().length)).toEqual([0, 0, 1, 1]);
    await leave();
  });

  test('is refused for the past, for what is no query, and when too many listen', async () => {
    await Promise.all(Array.from({ length: 12 }, async () => (await open(REGION)).until(1)));
    const full = await open(REGION);
    await full.until(0);
    await delay(100);
    const refusal = [full.status, full.text()];
    await leave();
    const past = await open({ ...REGION, asOf: '2025-01-01' });
    const none = await open({});
    await delay(100);
    expect([refusal, [past.status, past.text()], [none.status, none.text()]]).toEqual([
      [503, expect.stringContaining('"TOO_MANY_LISTENERS"')],
      [400, expect.stringContaining('"BAD_AS_OF"')],
      [400, expect.stringContaining('"BAD_REQUEST"')],
    ]);
    await leave();
  });
});

describe('a listener that reads slowly', () => {
  let server: Server;
  afterAll(() => void server.close());

  test('gets the newest answer once it has read the last, and none of those between', async () => {
    const edition = {
      isPinned: false,
      isStale: false,
      redactions: 0,
      id: '',
      instantOf: (at: string) => Number(at),
      keyOf: () => '',
    };
    const eventAt = (instant: number) => {
      const body = Buffer.from(JSON.stringify({ data: { instant, much: 'x'.repeat(3_000_000) } }));
      const part = { id: 'a', subgraphs: [String(instant)] };
      return eventOf(
        {
          status: 200,
          body,
          packing: createPacking(body),
          hash: () => `h${instant}`,
          isWhole: true,
          part,
          livesMs: null,
        },
        edition,
      );
    };
    server = createServer((_request, response) => {
      const listener = createListener(response, null);
      for (let instant = 1; instant <= 20; instant += 1) listener.tell(eventAt(instant));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // it listens on a port
    const socket = connect(port, '127.0.0.1');
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await delay(300);
    let text = '';
    socket.on('data', (piece) => {
      text += piece.toString();
    });
    socket.resume();
    for (let turn = 0; turn < 200 && !text.includes('"instant":20'); turn += 1) await delay(20);
    socket.destroy();
    expect([...text.matchAll(/"instant":(\d+)/g)].map(([, instant]) => Number(instant))).toEqual([1, 20]);
  });
});

test('a gateway that stops ends every connection, so that clients go to another', async () => {
  const settings = { PORT: '0', LOG_LEVEL: 'silent', LOAD_TOKEN: 'a-token-for-tests' };
  const places = { DATABASE_URL: await freshSqlite(), SPOOL_FOLDER: await freshFolder() };
  const short = await startAll(readConfig({ ...settings, ...places }), silent);
  const one = await listen(short.url, REGION);
  await one.until(1);
  const began = Date.now();
  await stopAll(short.stoppers, silent);
  await delay(50);
  expect({
    hasEnded: one.hasEnded(),
    isSoon: Date.now() - began < 5000,
    retry: /^retry: \d+$/m.test(one.text()),
  }).toEqual({
    hasEnded: true,
    isSoon: true,
    retry: true,
  });
});
