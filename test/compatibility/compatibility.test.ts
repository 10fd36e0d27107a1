import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Outcome, runCases } from './cases.js';
import { type Graph, startGraph } from './graph.js';

/** What the package has cases for, and how many of each. */
const CASES = {
  'introspection': 1, // _service
  '@key single': 2,
  '@key multiple': 2,
  '@key composite': 2,
  'repeatable @key': 2,
  '@link': 1,
  '@shareable': 2,
  '@provides': 1,
  '@requires': 1,
  '@override': 2,
  '@inaccessible': 2,
  '@tag': 1,
  '@interfaceObject': 2,
  '@composeDirective': 1,
  'ftv1': 1, // with FIELD_TRACES on
};

let graph: Graph | undefined;
let outcomes: readonly Outcome[];
beforeAll(async () => {
  graph = await startGraph();
  outcomes = await runCases(graph);
}, 50_000);
afterAll(() => graph?.stop());

describe('a subgraph of our kit, on our host and behind our gateway,', () => {
  test('passes the 23 cases of subgraph compatibility', () => {
    const [passed, others] = ['passed', 'failed'].map((wanted) => outcomes.filter(({ status }) => status === wanted));
    expect({ passed: countByFeature(passed), others: countByFeature(others), all: outcomes.length }).toEqual({
      passed: CASES,
      others: {},
      all: 23,
    });
  });

  test('has its own fields asked for what a field elsewhere requires', async () => {
    const query = '{ inventory(id: "apollo-oss") { products { id delivery(zip: "94111") { estimatedDelivery } } } }';
    expect(await ask(graph?.gateway, query)).toMatchObject({
      data: { inventory: { products: [{ id: 'apollo-federation', delivery: { estimatedDelivery: '5/1/2019' } }] } },
    });
  });

  test('keeps what is inaccessible out of the API', async () => {
    const query = '{ product(id: "apollo-federation") { dimensions { unit } } }';
    expect(await ask(graph?.gateway, query)).toMatchObject({
      errors: [{ message: 'Cannot query field "unit" on type "ProductDimension".' }],
    });
  });
});

function countByFeature(outcomes: readonly Outcome[] = []): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { feature } of outcomes) counts[feature] = (counts[feature] ?? 0) + 1;
  return counts;
}

async function ask(url = '', query: string): Promise<unknown> {
  const body = JSON.stringify({ query });
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return response.json();
}
