import { Supergraph as FederationSupergraph } from '@apollo/federation-internals';
import { type DocumentNode, type GraphQLSchema, parse, printSchema, validate } from 'graphql';
import { createApolloPlanner } from './executor/apollo-planner.js';
import { createHivePlanner } from './executor/hive-planner.js';
import { plannedTextOf } from './executor/operation.js';
import type { Planner, Step } from './executor/plan.js';
import { readTypes } from './executor/types.js';
import type { PlannerName } from './executors.js';

/** An operation as it is known: its text, and its name where the text has several. */
export interface KnownOperation {
  readonly text: string;
  readonly operationName: string | null;
}

/** What is worked out of a supergraph before it answers anything: plain data, so that another thread can do it. */
export interface Preparation {
  /** The schema as developers see it. */
  readonly apiSdl: string;
  /** Where each subgraph says that it answers. */
  readonly urls: ReadonlyMap<string, string>;
  /** The plans of operations that are known already, by what is planned of them. */
  readonly plans: ReadonlyMap<string, Step | null>;
}

export interface PreparationOptions {
  readonly sdl: string;
  readonly planner: PlannerName;
  /** Those to plan; one that does not fit the supergraph, or that the planner refuses, is left out. */
  readonly operations: readonly KnownOperation[];
}

/** Throws where the text is no supergraph, or none that the planner can read. */
export function prepare(
  { sdl, planner: name, operations }: PreparationOptions,
  planner: Planner = createPlanner(name, sdl),
): Preparation {
  const built = FederationSupergraph.build(sdl);
  const schema = built.apiSchema().toGraphQLJSSchema();
  const reading = { schema, fieldNames: readTypes(parse(sdl)).fieldNames };
  const plans = new Map<string, Step | null>();
  for (const { text, operationName } of operations) {
    const document = fitting(schema, text);
    const planned = document && plannedTextOf(document, operationName, reading);
    if (planned && !plans.has(planned)) planInto(plans, planner, planned);
  }
  const urls = new Map(built.subgraphsMetadata().map((subgraph) => [subgraph.name, subgraph.url]));
  return { apiSdl: printSchema(schema), urls, plans };
}

/** That the planner refuses one is told to who asks for it, and keeps no other from being planned. */
function planInto(plans: Map<string, Step | null>, planner: Planner, operation: string): void {
  try {
    plans.set(operation, planner.plan(operation));
  } catch {
    return;
  }
}

export function createPlanner(name: PlannerName, sdl: string): Planner {
  return name === 'hive' ? createHivePlanner(sdl) : createApolloPlanner(sdl);
}

/** A planner that is made when it is first asked for a plan: where another thread has seen that it can be. */
export function lazyPlanner(name: PlannerName, sdl: string): Planner {
  let planner: Planner | null = null;
  return {
    plan(operation) {
      planner ??= createPlanner(name, sdl);
      return planner.plan(operation);
    },
  };
}

function fitting(schema: GraphQLSchema, text: string): DocumentNode | null {
  const document = parse(text);
  return validate(schema, document, undefined, { maxErrors: 1 }).length === 0 ? document : null;
}
