import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { type GraphQLSchema, parse } from 'graphql';
import { buildSchema, createResolversMap, type NonEmptyArray } from 'type-graphql';
import type { MigrationClass } from './database.js';
import type { Dataset } from './dataset.js';
import type { Reader } from './reader.js';

/** What a folder under `subgraphs/` exports as `subgraph`: everything the host needs to serve it. */
export interface Subgraph {
  readonly name: string;
  /**
   * What its schema begins with: the `@link` to the directives of federation that its types carry, and what other
   * directives they need. Links to @key and @shareable when not given.
   */
  readonly link?: string;
  /** Classes with the fields it resolves. */
  // biome-ignore lint/complexity/noBannedTypes: type-graphql takes classes as Function
  readonly resolvers: NonEmptyArray<Function>;
  /** Types that no field of its own leads to, such as the stub of an entity of another subgraph. */
  // biome-ignore lint/complexity/noBannedTypes: type-graphql takes classes as Function
  readonly types: readonly Function[];
  /** How each entity is found from its key; null when there is none. */
  readonly references: Readonly<Record<string, ReferenceResolver>>;
  /** In the order they are loaded: what is referred to comes first. */
  readonly datasets: readonly Dataset[];
  readonly migrations: readonly MigrationClass[];
  /** What the resolvers of one request share: its reader and its batches. */
  context(reader: Reader): object;
}

/** Takes the key as the type it is declared with; the host only passes it on. */
export type ReferenceResolver = (key: never, context: never) => unknown;

export interface BuiltSchema {
  readonly schema: GraphQLSchema;
  /** The schema as the team writes it: what is committed, composed and compared. */
  readonly sdl: string;
}

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';

/** Builds the executable schema of a subgraph and prints it. */
export async function buildSubgraph(subgraph: Subgraph): Promise<BuiltSchema> {
  const schema = await buildSchema({
    resolvers: subgraph.resolvers,
    orphanedTypes: [...subgraph.types],
    validate: false,
    skipCheck: true,
  });
  const printed = printSchemaWithDirectives(schema).replace(/^schema \{[^}]*\}\s*/, '');
  const sdl = `${subgraph.link ?? LINK}\n\n${printed.trim()}\n`;
  const resolvers = createResolversMap(schema);
  for (const [type, resolve] of Object.entries(subgraph.references)) {
    const fields = resolvers[type];
    resolvers[type] = { ...(typeof fields === 'object' ? fields : {}), __resolveReference: resolve } as never; // federation reads it
  }
  return { schema: buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never }), sdl };
}
