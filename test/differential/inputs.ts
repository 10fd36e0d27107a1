import {
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Dice } from '../property/dice.js';

/** Values for arguments and variables. */
export interface Inputs {
  /** Writes a value as GraphQL; `variableFor` may give a variable to stand for a part of it. */
  literal(name: string, type: GraphQLInputType, variableFor: VariableFor): string;
  /** Makes a value as JSON. */
  value(name: string, type: GraphQLInputType): unknown;
}

type VariableFor = (name: string, type: GraphQLInputType) => string | null;

/** Words that an argument of this name should be given, beside what its type says; undefined where any will do. */
export type Words = (argument: string) => readonly (string | number)[] | undefined;

export function createInputs(dice: Dice, words: Words): Inputs {
  const present: Inputs['literal'] = (name, type, variableFor) => {
    if (isNonNullType(type)) return present(name, type.ofType, variableFor);
    if (isListType(type)) {
      const item: GraphQLInputType = type.ofType;
      if (dice.chance(15)) return present(name, item, () => null); // one item stands for a list of it
      return `[${Array.from({ length: dice.whole(0, 2) }, () => literal(name, item, variableFor)).join(', ')}]`;
    }
    if (isInputObjectType(type)) {
      const fields = pickFields(dice, Object.values(type.getFields()));
      return `{${fields.map((field) => `${field.name}: ${literal(field.name, field.type, variableFor)}`).join(', ')}}`;
    }
    if (isEnumType(type)) return dice.pick(type.getValues()).name;
    const word = wordFor(name, type);
    return word === undefined ? dice.pick(LITERALS[type.name] ?? STAMP_LITERALS) : JSON.stringify(word);
  };
  const literal: Inputs['literal'] = (name, type, variableFor) => {
    const variable = variableFor(name, type);
    if (variable !== null) return variable;
    return !isNonNullType(type) && dice.chance(12) ? 'null' : present(name, type, variableFor);
  };
  const value: Inputs['value'] = (name, type) => {
    if (isNonNullType(type)) return presentValue(name, type.ofType);
    return dice.chance(12) ? null : presentValue(name, type);
  };
  const presentValue: Inputs['value'] = (name, type) => {
    if (isNonNullType(type)) return presentValue(name, type.ofType);
    if (isListType(type)) {
      const item: GraphQLInputType = type.ofType;
      if (dice.chance(15)) return presentValue(name, item);
      return Array.from({ length: dice.whole(0, 2) }, () => value(name, item));
    }
    if (isInputObjectType(type)) {
      const fields = pickFields(dice, Object.values(type.getFields()));
      return Object.fromEntries(fields.map((field) => [field.name, value(field.name, field.type)]));
    }
    if (isEnumType(type)) return dice.pick(type.getValues()).name;
    return wordFor(name, type) ?? dice.pick(VALUES[type.name] ?? STAMP_VALUES);
  };
  const wordFor = (name: string, type: GraphQLInputType) => {
    const fitting = words(name)?.filter((word) => (typeof word === 'number') === (String(type) === 'Int')) ?? [];
    return fitting.length === 0 ? undefined : dice.pick(fitting);
  };
  return { literal, value };
}

/** Those that must be there, and some of the others; seldom one that holds more of its own kind. */
function pickFields(dice: Dice, fields: readonly GraphQLInputField[]): GraphQLInputField[] {
  return fields.filter(({ name, type, defaultValue }) => {
    if (isNonNullType(type) && defaultValue === undefined) return true;
    return dice.chance(name === 'more' ? 15 : 45);
  });
}

const LITERALS: Readonly<Record<string, readonly string[]>> = {
  Int: ['0', '3', '-2147483648', '41'],
  Float: ['0.5', '3', '-1e3'],
  String: ['""', '"here"', '"a\\"b"', '"""block "text" """', '"\\u00e9"'],
  Boolean: ['true', 'false'],
  ID: ['"7"', '7'],
};
const STAMP_LITERALS = ['"day"', '1.5', '{a: [1, {b: null}]}', '[]', 'true', '{constructor: "c"}'];

const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  Int: [0, 3, -2_147_483_648, 41],
  Float: [0.5, 3, -1000],
  String: ['', 'here', 'a"b', '\u2028'],
  Boolean: [true, false],
  ID: ['7', 7],
};
const STAMP_VALUES: readonly unknown[] = ['day', 1.5, { a: [1, { b: null }] }, [], true, { toString: 'c' }];
