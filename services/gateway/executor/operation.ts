import {
  type DocumentNode,
  executeSync,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { RequestError } from '../../kit/errors.js';
import type { GatewayContext } from '../context.js';
import { type Conditions, conditionVariables } from './conditions.js';
import { findFaults } from './faults.js';
import type { Run, Supply, Work } from './fetch.js';
import { fragmentsOf } from './fragments.js';
import { type Part, partOf } from './part.js';
import type { PlainReading } from './plain-operation.js';
import type { Planner, Step } from './plan.js';
import { partsOf } from './planned-part.js';
import { type ObjectShape, projectionOf } from './projection.js';
import { compileSteps } from './steps.js';
import { merge, type Tree } from './tree.js';
import { compileVariables, type ReadVariables } from './variables.js';
import type { WriteData } from './write.js';

/** What operations are compiled against: one supergraph, and how its subgraphs are reached. It never changes. */
export interface Ground extends Supply {
  /** The schema as developers see it. */
  readonly schema: GraphQLSchema;
  readonly planner: Planner;
  readonly writeData: WriteData;
}

/** An operation ready to run: parsed, validated and planned once. */
export interface CompiledOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** What it uses of the supergraph. */
  readonly part: Part;
  /** Null where no subgraph is asked. */
  readonly plan: Step | null;
  /** Its variables as the schema reads them, with their defaults. Throws BAD_USER_INPUT with all that is wrong. */
  readonly readVariables: ReadVariables;
  /** Answers it; `variables` are those that `readVariables` gave. */
  run(variables: Readonly<Record<string, unknown>>, context: GatewayContext): Promise<RunAnswer>;
}

export interface RunAnswer {
  /** JSON; that of null where something that must not be null is. */
  readonly data: Buffer;
  readonly errors: readonly GraphQLFormattedError[];
}

/** How many forms of one operation are kept, of which `@skip` and `@include` make different ones. */
const FORMS = 32;

/** What a planner is asked for a valid query; null where nothing has to be fetched. */
export function plannedTextOf(
  document: DocumentNode,
  operationName: string | null,
  reading: Omit<PlainReading, 'fragments'>,
): string | null {
  const operation = getOperationAST(document, operationName);
  return operation ? partsOf(operation, { ...reading, fragments: fragmentsOf(document) }).planned : null;
}

/** Compiles a valid query. `operationName` names it where the document has several. */
export function compileOperation(
  document: DocumentNode,
  operationName: string | null,
  { schema, planner, writeData, ...supply }: Ground,
): CompiledOperation {
  const operation = demandQuery(document, operationName);
  const fragments = fragmentsOf(document);
  const { fieldNames } = supply.types;
  const { planned, introspection } = partsOf(operation, { schema, fragments, fieldNames });
  const plan = planned === null ? null : planner.plan(planned);
  const work = compileSteps(plan, supply);
  const deciding = conditionVariables(document);
  const shapes = new LRUCache<string, ObjectShape>({ max: FORMS });

  const shapeFor = (variables: Readonly<Record<string, unknown>>): ObjectShape => {
    const form = deciding.map((name) => Number(variables[name] === true)).join('');
    const known = shapes.get(form);
    if (known) return known;
    const conditions: Conditions = Object.fromEntries(deciding.map((name) => [name, variables[name] === true]));
    const reading = { schema, fragments, conditions, fieldNames };
    const shape = projectionOf(reading, demandRoot(schema), operation.selectionSet);
    shapes.set(form, shape);
    return shape;
  };

  return {
    document,
    operation,
    part: partOf(document, plan, schema),
    plan,
    readVariables: compileVariables(schema, operation),
    async run(variables, context) {
      const { data, errors } = await runWork(work, variables, context);
      if (introspection) merge(data, askSchema(schema, introspection, variables));
      const shape = shapeFor(variables);
      const written = writeData(shape, data);
      if (written.hasFaults && errors.length === 0)
        for (const fault of findFaults(shape, data)) errors.push(faultError(fault));
      return { data: written.data, errors };
    },
  };
}

async function runWork(work: Work, variables: Run['variables'], context: GatewayContext): Promise<Run> {
  const run: Run = { data: {}, errors: [], variables, context };
  await work(run);
  return run;
}

function demandQuery(document: DocumentNode, operationName: string | null): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (operation) return operation;
  throw new Error(`the document has no operation ${operationName ?? 'without a name'}`);
}

function demandRoot(schema: GraphQLSchema) {
  const root = schema.getQueryType();
  if (root) return root;
  throw new Error('the supergraph has no queries');
}

/** What a schema says of itself, for the fields that ask. */
function askSchema(schema: GraphQLSchema, document: DocumentNode, variableValues: Run['variables']): Tree {
  const { data, errors } = executeSync({ schema, document, variableValues });
  if (!data) throw new Error('the schema did not answer for itself', { cause: errors?.[0] });
  return data;
}

function faultError({ message, path }: { message: string; path: readonly (string | number)[] }): GraphQLFormattedError {
  const error = new RequestError('SUBGRAPH_INVALID', message);
  return { message, path, extensions: error.extensions };
}
