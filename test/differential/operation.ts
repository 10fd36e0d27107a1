import { type GraphQLSchema, parse, validate } from 'graphql';
import type { Dice } from '../property/dice.js';
import { diceFrom } from './dice.js';
import { createInputs, type Words } from './inputs.js';
import { type Writing, writeSelections } from './selections.js';
import { createVariables } from './variables.js';

/** One request: a valid operation and its variables. */
export interface Operation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** How often an operation is written anew because it is not valid: mostly two fields that cannot have one name. */
const MOST_TRIES = 50;

/** What operations are written for. */
export interface Ground {
  readonly schema: GraphQLSchema;
  /** Words for arguments; any will do where they are not given. */
  readonly words?: Words;
  /** How many selections there may be at most, and how deep they may stand. */
  readonly largest?: number;
  readonly deepest?: number;
}

/** The operation of a number: always the same one for the same seed and schema. */
export function createOperation(ground: Ground, ...seed: readonly (string | number)[]): Operation {
  const { schema } = ground;
  for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
    const operation = writeOperation(diceFrom('operation', ...seed, attempt), ground);
    if (validate(schema, parse(operation.text)).length === 0) return operation;
  }
  throw new Error(`operation ${seed.join(' ')} was not valid in ${MOST_TRIES} tries`);
}

function writeOperation(dice: Dice, { schema, words = () => undefined, largest = 40, deepest = 5 }: Ground): Operation {
  const inputs = createInputs(dice, words);
  const writing: Writing = {
    dice,
    schema,
    inputs,
    words,
    variables: createVariables(dice, inputs),
    fragments: new Map(),
    left: dice.whole(3, largest),
  };
  const root = schema.getQueryType();
  if (!root) throw new Error('there are no queries');
  const selections = [
    ...writeSelections(writing, root, deepest),
    ...(dice.chance(6) ? [writeIntrospection(writing)] : []),
  ];
  const name = dice.pick(['', 'Look', 'constructor']);
  const body = `{ ${selections.join(' ')} }`;
  const fragments = [...writing.fragments].map(([fragment, { on, text }]) => `fragment ${fragment} on ${on} ${text}`);
  const declared = writing.variables.print();
  const head = name === '' && declared === '' && dice.chance(50) ? '' : `query ${name}${declared} `;
  const values = writing.variables.values();
  return {
    text: [`${head}${body}`, ...fragments].join('\n'),
    variables: dice.chance(3) ? { ...values, unasked: 1 } : values,
  };
}

function writeIntrospection({ dice, schema }: Writing): string {
  const names = Object.keys(schema.getTypeMap()).filter((name) => !name.startsWith('__'));
  const type = `__type(name: "${dice.pick([...names, 'Nothing'])}") { name kind fields { name type { name } } possibleTypes { name } }`;
  return dice.pick([type, `id: ${type}`, '__schema { ...{ queryType { id: name } } types { name __typename } }']);
}
