import { GraphQLError, type GraphQLOutputType, isEnumType, isListType, isNonNullType, isScalarType } from 'graphql';
import { KEY_FIELDS } from './entities.js';
import type { DataSeed } from './family.js';
import { canonicalText, hashOf } from './hash.js';
import { ENUMS } from './library.js';

/** An object of a family: only its type and number; what its fields are follows from these. */
export interface Thing {
  /** The type it is sent under: an interface object is sent under the name of the interface. */
  readonly __typename: string;
  readonly type: string;
  readonly number: number;
  /** What a subgraph was told of it, where it was found by its key. */
  readonly told?: Readonly<Record<string, unknown>>;
}

/** What the root fields are fields of. */
export const ROOT: Thing = { __typename: 'Query', type: 'Query', number: 0 };

/** What every field of every object is, the same in all subgraphs: made from names and numbers, and kept nowhere. */
export interface Truth {
  /** `types` are the object types that an interface or union of this field may be. */
  valueOf(thing: Thing, field: string, given: object, type: GraphQLOutputType, typesOf: TypesOf): unknown;
  /** True where `subgraph` does not know the thing when it is told its key. */
  isForgotten(subgraph: string, thing: Thing): boolean;
}

/** The object types that may stand for a type: itself for an object type. */
export type TypesOf = (type: string) => readonly string[];

/** How many of each entity there are: few, so that lists hold the same one twice. */
export const INSTANCES = 4;
/** How many there are of what has no key. */
const VALUES = 1000;
const NULL_PERCENT = 12;
const FORGOTTEN_PERCENT = 40;

/** What is known of the place of a value. */
interface Place {
  readonly thing: Thing;
  readonly field: string;
  readonly given: string;
  /** Which item of which list: `.0.1`. */
  readonly at: string;
}

/** `tellWrong` is told of every value with which something is wrong. */
export function createTruth({ seed, wrongPerMille, forgets }: DataSeed, tellWrong: () => void = () => {}): Truth {
  const chanceOf = ({ thing, field, given, at }: Place, what: string) =>
    hashOf([seed, what, thing.type, thing.number, field, given, at].join('|'));

  const wrongAt = (place: Place) => chanceOf(place, 'wrong') % 1000 < wrongPerMille;

  const wrongValue = (place: Place, type: GraphQLOutputType): unknown => {
    const kind = chanceOf(place, 'kind') % 4;
    tellWrong();
    if (kind === 0 && isNonNullType(type)) return null;
    const message = `${place.thing.type}#${place.thing.number}.${place.field}${place.at} cannot be told.`;
    return kind === 1 ? new Error(message) : new GraphQLError(message, { extensions: { code: 'BAD_ARGUMENT' } });
  };

  const value = (place: Place, type: GraphQLOutputType, typesOf: TypesOf, isRequired = false): unknown => {
    if (isNonNullType(type)) {
      return wrongAt(place) ? wrongValue(place, type) : value(place, type.ofType, typesOf, true);
    }
    if (!isRequired && wrongAt(place)) return wrongValue(place, type);
    if (!isRequired && chanceOf(place, 'null') % 100 < NULL_PERCENT) return null;
    if (isListType(type)) {
      const item: GraphQLOutputType = type.ofType;
      const length = chanceOf(place, 'length') % 4;
      return Array.from({ length }, (_, n) => value({ ...place, at: `${place.at}.${n}` }, item, typesOf));
    }
    const hash = chanceOf(place, 'value');
    if (isScalarType(type)) return scalarValue(type.name, hash, place);
    if (isEnumType(type)) return enumValue(type.name, hash);
    const types = typesOf(type.name);
    const picked = types[hash % types.length];
    if (picked === undefined) throw new Error(`nothing may stand for ${type.name}`);
    const number = (hash >>> 8) % (isEntityName(picked) ? INSTANCES : VALUES);
    return { __typename: picked, type: picked, number } satisfies Thing;
  };

  return {
    valueOf(thing, field, given, type, typesOf) {
      if (Object.hasOwn(KEY_FIELDS, field) || thing.type === 'Tag') return keyValue(thing, field);
      return value({ thing, field, given: canonicalText(given), at: '' }, type, typesOf);
    },
    isForgotten: (subgraph, { type, number }) =>
      forgets.includes(`${subgraph}.${type}`) &&
      hashOf(`${seed}|forgotten|${subgraph}|${type}|${number}`) % 100 < FORGOTTEN_PERCENT,
  };
}

/** Entities have short names of animals; a type of the library is none. */
function isEntityName(type: string): boolean {
  return type.length === 3 && type !== 'Box' && type !== 'Pin';
}

/** The value of a key field: the number can be read from each of them. */
export function keyValue({ type, number }: Thing, field: string): unknown {
  switch (field) {
    case 'tag':
      return { __typename: 'Tag', type: 'Tag', number } satisfies Thing;
    case 'left':
      return number;
    default:
      return `${type}-${field}-${number}`;
  }
}

/** A text says where it is from; a number is only a number. */
function scalarValue(type: string, hash: number, { thing, field, given, at }: Place): unknown {
  switch (type) {
    case 'Int':
      return (hash % 2001) - 1000;
    case 'Float':
      return ((hash % 20_001) - 10_000) * (SCALES[hash % SCALES.length] ?? 1);
    case 'Boolean':
      return hash % 2 === 0;
    case 'Stamp':
      return STAMPS[hash % STAMPS.length];
    default:
      return `${thing.type}#${thing.number}.${field}${at}${given === '{}' ? '' : `(${given})`}`;
  }
}

/** Of all values, also those that the API does not show. */
function enumValue(type: string, hash: number): string | undefined {
  const values = ENUMS[type] ?? [];
  return values[hash % values.length];
}

/** Whole numbers too, and such that are written with an exponent. */
const SCALES = [1, 0.3, 1e-9, 1e20];

/** A scalar of somebody's own may be any JSON, also such as looks like objects of the answer. */
const STAMPS: readonly unknown[] = [
  '2024-10-12',
  0,
  false,
  '',
  [1, [2, null]],
  { __typename: 'Cat', id: 'Cat-id-1', parts: [{ x: null }] },
  { constructor: 'none', toString: 1 },
  'a"b\\c\u2028\u00e9',
];
