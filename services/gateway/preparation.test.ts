import { expect, test } from '@jest/globals';
import { parse } from 'graphql';
import type { Planner } from './executor/plan.js';
import { acceptKnown, createOperations } from './operations.js';
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

test('one operation that the planner refuses keeps no other from being planned and known', async () => {
  const able = lazyPlanner('hive', supergraph.sdl);
  const planner: Planner = {
    plan(operation) {
      if (operation.includes('two')) throw new Error('no path to two');
      return able.plan(operation);
    },
  };
  const asked = [known('{ two }'), known('{ one }')];
  const preparation = prepare({ sdl: supergraph.sdl, planner: 'hive', operations: asked }, planner);
  const operations = createOperations({
    supergraph,
    preparation,
    clientOf: () => ({ ask: async () => ({ data: null }) }),
    planner,
  });
  const told: unknown[] = [];
  await acceptKnown(operations, asked, (level, event, facts) => told.push([level, event, facts]));
  expect({ planned: preparation.plans.size, known: operations.newest(5), told }).toEqual({
    planned: 1,
    known: [known('{ one }')],
    told: [['warn', 'document.refused', { cause: expect.stringContaining('no path to two') }]],
  });
});

test('what is no supergraph is refused', () => {
  expect(() => prepare({ sdl: 'type Query { one: Int }', planner: 'hive', operations: [] })).toThrow();
});
