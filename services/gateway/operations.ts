import { Supergraph as FederationSupergraph } from '@apollo/federation-internals';
import { type DocumentNode, type GraphQLSchema, parse, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Log } from '../kit/log.js';
import { createApolloPlanner } from './executor/apollo-planner.js';
import { createHivePlanner } from './executor/hive-planner.js';
import { type CompiledOperation, compileOperation, type Ground } from './executor/operation.js';
import { readTypes } from './executor/types.js';
import type { PlannerName } from './executors.js';
import type { SubgraphClient } from './subgraph-client.js';
import type { Supergraph } from './supergraph.js';

export interface OperationsOptions {
  readonly supergraph: Supergraph;
  /** How a subgraph is reached; its address is the one in the supergraph. */
  readonly clientOf: (subgraph: string, url: string) => SubgraphClient;
  readonly planner: PlannerName;
}

/** The operations over one supergraph that are known: valid, planned and compiled. */
export interface Operations {
  readonly schema: GraphQLSchema;
  /** One that was accepted before; undefined for any other. */
  find(text: string, operationName: string | null): CompiledOperation | undefined;
  /** Compiles a valid one, and knows it from then on. */
  accept(text: string, operationName: string | null, document: DocumentNode): CompiledOperation;
}

/** How many are kept. */
const MOST_OPERATIONS = 2000;
/** A longer text is compiled each time. */
const LONGEST_TEXT = 20_000;

export function createOperations(options: OperationsOptions): Operations {
  const ground = createGround(options);
  const known = new LRUCache<string, CompiledOperation>({ max: MOST_OPERATIONS });
  return {
    schema: ground.schema,
    find: (text, operationName) => known.get(nameOf(text, operationName)),
    accept(text, operationName, document) {
      const name = nameOf(text, operationName);
      const compiled = known.get(name) ?? compileOperation(document, operationName, ground);
      if (text.length <= LONGEST_TEXT) known.set(name, compiled);
      return compiled;
    },
  };
}

/** Accepts documents that are ours. One that does not fit the supergraph is refused later, when somebody asks for it. */
export function acceptTrusted(operations: Operations, texts: Iterable<string>, log: Log): void {
  for (const text of texts) {
    const document = parse(text);
    const [error] = validate(operations.schema, document);
    if (error) log('warn', 'document.unfit', { cause: error.message });
    else operations.accept(text, null, document);
  }
}

/** The schema as developers see it. */
export function apiSchemaOf({ sdl }: Supergraph): GraphQLSchema {
  return FederationSupergraph.build(sdl).apiSchema().toGraphQLJSSchema();
}

function nameOf(text: string, operationName: string | null): string {
  return `${operationName ?? ''} ${text}`;
}

function createGround({ supergraph, clientOf, planner }: OperationsOptions): Ground {
  const built = FederationSupergraph.build(supergraph.sdl);
  const urls = new Map(built.subgraphsMetadata().map(({ name, url }) => [name, url]));
  const clients = new Map<string, SubgraphClient>();
  return {
    schema: built.apiSchema().toGraphQLJSSchema(),
    types: readTypes(parse(supergraph.sdl)),
    planner: planner === 'hive' ? createHivePlanner(supergraph.sdl) : createApolloPlanner(supergraph.sdl),
    clientOf(subgraph) {
      const client = clients.get(subgraph) ?? clientOf(subgraph, urls.get(subgraph) ?? '');
      clients.set(subgraph, client);
      return client;
    },
  };
}
