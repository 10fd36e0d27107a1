import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { apiSchemaOf } from '../../services/gateway/operations.js';
import { supergraphOf } from '../../services/gateway/supergraph.js';
import { readText } from '../support/sources.js';
import { type StartedWorld, startWorld } from '../support/world.js';

const schema = apiSchemaOf(supergraphOf(readText('schema/supergraph.graphql')));

let world: StartedWorld;
const logged: unknown[] = [];
beforeAll(async () => {
  world = await startWorld({
    log: (level, event, facts) => void (level === 'error' ? logged.push([event, facts]) : null),
  });
});
afterAll(() => world.stop());

/** Values that a caller may give a variable of each type, from the usual to the absurd. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  Int: [null, 0, 1, -1, 2_147_483_647, -2_147_483_648],
  String: [
    null,
    '',
    ' ',
    '19',
    '19.03',
    '2024',
    '2024-01-01/2024-12-31',
    '%',
    "'",
    '\u0000',
    '\ud800',
    '９',
    '0'.repeat(300),
    '-1',
    'null',
    '__proto__',
  ],
  Boolean: [null, true, false],
};

/** What is allowed where another argument must be given; the first that fits the name. */
const USUAL: readonly [RegExp, string][] = [
  [/indicator/i, 'ucj'],
  [/dataset/, 'region'],
  [/period|date|on|from|to/, '2024'],
  [/./, '19.03'],
];

function usual({ name, type }: GraphQLArgument): unknown {
  const named = getNamedType(type);
  const word = USUAL.find(([names]) => names.test(name))?.[1];
  const value = isEnumType(named) ? named.getValues()[0]?.name : ({ Int: 1, Boolean: true }[named.name] ?? word);
  return isListed(type) ? [value] : value;
}

const isListed = (type: GraphQLArgument['type']) => String(type).startsWith('[');
const mustBeGiven = ({ type, defaultValue }: GraphQLArgument) => isNonNullType(type) && defaultValue === undefined;

function valuesOf({ type }: GraphQLArgument): readonly unknown[] {
  const named = getNamedType(type);
  const words = isEnumType(named) ? [null, ...named.getValues().map(({ name }) => name)] : VALUES[named.name];
  const values = words ?? [null];
  return isListed(type) ? [null, [], ...values.map((value) => [value]), [values.at(-1), values.at(-1)]] : values;
}

/** Some of the fields below it, so that something is answered. */
function selectionOf(field: GraphQLField<unknown, unknown>, depth = 0): string {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return '';
  if (!isObjectType(type) || depth > 2) return ' { __typename }';
  const plain = Object.values(type.getFields()).filter((one) => !one.args.some(mustBeGiven));
  return ` { ${plain
    .slice(0, 6)
    .map((one) => `${one.name}${selectionOf(one, depth + 1)}`)
    .join(' ')} }`;
}

interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Each argument of each field with each of its values, beside what must be given with it. */
function questionsOf(type: string, within: (text: string) => string): Question[] {
  const fields = Object.values((schema.getType(type) as GraphQLObjectType).getFields()); // one that has fields
  return fields.flatMap((field) =>
    field.args.flatMap((wanted) => valuesOf(wanted).map((value) => questionOf(field, wanted, value, within))),
  );
}

function questionOf(
  field: GraphQLField<unknown, unknown>,
  wanted: GraphQLArgument,
  value: unknown,
  within: (text: string) => string,
): Question {
  const given = field.args.filter((arg) => arg === wanted || mustBeGiven(arg));
  const typeOf = ({ type, defaultValue }: GraphQLArgument) =>
    defaultValue === undefined ? String(type) : String(type).replace(/!$/, ''); // a variable may be null there
  const declared = given.map((arg) => `$${arg.name}: ${typeOf(arg)}`).join(', ');
  const call = given.map(({ name }) => `${name}: $${name}`).join(', ');
  return {
    query: `query (${declared}) ${within(`${field.name}(${call})${selectionOf(field)}`)}`,
    variables: Object.fromEntries(given.map((arg) => [arg.name, arg === wanted ? value : usual(arg)])),
  };
}

test('no value of any argument is a failure of ours', async () => {
  const questions = [
    ...questionsOf('Query', (text) => `{ ${text} }`),
    ...questionsOf('Region', (text) => `{ region(code: "19") { ${text} } }`),
  ];
  const codes = new Set<string>();
  const failed: Question[] = [];
  for (const question of questions) {
    const { errors = [] } = await world.ask(question.query, question);
    const told = errors.map(({ extensions }) => String(extensions?.code));
    for (const code of told) codes.add(code);
    if (told.some((code) => NEVER.includes(code))) failed.push(question);
  }
  expect({ failed, logged, isBroad: questions.length > 500, codes: [...codes].sort() }).toEqual({
    failed: [],
    logged: [],
    isBroad: true,
    codes: [
      'BAD_ARGUMENT',
      'BAD_DATE',
      'BAD_PERIOD',
      'BAD_REGION_CODE',
      'BAD_USER_INPUT',
      'QUERY_TOO_COSTLY',
      'UNKNOWN_INDICATOR',
    ],
  });
}, 120_000);

const NEVER = ['INTERNAL_SERVER_ERROR', 'GRAPHQL_VALIDATION_FAILED', 'SUBGRAPH_INVALID', 'SUBGRAPH_UNAVAILABLE'];
