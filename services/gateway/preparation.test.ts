import { expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { createOperations } from './operations.js';
import { lazyPlanner, prepare } from './preparation.js';
import { composeSupergraph } from './supergraph.js';

const supergraph = composeSupergraph([
  { name: 'counts', sdl: 'type Query { one: Int }' },
  { name: 'others', sdl: 'type Query { two: Int }' },
]);
const known = (text: string, operationName: string | null = null) => ({ text, operationName });

test.each(['hive', 'apollo'] as const)('plans every operation that fits, once, with the planner %s', (planner) => {
  const operations = [
    known('{ one }'),
    known('{ one __typename }'),
    known('query A { one } query B { two }', 'B'),
    known('{ three }'),
    known('{ __schema { queryType { name } } }'),
  ];
  const { plans, urls, apiSdl } = prepare({ sdl: supergraph.sdl, planner, operations });
  expect([...plans].map(([text, plan]) => [text.replace(/\s+/g, ' '), plan])).toEqual([
    ['{ one }', expect.objectContaining({ kind: 'fetch', subgraph: 'counts' })],
    ['{ two }', expect.objectContaining({ kind: 'fetch', subgraph: 'others' })],
  ]);
  expect([...urls.keys()]).toEqual(['counts', 'others']);
  expect(apiSdl).toBe('type Query {\n  one: Int\n  two: Int\n}');
});

test('a plan that was prepared is not made again', () => {
  const operations = [known('{ one }')];
  const preparation = prepare({ sdl: supergraph.sdl, planner: 'hive', operations });
  const plans = new Map(
    [...preparation.plans].map(([text, plan]) => [text, plan && { ...plan, subgraph: 'prepared' }]),
  );
  const compiled = createOperations({
    supergraph,
    preparation: { ...preparation, plans },
    clientOf: () => ({ ask: async () => ({ data: null }) }),
    planner: lazyPlanner('hive', supergraph.sdl),
  });
  const subgraphsOf = (text: string) => compiled.accept(text, null, parse(text)).part.subgraphs;
  expect([subgraphsOf('{ one }'), subgraphsOf('{ two }')]).toEqual([['prepared'], ['others']]);
  expect(compiled.newest(5).map(({ text }) => text)).toEqual(['{ two }', '{ one }']);
});

test('what is no supergraph is refused', () => {
  expect(() => prepare({ sdl: 'type Query { one: Int }', planner: 'hive', operations: [] })).toThrow();
});
