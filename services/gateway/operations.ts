import { setImmediate as nextTurn } from 'node:timers/promises';
import { Supergraph as FederationSupergraph } from '@apollo/federation-internals';
import { buildSchema, type DocumentNode, type GraphQLSchema, parse, validate } from 'graphql';
import { errorText } from '../kit/errors.js';
import type { Log } from '../kit/log.js';
import { type CompiledOperation, compileOperation, type Ground } from './executor/operation.js';
import type { Planner } from './executor/plan.js';
import { readTypes } from './executor/types.js';
import { createWriter } from './executor/write.js';
import { createKnown } from './known.js';
import type { KnownOperation, Preparation } from './preparation.js';
import type { SubgraphClient } from './subgraph-client.js';
import type { Supergraph } from './supergraph.js';

export interface OperationsOptions {
  readonly supergraph: Supergraph;
  /** What was worked out of the supergraph before. */
  readonly preparation: Preparation;
  /** How a subgraph is reached; its address is the one in the supergraph. */
  readonly clientOf: (subgraph: string, url: string) => SubgraphClient;
  /** Plans what was not prepared. */
  readonly planner: Planner;
}

/** The operations over one supergraph that are known: valid, planned and compiled. */
export interface Operations {
  readonly schema: GraphQLSchema;
  /** One that was accepted before; undefined for any other. */
  find(text: string, operationName: string | null): CompiledOperation | undefined;
  /** Compiles a valid one, and knows it from then on. */
  accept(text: string, operationName: string | null, document: DocumentNode): CompiledOperation;
  /** Those that were asked for last, the last one first. */
  newest(most: number): readonly KnownOperation[];
}

/** How many are kept. */
const MOST_OPERATIONS = 2000;
/** A longer text is compiled each time. */
const LONGEST_TEXT = 20_000;

export function createOperations(options: OperationsOptions): Operations {
  const ground = createGround(options);
  const known = createKnown<KnownOperation & { readonly compiled: CompiledOperation }>(MOST_OPERATIONS);
  return {
    schema: ground.schema,
    find: (text, operationName) => known.get(text, operationName)?.compiled,
    accept(text, operationName, document) {
      const compiled = known.get(text, operationName)?.compiled ?? compileOperation(document, operationName, ground);
      if (text.length <= LONGEST_TEXT) known.set(text, operationName, { text, operationName, compiled });
      return compiled;
    },
    newest: (most) =>
      known
        .values()
        .slice(0, most)
        .map(({ text, operationName }) => ({ text, operationName })),
  };
}

/**
 * Accepts operations that are known before anybody asks for them here: documents of ours, and what the supergraph before
 * this one was asked for. One that does not fit is refused later, when somebody asks for it. Others get their turn between.
 */
export async function acceptKnown(operations: Operations, known: readonly KnownOperation[], log: Log): Promise<void> {
  for (const one of [...known].reverse()) {
    const document = parse(one.text);
    const [error] = validate(operations.schema, document, undefined, { maxErrors: 1 });
    if (error) log('warn', 'document.unfit', { cause: error.message });
    else acceptOne(operations, one, document, log);
    await nextTurn();
  }
}

/** A planner may refuse what it took before; that is told where it is asked for. */
function acceptOne(operations: Operations, known: KnownOperation, document: DocumentNode, log: Log): void {
  try {
    operations.accept(known.text, known.operationName, document);
  } catch (error) {
    log('warn', 'document.refused', { cause: errorText(error) });
  }
}

/** The schema as developers see it. */
export function apiSchemaOf({ sdl }: Supergraph): GraphQLSchema {
  return FederationSupergraph.build(sdl).apiSchema().toGraphQLJSSchema();
}

function createGround({ supergraph, preparation, clientOf, planner }: OperationsOptions): Ground {
  const clients = new Map<string, SubgraphClient>();
  return {
    schema: buildSchema(preparation.apiSdl, { assumeValid: true, noLocation: true }),
    types: readTypes(parse(supergraph.sdl, { noLocation: true })),
    planner: preparedPlanner(preparation, planner),
    writeData: createWriter(),
    clientOf(subgraph) {
      const client = clients.get(subgraph) ?? clientOf(subgraph, preparation.urls.get(subgraph) ?? '');
      clients.set(subgraph, client);
      return client;
    },
  };
}

/** Knows the plans that were prepared; others are made. */
function preparedPlanner({ plans }: Preparation, planner: Planner): Planner {
  return {
    plan(operation) {
      const prepared = plans.get(operation);
      return prepared === undefined ? planner.plan(operation) : prepared;
    },
  };
}
