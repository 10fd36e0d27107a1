import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SubgraphClient } from '../../services/gateway/subgraph-client.js';
import { composeSupergraph } from '../../services/gateway/supergraph.js';
import { startOutsideGateway, type TestGateway } from '../support/gateway.js';

/** A subgraph of another team, which says of every field how often it was asked at all. */
let asked = 0;
let pauseMs = 0;
const client: SubgraphClient = {
  async ask({ operation }) {
    asked += 1;
    const count = asked;
    await wait(pauseMs);
    const names = [...operation.matchAll(/\b(one|two|three)\b/g)].map(([name]) => name);
    return { data: Object.fromEntries(names.map((name) => [name, count])) };
  },
};
const sdlOf = (fields: string) => `type Query { ${fields} }`;
const supergraphOf = (fields: string) => composeSupergraph([{ name: 'outside', sdl: sdlOf(fields) }]);

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startOutsideGateway([{ name: 'outside', sdl: sdlOf('one: Int two: Int'), client }]);
});
afterAll(() => gateway.stop());

const dataOf = async (query: string) => (await gateway.ask(query)).result.data;
const codesOf = async (query: string) =>
  ((await gateway.ask(query)).result.errors ?? []).map(({ extensions }) => extensions?.code);

test('a field of the next supergraph is answered from the swap on, and one that it lacks no more', async () => {
  expect(await codesOf('{ three }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  expect(await dataOf('{ two }')).toEqual({ two: expect.any(Number) });
  await gateway.swap(supergraphOf('one: Int three: Int'));
  expect(await dataOf('{ three }')).toEqual({ three: expect.any(Number) });
  expect(await codesOf('{ two }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
});

test('a request that runs ends by the supergraph that it began with', async () => {
  await gateway.swap(supergraphOf('one: Int two: Int'));
  pauseMs = 300;
  const running = dataOf('query Slow { two }');
  await wait(50);
  pauseMs = 0;
  await gateway.swap(supergraphOf('one: Int'));
  expect(await codesOf('query Slow { two }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  expect(await running).toEqual({ two: expect.any(Number) });
});

test('one that cannot be used is refused, and the one before goes on', async () => {
  const before = await dataOf('{ one two }');
  await expect(gateway.swap({ sdl: 'type Query { one: Int }', id: 'no supergraph' })).rejects.toThrow();
  expect(await dataOf('{ one two }')).toEqual(before);
});

test('of several at once the last one counts', async () => {
  const fields = ['one: Int', 'one: Int two: Int', 'one: Int three: Int'];
  await Promise.all(fields.map((text) => gateway.swap(supergraphOf(text))));
  expect([await codesOf('{ two }'), await codesOf('{ three }')]).toEqual([['GRAPHQL_VALIDATION_FAILED'], []]);
});
