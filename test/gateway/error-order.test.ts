import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SubgraphClient } from '../../services/gateway/subgraph-client.js';
import { startOutsideGateway, type TestGateway } from '../support/gateway.js';

/** How long each subgraph thinks about its answer. */
const pauses = { early: 0, late: 0 };
let gateway: TestGateway;

function failing(name: keyof typeof pauses) {
  const client: SubgraphClient = {
    async ask() {
      await wait(pauses[name]);
      return {
        data: { [name]: null },
        errors: [{ message: name, path: [name], extensions: { code: 'BAD_ARGUMENT' } }],
      };
    },
  };
  return { name, sdl: `type Query { ${name}: Int }`, client };
}

beforeAll(async () => {
  gateway = await startOutsideGateway([failing('early'), failing('late')]);
});
afterAll(() => gateway.stop());

test('errors of calls side by side come in the same order, whoever answers first', async () => {
  const query = '{ early late }';
  const texts = new Set<string>();
  for (const [early, late] of [
    [0, 30],
    [30, 0],
  ] as const) {
    Object.assign(pauses, { early, late });
    texts.add((await gateway.ask(query)).text); // accepted by Apollo Server first
    texts.add((await gateway.ask(query)).text);
  }
  expect(texts.size).toBe(1);
});
