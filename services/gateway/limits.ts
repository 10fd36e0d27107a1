import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Lexer,
  type OperationDefinitionNode,
  type SelectionSetNode,
  Source,
  TokenKind,
} from 'graphql';
import { RequestError } from '../kit/errors.js';

export interface Limits {
  /** Fields below one another. */
  readonly depth: number;
  /** Fields written or reached through fragments. */
  readonly fields: number;
  /** Fields that may have to be answered, lists counted by the size asked for. */
  readonly cost: number;
}

export interface Measure {
  readonly depth: number;
  readonly fields: number;
  readonly cost: number;
}

/** What a list without a `first` counts as. */
const ASSUMED_SIZE = 10;
/** What `first` counts as when it cannot be read. */
const LARGEST_SIZE = 1000;

const MEASURES = { depth: 'depth', fields: 'number of fields', cost: 'cost' } as const;

/** Throws QUERY_TOO_COSTLY with what was measured and what is allowed. Introspection fields are not counted. */
export function demandWithin(limits: Limits, measured: Measure): void {
  for (const name of ['depth', 'fields', 'cost'] as const) {
    if (measured[name] > limits[name])
      throw tooCostly(MEASURES[name], measured[name], limits[name], { measured, limits });
  }
}

/** Throws QUERY_TOO_COSTLY for a text of more tokens than are parsed. A text that is no GraphQL is left to the parser. */
export function demandTokens(text: string, limit: number): void {
  const tokens = countTokens(text);
  if (tokens > limit)
    throw tooCostly('number of tokens', tokens, limit, { measured: { tokens }, limits: { tokens: limit } });
}

function tooCostly(
  what: string,
  measured: number,
  limit: number,
  details: Readonly<Record<string, unknown>>,
): RequestError {
  const reached = measured === Number.POSITIVE_INFINITY ? 'more than can be counted' : String(measured);
  return new RequestError(
    'QUERY_TOO_COSTLY',
    `The operation's ${what} is ${reached}; at most ${limit} is allowed: ask for less at once.`,
    details,
  );
}

function countTokens(text: string): number {
  const lexer = new Lexer(new Source(text));
  let count = 0;
  try {
    while (lexer.advance().kind !== TokenKind.EOF) count += 1;
  } catch {
    return count;
  }
  return count;
}

/** Measures an operation that is already valid. */
export function measure(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Measure {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === 'FragmentDefinition' ? [[node.name.value, node] as const] : [],
    ),
  );
  const root = schema.getRootType(operation.operation);
  if (!root) return { depth: 0, fields: 0, cost: 0 };
  return measureSelections({ schema, fragments, variables, known: new Map() }, operation.selectionSet, root.name, null);
}

interface Scope {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Measures of fragments already met: a document may spread one thousands of times. */
  readonly known: Map<string, Measure>;
}

/** `pageSize` is the `first` of a page around these fields, which its list of nodes is counted by. */
function measureSelections(
  scope: Scope,
  { selections }: SelectionSetNode,
  typeName: string,
  pageSize: number | null,
): Measure {
  let total: Measure = { depth: 0, fields: 0, cost: 0 };
  for (const selection of selections) {
    if (selection.kind === 'Field') total = add(total, measureField(scope, selection, typeName, pageSize));
    else if (selection.kind === 'InlineFragment') {
      total = add(
        total,
        measureSelections(scope, selection.selectionSet, selection.typeCondition?.name.value ?? typeName, pageSize),
      );
    } else total = add(total, measureFragment(scope, selection.name.value, pageSize));
  }
  return total;
}

function measureFragment(scope: Scope, name: string, pageSize: number | null): Measure {
  const fragment = scope.fragments.get(name);
  if (!fragment) return { depth: 0, fields: 0, cost: 0 };
  const key = `${name} ${pageSize ?? ''}`;
  const measured =
    scope.known.get(key) ??
    measureSelections(scope, fragment.selectionSet, fragment.typeCondition.name.value, pageSize);
  scope.known.set(key, measured);
  return measured;
}

function measureField(scope: Scope, node: FieldNode, typeName: string, pageSize: number | null): Measure {
  if (node.name.value.startsWith('__')) return { depth: 0, fields: 0, cost: 0 };
  const field = fieldOf(scope.schema, typeName, node.name.value);
  if (!field) return { depth: 1, fields: 1, cost: 1 };
  const named = getNamedType(field.type);
  const asked = sizeAsked(scope, node, field);
  const isList = isListType(getNullableType(field.type));
  const inner =
    node.selectionSet && isCompositeType(named)
      ? measureSelections(scope, node.selectionSet, named.name, isList ? null : asked)
      : { depth: 0, fields: 0, cost: 0 };
  const size = isList ? (asked ?? pageSize ?? (node.selectionSet ? ASSUMED_SIZE : 1)) : 1;
  return { depth: inner.depth + 1, fields: inner.fields + 1, cost: size * (1 + inner.cost) };
}

/** The size an argument asks for: `first` as a number, or the length of a list of codes. Null where no argument says one. */
function sizeAsked({ variables }: Scope, node: FieldNode, field: GraphQLField<unknown, unknown>): number | null {
  const codes = node.arguments?.find(({ name }) => name.value === 'codes');
  if (codes) return lengthOf(codes.value, variables);
  const first = field.args.find(({ name }) => name === 'first');
  if (!first) return null;
  const given = node.arguments?.find(({ name }) => name.value === 'first')?.value;
  const value =
    given?.kind === 'Variable'
      ? (variables[given.name.value] ?? first.defaultValue)
      : given?.kind === 'IntValue'
        ? Number(given.value)
        : first.defaultValue;
  return typeof value === 'number' ? Math.max(1, value) : LARGEST_SIZE;
}

function lengthOf(value: ASTNode, variables: Readonly<Record<string, unknown>>): number {
  if (value.kind === 'ListValue') return Math.max(1, value.values.length);
  const given = value.kind === 'Variable' ? variables[value.name.value] : null;
  return Array.isArray(given) ? Math.max(1, given.length) : 1;
}

function fieldOf(schema: GraphQLSchema, typeName: string, fieldName: string): GraphQLField<unknown, unknown> | null {
  const type = schema.getType(typeName);
  return isObjectType(type) || isInterfaceType(type) ? (type.getFields()[fieldName] ?? null) : null;
}

function add(left: Measure, right: Measure): Measure {
  return { depth: Math.max(left.depth, right.depth), fields: left.fields + right.fields, cost: left.cost + right.cost };
}
