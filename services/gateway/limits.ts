import { RequestError } from '../kit/errors.js';

/** What one operation may ask for. */
export interface Limits {
  /** Of the text. */
  readonly characters: number;
  readonly lines: number;
  readonly tokens: number;
  /** Brackets of any kind within one another. */
  readonly nesting: number;
  /** Operations and fragments. */
  readonly definitions: number;
  readonly directives: number;
  readonly aliases: number;
  /** Fields of the root, which subgraphs are asked for side by side. */
  readonly roots: number;
  /** Fields below one another. */
  readonly depth: number;
  /** Fields written or reached through fragments. */
  readonly fields: number;
  /** Fields of one object asked for under the same name, each pair of which validation compares. */
  readonly pairs: number;
  /** The longest list that an argument asks for. */
  readonly listSize: number;
  /** Fields that may have to be answered, lists counted by the size asked for. */
  readonly cost: number;
}

export type Measured = Partial<Readonly<Record<keyof Limits, number>>>;

export const DEFAULT_LIMITS: Limits = {
  characters: 100_000,
  lines: 2000,
  tokens: 5000,
  nesting: 50,
  definitions: 50,
  directives: 100,
  aliases: 100,
  roots: 50,
  depth: 12,
  fields: 500,
  pairs: 5000,
  listSize: 10_000,
  cost: 50_000,
};

const MEASURES: Readonly<Record<keyof Limits, string>> = {
  characters: 'number of characters',
  lines: 'number of lines',
  tokens: 'number of tokens',
  nesting: 'nesting of brackets',
  definitions: 'number of operations and fragments',
  directives: 'number of directives',
  aliases: 'number of aliases',
  roots: 'number of root fields',
  depth: 'depth',
  fields: 'number of fields',
  pairs: 'number of pairs of fields under one name',
  listSize: 'longest list',
  cost: 'cost',
};

/** Throws QUERY_TOO_COSTLY with what was measured and what is allowed. Counting may have ended at the first too many. */
export function demandWithin(limits: Limits, measured: Measured): void {
  const names = Object.keys(measured) as (keyof Limits)[]; // its own keys
  for (const name of names) {
    const value = measured[name] ?? 0;
    if (value <= limits[name]) continue;
    const reached = value === Number.POSITIVE_INFINITY ? 'more than can be counted' : String(value);
    throw new RequestError(
      'QUERY_TOO_COSTLY',
      `The operation's ${MEASURES[name]} is ${reached}; at most ${limits[name]} is allowed: ask for less at once.`,
      { measured, limits: Object.fromEntries(names.map((one) => [one, limits[one]])) },
    );
  }
}
