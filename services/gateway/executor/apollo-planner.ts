import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import {
  type FetchDataRewrite,
  type FetchNode,
  type PlanNode,
  type QueryPlan,
  QueryPlanner,
  type QueryPlanSelectionNode,
  type SubscriptionNode,
} from '@apollo/query-planner';
import { parse } from 'graphql';
import type { EntityFetch, Fetch, Planner, Requirement, Rewrite, Segment, Step } from './plan.js';

/**
 * How far Apollo's planner may go for one operation. Without a bound it weighs every way to every object against every
 * other, and a document of a few hundred characters over interfaces that are in each other takes all memory there is.
 */
export const APOLLO_PLANNING = { debug: { pathsLimit: 5000 } };

/** Apollo's planner, the reference of federation. */
export function createApolloPlanner(supergraphSdl: string): Planner {
  const supergraph = Supergraph.build(supergraphSdl);
  const planner = new QueryPlanner(supergraph, APOLLO_PLANNING);
  const schema = supergraph.apiSchema();
  return {
    plan(operation) {
      return readApolloPlan(
        planner.buildQueryPlan(operationFromDocument(schema, parse(operation), { validate: false })),
      );
    },
  };
}

/** The same plan as our executor has it; null where nothing is fetched. */
export function readApolloPlan({ node }: QueryPlan): Step | null {
  return readStep(node, null);
}

type Place = readonly Segment[] | null;

function readStep(node: PlanNode | SubscriptionNode | undefined, place: Place): Step | null {
  if (!node) return null;
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'sequence', steps: readSteps(node.nodes, place) };
    case 'Parallel':
      return { kind: 'parallel', steps: readSteps(node.nodes, place) };
    case 'Condition': {
      const [whenTrue, whenFalse] = [readStep(node.ifClause, place), readStep(node.elseClause, place)];
      return { kind: 'condition', variable: node.condition, whenTrue, whenFalse };
    }
    case 'Flatten':
      return readStep(node.node, [...(place ?? []), ...node.path.map(readSegment)]);
    case 'Fetch':
      return readFetch(node, place ?? []);
    default:
      throw new Error(`a plan with ${node.kind} is not run here`);
  }
}

function readSteps(nodes: readonly PlanNode[], place: Place): Step[] {
  return nodes.flatMap((node) => readStep(node, place) ?? []);
}

function readSegment(segment: string | number): Segment {
  return segment === '@' ? { each: true } : { field: String(segment) };
}

function readFetch(node: FetchNode, place: readonly Segment[]): Fetch {
  const { serviceName, operation, operationName, variableUsages, requires, inputRewrites, outputRewrites } = node;
  const entities: EntityFetch | null = requires
    ? {
        field: '_entities',
        variable: 'representations',
        paths: [place],
        requires: requires.map(readRequirement),
        inputRewrites: readRewrites(inputRewrites),
        outputRewrites: readRewrites(outputRewrites),
      }
    : null;
  return {
    kind: 'fetch',
    subgraph: serviceName,
    operation,
    operationName: operationName ?? null,
    variables: variableUsages ?? [],
    entities: entities && [entities],
    rewrites: entities ? [] : readRewrites(outputRewrites),
  };
}

function readRequirement(selection: QueryPlanSelectionNode): Requirement {
  if (selection.kind === 'InlineFragment')
    return { type: selection.typeCondition ?? null, parts: selection.selections.map(readRequirement) };
  const name = selection.alias ?? selection.name;
  return { read: name, send: name, parts: selection.selections?.map(readRequirement) ?? null };
}

function readRewrites(rewrites: readonly FetchDataRewrite[] | undefined): Rewrite[] {
  return (rewrites ?? []).map((rewrite) => {
    const path = rewrite.path.map((part) => {
      const [, type] = /^\.\.\. on (.+)$/.exec(part) ?? [];
      return type === undefined ? { key: part } : { types: [type] };
    });
    return rewrite.kind === 'KeyRenamer'
      ? { path, rename: rewrite.renameKeyTo }
      : { path, set: rewrite.setValueTo as unknown };
  });
}
