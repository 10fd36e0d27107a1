import type { Trace } from '@apollo/usage-reporting-protobuf';
import {
  defaultFieldResolver,
  type ExecutionResult,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import type { Execute } from './execute.js';

/** Notes when the fields of one answer were resolved. */
interface FieldTrace {
  begin(info: GraphQLResolveInfo): Trace.Node;
  now(): number;
  /** The trace as the extension `ftv1` has it. Of an error it tells where it was, and nothing of what it says. */
  end(errors: ExecutionResult['errors']): string;
}

/**
 * The same answers, with `ftv1` in the extensions of those that are asked for it: when each field was resolved, in the form
 * of Apollo's federated tracing. The fields of the schema are changed for it.
 */
export async function tracingFields(schema: GraphQLSchema, execute: Execute): Promise<Execute> {
  const protobuf = await import('@apollo/usage-reporting-protobuf');
  const traces = new WeakMap<object, FieldTrace>();
  watchFields(schema, (context) => traces.get(context));
  return async (request, context) => {
    if (request.isTraced !== true) return execute(request, context);
    const own = Object.create(context) as object; // contexts are shared, and this trace is of one answer
    const trace = beginTrace(protobuf);
    traces.set(own, trace);
    const result = await execute(request, own);
    return { ...result, extensions: { ...result.extensions, ftv1: trace.end(result.errors) } };
  };
}

function watchFields(schema: GraphQLSchema, traceOf: (context: object) => FieldTrace | undefined): void {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
  for (const field of types.flatMap((type) => Object.values(type.getFields()))) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, args, context, info) => {
      const trace = traceOf(context);
      const work = () => resolve(source, args, context, info);
      return trace === undefined ? work() : timed(trace, info, work);
    };
  }
}

function timed(trace: FieldTrace, info: GraphQLResolveInfo, resolve: () => unknown): unknown {
  const node = trace.begin(info);
  const end = () => {
    node.endTime = trace.now();
  };
  const value = resolve();
  if (value instanceof Promise) value.then(end, end);
  else end();
  return value;
}

type Path = GraphQLResolveInfo['path'] | undefined;
type Protobuf = typeof import('@apollo/usage-reporting-protobuf');

function beginTrace({ Trace, google }: Protobuf): FieldTrace {
  const begun = performance.now();
  const now = () => Math.round((performance.now() - begun) * 1e6); // nanoseconds
  const timestamp = (ms: number) =>
    new google.protobuf.Timestamp({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1e6 });
  const root = new Trace.Node();
  const trace = new Trace({ root, fieldExecutionWeight: 1, startTime: timestamp(Date.now()) });
  const nodes = new Map<string, Trace.Node>([['', root]]);
  const nodeAt = (path: Path): Trace.Node => {
    const name = nameOf(path);
    const known = nodes.get(name);
    if (known || path === undefined) return known ?? root;
    const node = new Trace.Node(typeof path.key === 'number' ? { index: path.key } : { responseName: path.key });
    nodes.set(name, node);
    nodeAt(path.prev).child.push(node);
    return node;
  };
  return {
    now,
    begin({ path, fieldName, parentType, returnType }) {
      const originalFieldName = path.key === fieldName ? '' : fieldName;
      const facts = { type: String(returnType), parentType: parentType.name, originalFieldName, startTime: now() };
      return Object.assign(nodeAt(path), facts);
    },
    end(errors = []) {
      for (const { path = [] } of errors)
        (nodes.get(path.join('.')) ?? root).error.push(new Trace.Error({ message: '<masked>' }));
      Object.assign(trace, { durationNs: now(), endTime: timestamp(Date.now()) });
      return Buffer.from(Trace.encode(trace).finish()).toString('base64');
    },
  };
}

function nameOf(path: Path): string {
  return path === undefined ? '' : [nameOf(path.prev), path.key].filter((part) => part !== '').join('.');
}
