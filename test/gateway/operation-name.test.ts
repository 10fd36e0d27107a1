import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { request } from 'undici';
import { type StartedWorld, startWorld } from '../support/world.js';

let world: StartedWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

async function ask(query: string, operationName?: string): Promise<unknown> {
  const body = JSON.stringify({ query, operationName });
  const headers = { 'content-type': 'application/json' };
  return (await request(`${world.url}/graphql`, { method: 'POST', headers, body })).body.json();
}

const TWO = 'query A { a: __typename } query B { b: __typename }';
const refused = (message: string) => ({
  errors: [{ message: expect.stringContaining(message), extensions: { code: 'BAD_REQUEST' } }],
});

test('of several operations the one is answered that is named', async () => {
  expect([await ask(TWO, 'A'), await ask(TWO, 'B')]).toMatchObject([
    { data: { a: 'Query' } },
    { data: { b: 'Query' } },
  ]);
});

test.each<[string, string, string | undefined, string]>([
  ['several operations and no name', TWO, undefined, 'name the one to answer in operationName'],
  ['a name that none of them has', TWO, 'C', 'The text holds no operation named "C"'],
  ['a name that the only one has not', '{ __typename }', 'B', 'The text holds no operation named "B"'],
])('a request is refused, and told why, that has %s', async (_, query, operationName, message) => {
  expect(await ask(query, operationName)).toMatchObject(refused(message));
});
