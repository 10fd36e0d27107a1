import type { SubgraphSchema } from '../../services/gateway/supergraph.js';

/** Schemas of some subgraphs while they are put together. */
export interface Draft {
  readonly subgraphs: readonly string[];
  /** True where the subgraph has declared the type. */
  has(subgraph: string, type: string): boolean;
  /** Declares a type with what stands before its braces: `type Cat @key(fields: "id")`. */
  declare(subgraph: string, type: string, head: string): void;
  /** Adds a field, or a value of an enum; one that is there already stays. */
  add(subgraph: string, type: string, field: string, rest?: string): void;
  print(): readonly SubgraphSchema[];
}

interface TypeDraft {
  readonly head: string;
  readonly fields: Map<string, string>;
}

const IMPORTS = [
  '@key',
  '@shareable',
  '@external',
  '@requires',
  '@provides',
  '@override',
  '@inaccessible',
  '@interfaceObject',
];

export function createDraft(subgraphs: readonly string[]): Draft {
  const types = new Map(subgraphs.map((name) => [name, new Map<string, TypeDraft>()]));
  const typesOf = (subgraph: string) => demand(types.get(subgraph), `subgraph ${subgraph}`);
  return {
    subgraphs,
    has: (subgraph, type) => typesOf(subgraph).has(type),
    declare(subgraph, type, head) {
      typesOf(subgraph).set(type, { head, fields: new Map() });
    },
    add(subgraph, type, field, rest = '') {
      const { fields } = demand(typesOf(subgraph).get(type), `${type} in ${subgraph}`);
      if (!fields.has(field)) fields.set(field, `${field}${rest}`);
    },
    print: () => subgraphs.map((name) => ({ name, sdl: writeSchema([...typesOf(name).values()].map(printType)) })),
  };
}

/** The schema of a subgraph with these types, in the version of federation that ours have. */
export function writeSchema(types: readonly string[]): string {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(IMPORTS)})`;
  return [link, ...types].join('\n');
}

function printType({ head, fields }: TypeDraft): string {
  return fields.size === 0 ? head : `${head} {\n${[...fields.values()].map((field) => `  ${field}`).join('\n')}\n}`;
}

function demand<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new Error(`the draft has no ${what}`);
}
