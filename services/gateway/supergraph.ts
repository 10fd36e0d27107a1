import { createHash } from 'node:crypto';
import { type CompositionSuccess, composeServices } from '@apollo/composition';
import { lexicographicSortSchema, parse, printSchema } from 'graphql';

/** What composition needs of a subgraph. */
export interface SubgraphSchema {
  readonly name: string;
  readonly sdl: string;
  /** Where it answers over HTTP; for one hosted in this process only its name is used. */
  readonly url?: string;
}

export interface Supergraph {
  readonly sdl: string;
  /** Changes with the text of the supergraph. */
  readonly id: string;
}

/** Composes the subgraphs; throws all composition errors in one message. */
export function composeSupergraph(subgraphs: readonly SubgraphSchema[]): Supergraph {
  return supergraphOf(compose(subgraphs).supergraphSdl);
}

/** The schema as developers see it: the supergraph without its machinery. */
export function printApi(subgraphs: readonly SubgraphSchema[]): string {
  const schema = compose(subgraphs).schema.toAPISchema().toGraphQLJSSchema();
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

function compose(subgraphs: readonly SubgraphSchema[]): CompositionSuccess {
  const services = subgraphs.map(({ name, sdl, url }) => ({
    name,
    typeDefs: parse(sdl),
    url: url ?? `http://${name}.subgraph/graphql`,
  }));
  const result = composeServices(services);
  if (result.errors === undefined) return result;
  throw new Error(`The subgraphs do not compose: ${result.errors.map(({ message }) => message).join('; ')}`);
}

export function supergraphOf(sdl: string): Supergraph {
  return { sdl: `${sdl.trim()}\n`, id: createHash('sha256').update(sdl.trim()).digest('hex').slice(0, 16) };
}
