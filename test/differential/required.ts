import {
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { canonicalText } from './hash.js';
import type { Thing, Truth, TypesOf } from './truth.js';

export function fieldSet(text: string): SelectionSetNode {
  const [definition] = parse(`{ ${text} }`).definitions;
  if (definition?.kind === Kind.OPERATION_DEFINITION) return definition.selectionSet;
  throw new Error(`${text} is no field set`);
}

/** The parts of a representation that a field set names; a part that was not sent is told of. */
export function readTold(set: SelectionSetNode, told: unknown): unknown {
  if (Array.isArray(told)) return told.map((item) => readTold(set, item));
  if (told === null) return null;
  if (typeof told !== 'object') return NOT_SENT;
  const object = told as Readonly<Record<string, unknown>>; // no list, and not null
  const parts = set.selections.flatMap((selection): [string, unknown][] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) return partsSent(selection.selectionSet, object);
    const name = selection.name.value;
    const value = Object.hasOwn(object, name) ? object[name] : NOT_SENT;
    return [[name, selection.selectionSet ? readTold(selection.selectionSet, value) : value]];
  });
  return Object.fromEntries(parts);
}

/** Of a fragment only what was sent: the type is not, unless the field set names it, so that nobody can tell if it is meant. */
function partsSent(set: SelectionSetNode, object: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(readTold(set, object) as object).filter(([name]) => Object.hasOwn(object, name));
}

const NOT_SENT = 'NOT SENT';

/** What a truth reader needs to know of a family. */
export interface Reading {
  readonly truth: Truth;
  /** With all types and fields, also those that the API does not show. */
  readonly schema: GraphQLSchema;
  readonly requires: ReadonlyMap<string, SelectionSetNode>;
  typesFor(type: string, field: string): TypesOf;
}

/** The value of any field as it truly is, for a field that is made of others too. */
export function readTrue(
  reading: Reading,
  thing: Thing,
  field: string,
  given: object,
  type: GraphQLOutputType,
): unknown {
  const required = reading.requires.get(`${thing.type}.${field}`);
  if (required) return computedText(thing, field, given, readThing(reading, required, thing));
  return reading.truth.valueOf(thing, field, given, type, reading.typesFor(thing.type, field));
}

/** A field that is made of others says what they are. */
export function computedText({ type, number }: Thing, field: string, given: object, parts: unknown): string {
  return `${type}#${number}.${field}(${canonicalText(given)}) of ${canonicalText(parts)}`;
}

function readThing(reading: Reading, set: SelectionSetNode, thing: Thing): object {
  const parts = set.selections.flatMap((selection): [string, unknown][] => {
    if (selection.kind === Kind.FIELD) return [[selection.name.value, readField(reading, thing, selection)]];
    const isMeant = selection.kind === Kind.INLINE_FRAGMENT && selection.typeCondition?.name.value === thing.type;
    return isMeant ? Object.entries(readThing(reading, selection.selectionSet, thing)) : [];
  });
  return Object.fromEntries(parts);
}

function readField(reading: Reading, thing: Thing, field: FieldNode): unknown {
  const type = reading.schema.getType(thing.type);
  const definition = isObjectType(type) ? type.getFields()[field.name.value] : undefined;
  if (!definition) throw new Error(`there is no ${thing.type}.${field.name.value}`);
  const value = readTrue(reading, thing, field.name.value, getArgumentValues(definition, field), definition.type);
  return readValue(reading, field.selectionSet, value);
}

/** Null where something is wrong with a value. */
function readValue(reading: Reading, set: SelectionSetNode | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => readValue(reading, set, item));
  if (value === null || value instanceof Error) return null;
  return set ? readThing(reading, set, value as Thing) : value; // what has parts is a thing
}
