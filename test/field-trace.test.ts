import { Trace } from '@apollo/usage-reporting-protobuf';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { silent } from '../services/kit/log.js';
import { createHostApp } from '../services/kit/serve.js';
import { freshSqlite } from './support/databases.js';
import { createWorld, type Result, type World } from './support/world.js';

const WISH = { 'apollo-federation-include-trace': 'ftv1' };
const QUERY = '{ region(code: "19.03") { title: name parent { code } } regions(first: 2) { nodes { code } } }';

let url: string;
const worlds: World[] = [];
const apps: FastifyInstance[] = [];

beforeAll(async () => {
  url = await freshSqlite();
  await openHost(true);
  await openHost(false);
});
afterAll(async () => {
  for (const app of apps) await app.close();
  for (const world of worlds) await world.close();
});

async function openHost(hasFieldTraces: boolean): Promise<void> {
  const world = await createWorld({ url, hasFieldTraces, load: worlds.length === 0 });
  const hosted = [world.hosted('regions')];
  worlds.push(world);
  apps.push(createHostApp({ hosted, office: world.office, loadToken: null, isReady: () => true, log: silent }));
}

async function ask(
  app: FastifyInstance | undefined,
  query: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const response = await app?.inject({
    method: 'POST',
    url: '/regions/graphql',
    headers: { ...headers },
    payload: { query },
  });
  return response?.json() as Result; // what a host sends
}

const readTrace = ({ extensions }: Result): Trace => Trace.decode(Buffer.from(String(extensions?.ftv1), 'base64'));

type Told = readonly [name: string | number, type: string, ...below: Told[]];

/** A node with those below it, and whether its times are in order and within those of the whole. */
function told(node: Trace.INode): Told {
  return [
    node.responseName || Number(node.index),
    `${node.parentType}.${node.originalFieldName}: ${node.type}`,
    ...(node.child ?? []).map(told),
  ];
}

const timesOf = (node: Trace.INode): [number, number][] => [
  ...(node.type ? [[Number(node.startTime), Number(node.endTime)] as [number, number]] : []),
  ...(node.child ?? []).flatMap(timesOf),
];

describe('the trace of an answer', () => {
  test('tells of each field when it was resolved, beside the answer that everybody gets', async () => {
    const answer = await ask(apps[0], QUERY, WISH);
    const { root, durationNs, startTime, endTime } = readTrace(answer);
    expect(answer).toEqual({ ...(await ask(apps[0], QUERY)), extensions: { ftv1: expect.any(String) } });
    expect(root?.child?.map(told)).toEqual([
      [
        'region',
        'Query.: Region',
        ['title', 'Region.name: String!'],
        ['parent', 'Region.: Region', ['code', 'Region.: String!']],
      ],
      [
        'regions',
        'Query.: RegionPage',
        [
          'nodes',
          'RegionPage.: [Region!]!',
          [0, '.: ', ['code', 'Region.: String!']],
          [1, '.: ', ['code', 'Region.: String!']],
        ],
      ],
    ]);
    const times = timesOf(root ?? {});
    expect(times.filter(([begun, ended]) => !(begun > 0 && ended >= begun && ended <= durationNs))).toEqual([]);
    const [from, until] = [startTime, endTime].map((time) => Number(time?.seconds) * 1000 + Number(time?.nanos) / 1e6);
    expect([Number(until) - Number(from) >= 0, Math.abs(Date.now() - Number(until)) < 10_000]).toEqual([true, true]);
  });

  test('says of an error where it was, and nothing of what it says', async () => {
    const answer = await ask(apps[0], '{ wrong: region(code: "1903") { name } }', WISH);
    const [node] = readTrace(answer).root?.child ?? [];
    expect({
      codes: answer.errors?.map(({ extensions }) => extensions?.code),
      name: node?.responseName,
      errors: node?.error,
    }).toEqual({
      codes: ['BAD_REGION_CODE'],
      name: 'wrong',
      errors: [expect.objectContaining({ message: '<masked>', json: '', location: [] })],
    });
  });

  test('is of that answer only, also where others are made at the same time with the same batches', async () => {
    const [aliases, scope] = [['a', 'b', 'c', 'd'], {}];
    const hosted = worlds[0]?.hosted('regions');
    const queries = aliases.map((alias) => ({ query: `{ ${alias}: region(code: "19") { name } }`, isTraced: true }));
    const answers = await Promise.all(queries.map((request) => hosted?.execute(request, null, scope)));
    const names = answers.map((answer) =>
      readTrace(answer?.result as Result).root?.child?.map((one) => one.responseName),
    );
    expect(names).toEqual(aliases.map((alias) => [alias]));
  });

  test('is given to nobody who does not ask, nor where it is not switched on', async () => {
    const plain = await ask(apps[0], QUERY);
    const other = await ask(apps[0], QUERY, { 'apollo-federation-include-trace': 'ftv2' });
    expect([plain.extensions, other, await ask(apps[1], QUERY, WISH)]).toEqual([undefined, plain, plain]);
  });
});
