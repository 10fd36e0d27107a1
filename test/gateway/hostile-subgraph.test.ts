import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pool } from 'undici';
import { openPool, remoteClient } from '../../services/gateway/remote-client.js';
import { silent } from '../../services/kit/log.js';
import { startOutsideGateway, type TestGateway } from '../support/gateway.js';
import { heapBytes } from '../support/heap.js';
import { type HostileSubgraph, MISCHIEF, type MischiefName, sends, startHostile } from '../support/hostile-subgraph.js';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const STEADY = `${LINK}
  type Place @key(fields: "code") { code: String! name: String }
  type Query { steady: String places: [Place!] }
`;
const HOSTILE = `${LINK}
  type Place @key(fields: "code") { code: String! offices: Int head: Head }
  type Head { name: String! }
  type Query { hostile: String }
`;

const MAX_BYTES = 1_000_000;
let steady: HostileSubgraph;
let hostile: HostileSubgraph;
let pools: Pool[];
let gateway: TestGateway;
let asked = 0;

beforeAll(async () => {
  [steady, hostile] = await Promise.all([startHostile(), startHostile()]);
  steady.behave(sends('{"data":{"steady":"yes","places":[{"__typename":"Place","code":"1","name":"Alpha"}]}}'));
  const neverRests = { window: 10_000, fewest: 10_000, share: 0.9, restMs: 1000 };
  const reach = (name: string, sdl: string, { origin }: HostileSubgraph) => {
    const pool = openPool(origin, { calls: 8, timeoutMs: 300 });
    const bounds = { maxBytes: MAX_BYTES, breaker: neverRests };
    return {
      pool,
      name,
      sdl,
      client: remoteClient({ name, path: '/graphql', pool, timeoutMs: 300, log: silent, bounds }),
    };
  };
  const outside = [reach('steady', STEADY, steady), reach('hostile', HOSTILE, hostile)];
  pools = outside.map(({ pool }) => pool);
  gateway = await startOutsideGateway(outside);
});
afterAll(async () => {
  await gateway.stop();
  await Promise.all(pools.map((pool) => pool.destroy()));
  await Promise.all([steady.stop(), hostile.stop()]);
});

/** Asks both subgraphs a question that was not asked before. */
async function ask(name: MischiefName) {
  hostile.behave(MISCHIEF[name]);
  hostile.requests();
  asked += 1;
  const { result } = await gateway.ask(`query Q${asked} { steady places { name offices head { name } } }`);
  const { steady: steadily, places } = result.data as { steady: unknown; places: unknown[] | null }; // as asked
  const codes = (result.errors ?? []).map(({ extensions, path }) => [extensions?.code, path?.join('.')]);
  return { steadily, place: places?.[0], codes, calls: hostile.requests().length };
}

const GOOD = { steadily: 'yes', place: { name: 'Alpha', offices: 3, head: { name: 'Sari' } }, codes: [] };
const LOST = { steadily: 'yes', place: { name: 'Alpha', offices: null, head: null } };
const AT_PLACE = 'places.0';

describe('a subgraph that', () => {
  test.each<[MischiefName, string, number]>([
    ['hangs', 'SUBGRAPH_UNAVAILABLE', 2],
    ['drips a byte at a time', 'SUBGRAPH_UNAVAILABLE', 1],
    ['resets the connection', 'SUBGRAPH_UNAVAILABLE', 2],
    ['closes in the middle of its answer', 'SUBGRAPH_UNAVAILABLE', 1],
    ['sends HTML with 502', 'SUBGRAPH_UNAVAILABLE', 1],
    ['fails with 500', 'SUBGRAPH_UNAVAILABLE', 1],
    ['fails with 500 and errors', 'SUBGRAPH_UNAVAILABLE', 1],
    ['speaks no HTTP', 'SUBGRAPH_INVALID', 1],
    ['sends HTML', 'SUBGRAPH_INVALID', 1],
    ['sends HTML as JSON', 'SUBGRAPH_INVALID', 1],
    ['sends JSON as text', 'SUBGRAPH_INVALID', 1],
    ['ends its JSON too early', 'SUBGRAPH_INVALID', 1],
    ['packs its answer', 'SUBGRAPH_INVALID', 1],
    ['never ends', 'SUBGRAPH_INVALID', 1],
    ['announces ten gigabytes', 'SUBGRAPH_INVALID', 1],
    ['sends headers without end', 'SUBGRAPH_INVALID', 1],
    ['redirects', 'SUBGRAPH_INVALID', 1],
    ['does not know its own schema', 'SUBGRAPH_INVALID', 1],
    ['sends a list', 'SUBGRAPH_INVALID', 1],
    ['sends null', 'SUBGRAPH_INVALID', 1],
    ['sends nothing of an answer', 'SUBGRAPH_INVALID', 1],
    ['sends null data without an error', 'SUBGRAPH_INVALID', 1],
    ['sends data that is a list', 'SUBGRAPH_INVALID', 1],
    ['sends errors that are a text', 'SUBGRAPH_INVALID', 1],
    ['sends errors with places that are none', 'SUBGRAPH_INVALID', 1],
    ['leaves the entities out', 'SUBGRAPH_INVALID', 1],
    ['sends too few entities', 'SUBGRAPH_INVALID', 1],
    ['sends too many entities', 'SUBGRAPH_INVALID', 1],
    ['sends entities that are numbers', 'SUBGRAPH_INVALID', 1],
    ['sends entities that are no list', 'SUBGRAPH_INVALID', 1],
    ['nests lists without end', 'SUBGRAPH_INVALID', 1],
    ['nests nine hundred kilobytes', 'SUBGRAPH_INVALID', 1],
    ['nests a value without end', 'SUBGRAPH_INVALID', 1],
  ])('%s costs its own fields, with %s', async (name, code, calls) => {
    expect(await ask(name)).toEqual({ ...LOST, codes: [[code, AT_PLACE]], calls });
    expect(await ask('answers')).toEqual({ ...GOOD, calls: 1 });
  });

  const ODDITIES: [MischiefName, object][] = [
    ['resets the connection once', { ...GOOD, calls: 2 }],
    ['adds fields nobody asked for', { ...GOOD, place: { ...GOOD.place, head: null }, calls: 1 }],
    ['fails with 500, errors and data', { ...LOST, codes: [['SUBGRAPH_UNAVAILABLE', 'places.0.offices']], calls: 1 }],
    ['sends a text for a number', { ...LOST, codes: [['SUBGRAPH_INVALID', 'places.0.offices']], calls: 1 }],
    [
      'sends a number for an object',
      { ...LOST, place: { ...LOST.place, offices: 3 }, codes: [['SUBGRAPH_INVALID', 'places.0.head']], calls: 1 },
    ],
    [
      'sends null for what must not be',
      { ...LOST, place: { ...LOST.place, offices: 3 }, codes: [['SUBGRAPH_INVALID', 'places.0.head.name']], calls: 1 },
    ],
    ['sends an entity of another type', { ...GOOD, place: { ...GOOD.place, head: null }, calls: 1 }],
  ];
  test.each(ODDITIES)('%s costs only what is wrong', async (name, expected) => {
    expect(await ask(name)).toEqual(expected);
    expect(await ask('answers')).toEqual({ ...GOOD, calls: 1 });
  });

  test('sends thousands of errors has a hundred of them told', async () => {
    const { codes, ...rest } = await ask('sends thousands of errors');
    expect([rest, codes.length]).toEqual([{ ...LOST, calls: 1 }, 100]);
  });

  test('does any of it leaves the memory as it was', async () => {
    const names = Object.keys(MISCHIEF).filter((name) => !/hangs|drips/.test(name)) as MischiefName[]; // its own keys
    const round = async () => {
      for (const name of names) await ask(name);
    };
    await round();
    await round();
    const before = heapBytes();
    for (let rounds = 0; rounds < 8; rounds += 1) await round();
    expect(heapBytes() - before).toBeLessThan(8_000_000);
  }, 60_000);
});
