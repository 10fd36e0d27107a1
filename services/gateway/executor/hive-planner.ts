import * as hive from '@graphql-hive/router-query-planner';
import { withOwnAliases } from './hive-aliases.js';
import type { EntityFetch, Fetch, Path, Planner, Requirement, Rewrite, RewriteSegment, Segment, Step } from './plan.js';

/** The planner of Hive Router, compiled from Rust: plans in about a millisecond, and joins calls to one subgraph. */
export function createHivePlanner(supergraphSdl: string): Planner {
  const planner = new hive.QueryPlanner(supergraphSdl);
  const noLabels = new Set<string>();
  return {
    plan: (operation) => readStep(planner.plan(operation, null, noLabels, 0).node),
  };
}

function readStep(node: hive.PlanNode | undefined): Step | null {
  if (!node) return null;
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'sequence', steps: readSteps(node.nodes) };
    case 'Parallel':
      return { kind: 'parallel', steps: readSteps(node.nodes) };
    case 'Condition': {
      const [whenTrue, whenFalse] = [readStep(node.ifClause), readStep(node.elseClause)];
      return { kind: 'condition', variable: node.condition, whenTrue, whenFalse };
    }
    case 'Fetch':
      return readRoot(node);
    case 'Flatten':
      return readEntities(node);
    case 'BatchFetch':
      return readBatch(node);
    default:
      throw new Error(`a plan with ${node.kind} is not run here`);
  }
}

function readSteps(nodes: readonly hive.PlanNode[]): Step[] {
  return nodes.flatMap((node) => readStep(node) ?? []);
}

type Call = Omit<Fetch, 'entities' | 'rewrites'>;

function readCall(node: hive.FetchNode | hive.BatchFetchNode): Call {
  return {
    kind: 'fetch',
    subgraph: node.serviceName,
    operation: node.operation,
    operationName: node.operationName ?? null,
    variables: node.variableUsages ?? [],
  };
}

function readRoot(node: hive.FetchNode): Fetch {
  const call = readCall(node);
  const rewrites = readRewrites(node.outputRewrites);
  return { ...call, entities: null, ...withOwnAliases({ operation: call.operation, rewrites }, null) };
}

function readEntities({ path, node }: hive.FlattenNode): Fetch {
  if (node.kind !== 'Fetch' || !node.requires) throw new Error(`a plan with ${node.kind} below a path is not run here`);
  const entities: EntityFetch = {
    field: '_entities',
    variable: 'representations',
    paths: [readPath(path)],
    requires: readRequirements(node.requires),
    inputRewrites: readRewrites(node.inputRewrites),
    outputRewrites: readRewrites(node.outputRewrites),
  };
  return entitiesFetch(readCall(node), [entities]);
}

function readBatch(node: hive.BatchFetchNode): Fetch {
  return entitiesFetch(readCall(node), node.entityBatch.aliases.map(readAlias));
}

function entitiesFetch(call: Call, found: readonly EntityFetch[]): Fetch {
  let { operation } = call;
  const entities = found.map((one): EntityFetch => {
    const aliased = withOwnAliases({ operation, rewrites: one.outputRewrites }, one.field);
    operation = aliased.operation;
    return { ...one, outputRewrites: aliased.rewrites };
  });
  return { ...call, operation, entities, rewrites: [] };
}

function readAlias(batch: hive.EntityBatchAlias): EntityFetch {
  return {
    field: batch.alias,
    variable: batch.representationsVariableName,
    paths: batch.paths.map(readPath),
    requires: readRequirements(batch.requires),
    inputRewrites: readRewrites(batch.inputRewrites),
    outputRewrites: readRewrites(batch.outputRewrites),
  };
}

function readPath(path: readonly hive.FlattenNodePathSegment[]): Path {
  return path.map((segment): Segment => {
    if (segment === '@') return { each: true };
    return 'Field' in segment ? { field: segment.Field } : { types: segment.TypeCondition };
  });
}

/** Here a field's name is what is read, and its alias what is sent. */
function readRequirements(selections: readonly hive.RequiresSelection[]): Requirement[] {
  return selections.map((selection): Requirement => {
    if (selection.kind === 'FragmentSpread') throw new Error('a representation with a fragment is not made here');
    if (selection.kind === 'InlineFragment')
      return { type: selection.typeCondition, parts: readRequirements(selection.selections) };
    const { name, alias, selections: inner } = selection;
    return { read: name, send: alias ?? name, parts: inner?.length ? readRequirements(inner) : null };
  });
}

function readRewrites(rewrites: readonly hive.FetchRewrite[] | undefined): Rewrite[] {
  return (rewrites ?? []).map((rewrite): Rewrite => {
    if ('KeyRenamer' in rewrite)
      return { path: readRewritePath(rewrite.KeyRenamer.path), rename: rewrite.KeyRenamer.renameKeyTo };
    const { path, setValueTo } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite;
    return { path: readRewritePath(path), set: setValueTo };
  });
}

function readRewritePath(path: readonly hive.FetchNodePathSegment[]): RewriteSegment[] {
  return path.map((segment) => ('Key' in segment ? { key: segment.Key } : { types: segment.TypenameEquals }));
}
