import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery, parse } from 'graphql';
import { createAdmission } from '../../services/gateway/admission.js';
import { readDocuments } from '../../services/gateway/documents.js';
import { DEFAULT_LIMITS, type Limits } from '../../services/gateway/limits.js';
import { countPairs } from '../../services/gateway/measure/pairs.js';
import { measureReached } from '../../services/gateway/measure/reached.js';
import { sizeFor, type Variables } from '../../services/gateway/measure/size.js';
import { apiSchemaOf } from '../../services/gateway/operations.js';
import { supergraphOf } from '../../services/gateway/supergraph.js';
import { readText } from '../support/sources.js';
import { type StartedWorld, startWorld } from '../support/world.js';

const schema = apiSchemaOf(supergraphOf(readText('schema/supergraph.graphql')));

function admission(limits: Partial<Limits> = {}, trusted: string[] = []) {
  const { refusals } = createAdmission({ schema, limits: { ...DEFAULT_LIMITS, ...limits }, trusted });
  return (query: string, variables: Variables = {}) =>
    refusals({ query, operationName: null, variables }).map(({ message, extensions }) => [extensions.code, message]);
}

function costOf(query: string, variables: Variables = {}): number {
  const [reached] = measureReached(schema, parse(query)).values();
  return reached ? sizeFor(reached.cost, variables) : Number.NaN;
}

describe('the cost of an operation', () => {
  test.each<[string, Variables, number]>([
    ['{ indicators { id } }', {}, 10 * 2],
    ['{ region(code: "19") { name { id } } }', {}, 1 + 2],
    ['{ regions(first: 30) { nodes { code } } }', {}, 1 + 30 * 2],
    ['{ regions { nodes { code } } }', {}, 1 + 50 * 2],
    ['query ($n: Int!) { regions(first: $n) { nodes { code } } }', { n: 7 }, 1 + 7 * 2],
    [
      'query ($n: Int! = 9) { regions(first: $n) { ...f } } fragment f on RegionPage { nodes { code } }',
      { n: 3 },
      1 + 3 * 2,
    ],
    ['{ regionsByCode(codes: ["19", "00"]) { code } }', {}, 2 * 2],
    ['query ($c: [String!]!) { regionsByCode(codes: $c) { code } }', { c: ['1', '2', '3'] }, 3 * 2],
    ['query ($c: [String!]!) { regionsByCode(codes: $c) { code } }', { c: '19' }, 1 * 2],
    ['query ($c: [String!]!) { a: regionsByCode(codes: $c) { code } b: indicators { id } }', { c: ['1', '2'] }, 4 + 20],
    ['{ __typename }', {}, 0],
  ])('counts lists by the size asked for: %s', (query, variables, cost) => {
    expect(costOf(query, variables)).toBe(cost);
  });

  test('counts what the schema says of itself, and lets the usual question through', () => {
    const query = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true });
    expect(costOf('{ __schema { types { name } } }')).toBeGreaterThan(5);
    expect([admission()(query), costOf(query) > 100]).toEqual([[], true]);
  });
});

describe('an operation that was admitted', () => {
  const query = 'query ($n: Int! = 10) { regions(first: $n) { nodes { code } } }';

  test('is refused where its variables ask for more than may be', () => {
    const refusals = admission({ cost: 100 });
    expect([refusals(query), refusals(query, { n: 60 }), refusals(query, { n: 20 })]).toEqual([
      [],
      [['QUERY_TOO_COSTLY', "The operation's cost is 121; at most 100 is allowed: ask for less at once."]],
      [],
    ]);
  });

  test('is measured by its own defaults where a variable is not given', () => {
    const greedy = 'query ($n: Int! = 9000) { regions(first: $n) { nodes { code } } }';
    expect(admission({ listSize: 100 })(greedy)[0]?.[1]).toMatch('longest list is 9000');
  });

  test('is held to the size of its lists even where it is trusted, and to nothing else', () => {
    const refusals = admission({ cost: 1, depth: 1, tokens: 1, listSize: 50 }, [query]);
    expect([refusals(query), refusals(query, { n: 51 })]).toEqual([
      [],
      [['QUERY_TOO_COSTLY', "The operation's longest list is 51; at most 50 is allowed: ask for less at once."]],
    ]);
  });

  test('may be each of our own documents, trusted or not', async () => {
    const documents = await readDocuments('schema/operations');
    const refusals = admission();
    const variables = { codes: ['19.03'], code: '19.03', search: 'bangka', region: '19.03' };
    expect([...documents.trusted].map((text) => refusals(text, variables))).toEqual(
      [...documents.trusted].map(() => []),
    );
  });
});

describe('a document that is wrong', () => {
  const NOT_VALID = 'GRAPHQL_VALIDATION_FAILED';

  test.each([
    [
      '{ region(code: "19") { ...a } } fragment a on Region { ...b } fragment b on Region { parent { ...a } }',
      'Cannot spread fragment "a" within itself.',
    ],
    ['{ region(code: "1", code: "2") { code } }', 'There can be only one argument named "code".'],
    [
      'query ($a: Int, $a: Int) { regions(first: $a) { nodes { code } } }',
      'There can be only one variable named "$a".',
    ],
    ['{ region(code: "1") @skip(if: true, if: true) { code } }', 'There can be only one argument named "if".'],
  ])('is told what validation would tell, before it: %s', (query, message) => {
    expect(admission()(query)).toEqual([[NOT_VALID, message]]);
  });

  test('is told five mistakes at most, and of each no more than its beginning', () => {
    const query = `{ ${Array.from({ length: 50 }, (_, n) => `n${n}${'x'.repeat(1000)}`).join(' ')} }`;
    const told = admission()(query);
    expect([told.length, told.every(([, message]) => String(message).length <= 500)]).toEqual([5, true]);
  });

  test('is refused for its variables before it is planned', () => {
    const told = admission()('query ($n: Int!) { regions(first: $n) { nodes { code } } }', { n: 'x'.repeat(90_000) });
    expect([told[0]?.[0], String(told[0]?.[1]).length]).toEqual(['BAD_USER_INPUT', 300]);
  });
});

describe('the pairs that validation compares', () => {
  const pairs = (query: string) => countPairs(parse(query), 1_000_000);

  test.each([
    ['{ a b c }', 0],
    ['{ a a a }', 3],
    ['{ x: a x: b }', 1],
    ['{ a { b b } a { b } }', 1 + 3],
    ['{ a { ...f ...f } } fragment f on T { b }', 1],
    ['{ a { ...f } a { ...f } } fragment f on T { b }', 1 + 1],
    ['{ ... { a } ... { a } }', 1],
  ])('are counted in %s', (query, count) => {
    expect(pairs(query)).toBe(count);
  });
});

describe('variables', () => {
  let world: StartedWorld;
  beforeAll(async () => {
    world = await startWorld();
  }, 60_000);
  afterAll(() => world.stop());

  const QUERY = 'query ($codes: [String!]!) { regionsByCode(codes: $codes) { code } }';
  const nested = (levels: number) => `{"codes":${'['.repeat(levels)}${']'.repeat(levels)}}`;
  const codes = (...values: unknown[]) => JSON.stringify({ codes: values });

  test.each<[string, number, string, string]>([
    ['nested too deep', 400, 'QUERY_TOO_COSTLY', nested(25)],
    ['nested without end', 400, 'BAD_REQUEST', nested(100_000)],
    ['too many', 400, 'QUERY_TOO_COSTLY', codes(...Array.from({ length: 11_000 }, () => '1'))],
    ['far too many', 400, 'BAD_REQUEST', codes(...Array.from({ length: 40_000 }, () => '1'))],
    ['too long', 400, 'QUERY_TOO_COSTLY', codes('x'.repeat(150_000))],
    ['longer than a body may be', 413, 'BAD_REQUEST', codes('x'.repeat(300_000))],
    ['of the wrong type', 400, 'BAD_USER_INPUT', '{"codes":5}'],
    [
      'of names without end',
      400,
      'BAD_REQUEST',
      JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [n, n]))),
    ],
  ])('that are %s are refused', async (_, status, code, variables) => {
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: `{"query":${JSON.stringify(QUERY)},"variables":${variables}}`,
    });
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] }; // they are refused
    expect([response.status, errors[0]?.extensions.code]).toEqual([status, code]);
  });
});
