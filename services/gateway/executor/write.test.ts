import { describe, expect, test } from '@jest/globals';
import { buildSchema, type GraphQLObjectType, parse, type SelectionSetNode } from 'graphql';
import { projectionOf } from './projection.js';
import { createWriter } from './write.js';

const schema = buildSchema(`
  type Query { before: String, rows: [Row], strict: [Row!], after: String }
  type Row { name: String! note: String }
`);
const [operation] = parse('{ before rows { name note } strict { name } after }').definitions;
const { selectionSet } = operation as { readonly selectionSet: SelectionSetNode }; // it is a query
const reading = {
  schema,
  fragments: new Map(),
  conditions: {},
  fieldNames: { all: new Set<string>(), required: new Set<string>() },
};
const shape = projectionOf(reading, schema.getQueryType() as GraphQLObjectType, selectionSet);

const writeData = createWriter();
const write = (tree: Record<string, unknown>) => {
  const { data, hasFaults } = writeData(shape, tree);
  return { text: data.toString(), hasFaults };
};

/** More than is made bytes at once, with characters of one to four bytes. */
const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `${n} é – 🜨 "`, note: null }));
const names = (count: number) => rows(count).map(({ name }) => ({ name }));

describe('an answer that is written', () => {
  test('is the same text that JSON.stringify gives, however long it is', () => {
    for (const count of [0, 1, 100, 10_000]) {
      const tree = { before: 'b', rows: rows(count), strict: names(count), after: 'ä' };
      expect(write(tree)).toEqual({ text: JSON.stringify(tree), hasFaults: false });
    }
  });

  test('has null for a long list whose last item may not be null, and all the rest', () => {
    const tree = { before: 'b', rows: rows(3000), strict: [...names(3000), null], after: 'ä' };
    expect(write(tree)).toEqual({ text: JSON.stringify({ ...tree, strict: null }), hasFaults: true });
  });

  test('has null for one item of a long list that lacks what it must have', () => {
    const tree = { before: null, rows: [...rows(500), { note: 'x' }, ...rows(1)], strict: null, after: 'ä' };
    const expected = { ...tree, rows: [...rows(500), null, ...rows(1)] };
    expect(write(tree)).toEqual({ text: JSON.stringify(expected), hasFaults: true });
  });

  test('stays as it is when the next one is written', () => {
    const [first] = [writeData(shape, { before: 'first' }), writeData(shape, { before: 'second' })];
    expect(first.data.toString()).toBe('{"before":"first","rows":null,"strict":null,"after":null}');
  });
});
