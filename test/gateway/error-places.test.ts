import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SubgraphClient } from '../../services/gateway/subgraph-client.js';
import { startOutsideGateway, type TestGateway } from '../support/gateway.js';

const KEY = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

/** Has the ants. */
const home: SubgraphClient = {
  ask: async () => ({
    data: { ants: ['1', '2', '1'].map((id) => ({ __typename: 'Ant', id })) },
  }),
};

/** Is asked for them by their keys, and knows only the second one. */
const other: SubgraphClient = {
  ask: async () => ({
    data: { _entities: [null, { size: 2, weight: 3, rank: 4 }] },
    errors: [{ message: 'Nobody knows ant 1.', path: ['_entities', 0], extensions: { code: 'BAD_ARGUMENT' } }],
  }),
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startOutsideGateway([
    {
      name: 'home',
      sdl: `${KEY} type Query { ants: [Ant!]! } type Ant @key(fields: "id") { id: ID! }`,
      client: home,
    },
    { name: 'other', sdl: `${KEY} type Ant @key(fields: "id") { id: ID! size: Int rank: Int }`, client: other },
  ]);
});
afterAll(() => gateway.stop());

test('an entity that a subgraph does not know costs the fields it was asked for, and the error stands at each', async () => {
  const { result } = await gateway.ask(
    '{ ants { id weight: size ... @include(if: true) { rank } ...F } } fragment F on Ant { size @skip(if: true) }',
  );
  expect({ data: result.data, paths: result.errors?.map(({ path }) => path?.join('.')) }).toEqual({
    data: {
      ants: [
        { id: '1', weight: null, rank: null },
        { id: '2', weight: 3, rank: 4 },
        { id: '1', weight: null, rank: null },
      ],
    },
    paths: ['ants.0.weight', 'ants.0.rank', 'ants.2.weight', 'ants.2.rank'],
  });
});

test('a field that a variable leaves out is not among them', async () => {
  const query = 'query ($deep: Boolean = false) { ants { size rank @include(if: $deep) } }';
  const { result } = await gateway.ask(query);
  expect(result.errors?.map(({ path }) => path?.join('.'))).toEqual(['ants.0.size', 'ants.2.size']);
});
