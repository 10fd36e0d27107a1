import { describe, expect, test } from '@jest/globals';
import { buildSchema, GraphQLError } from 'graphql';
import { BUG_MESSAGE, RequestError } from './errors.js';
import { createExecute } from './execute.js';

const schema = buildSchema('type Query { count(first: Int! = 5): Int refused: Int broken: Int wrong: Int! }');
const fields = {
  count: ({ first }: { first: number }) => first,
  refused: () => {
    throw new RequestError('BAD_DATE', 'no day');
  },
  broken: () => {
    throw new GraphQLError('secret');
  },
  wrong: () => 'secret',
};
for (const [name, resolve] of Object.entries(fields)) {
  const field = schema.getQueryType()?.getFields()[name];
  if (field) field.resolve = (_, args) => resolve(args);
}

/** The answer, with what was logged. */
async function run(query: string, variables = {}) {
  const logged: string[] = [];
  const execute = createExecute(schema, (_, event) => void logged.push(event));
  const { data, errors = [] } = await execute({ query, variables }, {});
  const told = errors.map(({ message, path, extensions }) => [extensions.code, path?.join('.'), message]);
  return { data: data && { ...data }, told, logged };
}

describe('an operation', () => {
  const QUERY = 'query ($n: Int) { count(first: $n) }';

  test('that gives null for an argument that must not be null is told so, and nothing is logged', async () => {
    expect([await run(QUERY), await run(QUERY, { n: 3 }), await run(QUERY, { n: null })]).toEqual([
      { data: { count: 5 }, told: [], logged: [] },
      { data: { count: 3 }, told: [], logged: [] },
      {
        data: { count: null },
        told: [['BAD_USER_INPUT', 'count', 'Argument "first" of non-null type "Int!" must not be null.']],
        logged: [],
      },
    ]);
  });

  test('is told a refusal as it is, and of a bug only that it is one, which is logged', async () => {
    const bug = (path: string) => ['INTERNAL_SERVER_ERROR', path, BUG_MESSAGE];
    expect([await run('{ refused }'), await run('{ broken }'), await run('{ wrong }')]).toEqual([
      { data: { refused: null }, told: [['BAD_DATE', 'refused', 'no day']], logged: [] },
      { data: { broken: null }, told: [bug('broken')], logged: ['field.failed'] },
      { data: null, told: [bug('wrong')], logged: ['field.failed'] },
    ]);
  });
});
