import { type GraphQLLeafType, isEnumType } from 'graphql';
import { jsonText } from './json-text.js';

/** A value without parts. */
export interface Leaf {
  readonly kind: 'leaf';
  /** The value as JSON text; null for one that is not of the type. */
  write(value: unknown): string | null;
}

/** Takes any value as it is. */
export const anyLeaf: Leaf = { kind: 'leaf', write: (value) => JSON.stringify(value) ?? null };

const MOST_INT = 2_147_483_647;
const LEAST_INT = -2_147_483_648;

const BUILT_IN: Readonly<Record<string, Leaf>> = {
  Int: {
    kind: 'leaf',
    write: (value) =>
      Number.isInteger(value) && (value as number) <= MOST_INT && (value as number) >= LEAST_INT // an integer is a number
        ? String(value)
        : null,
  },
  Float: { kind: 'leaf', write: (value) => (Number.isFinite(value) ? String(value) : null) },
  String: { kind: 'leaf', write: (value) => (typeof value === 'string' ? jsonText(value) : null) },
  Boolean: { kind: 'leaf', write: (value) => (typeof value === 'boolean' ? String(value) : null) },
  ID: {
    kind: 'leaf',
    write: (value) =>
      typeof value === 'string' ? jsonText(value) : Number.isInteger(value) ? jsonText(String(value)) : null,
  },
};

/** A scalar of a subgraph's own is sent as it came; a value that an enum does not show to developers is not. */
export function leafOf(type: GraphQLLeafType): Leaf {
  if (!isEnumType(type)) return BUILT_IN[type.name] ?? anyLeaf;
  const texts = new Map(type.getValues().map(({ name }) => [name as unknown, JSON.stringify(name)]));
  return { kind: 'leaf', write: (value) => texts.get(value) ?? null };
}
