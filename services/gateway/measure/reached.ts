import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { larger, plus, type Size, type Sizes, sizeAsked, sizeOf, timesOf } from './size.js';

/** What an operation reaches through its fragments. `cost` and `listSize` may depend on variables. */
export interface Reached {
  readonly roots: number;
  readonly depth: number;
  readonly fields: number;
  readonly cost: Size;
  readonly listSize: Size;
}

const NOTHING: Reached = { roots: 0, depth: 0, fields: 0, cost: 0, listSize: 0 };

/** What a value that the schema says of itself counts, and how long its lists are taken for: it is answered from memory. */
const INTROSPECTION_COST = 0.1;
const INTROSPECTION_SIZE = 2;

/**
 * What each operation and each fragment of a document reaches, by its node. The document may be invalid: what the schema
 * does not have counts as one. Each fragment is walked once for each size of the page it stands in, however often it is
 * spread. Throws for fragments that spread themselves.
 */
export function measureReached(
  schema: GraphQLSchema,
  document: DocumentNode,
): ReadonlyMap<OperationDefinitionNode | FragmentDefinitionNode, Reached> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === 'FragmentDefinition' && !fragments.has(node.name.value)) fragments.set(node.name.value, node);
  const scope: Scope = {
    schema,
    fragments,
    known: new Map(),
    open: new Set(),
    sizes: new Map(),
    typeCount: countTypes(schema),
  };
  const reached = new Map<OperationDefinitionNode | FragmentDefinitionNode, Reached>();
  for (const node of document.definitions) {
    if (node.kind === 'FragmentDefinition') reached.set(node, reachFragment(scope, node, null));
    else if (node.kind === 'OperationDefinition')
      reached.set(
        node,
        reachSelections(scope, node.selectionSet, schema.getRootType(node.operation)?.name ?? '', null),
      );
  }
  return reached;
}

interface Scope {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Fragments that were walked, by the size of the page they stand in. */
  readonly known: Map<FragmentDefinitionNode, Map<Size | null, Reached>>;
  /** Fragments that are being walked. */
  readonly open: Set<FragmentDefinitionNode>;
  readonly sizes: Sizes;
  readonly typeCount: number;
}

/** `pageSize` is the `first` of a page around these fields, which its list of nodes is counted by. */
function reachSelections(
  scope: Scope,
  { selections }: SelectionSetNode,
  typeName: string,
  pageSize: Size | null,
): Reached {
  let total = NOTHING;
  for (const selection of selections) {
    if (selection.kind === 'Field') total = add(total, reachField(scope, selection, typeName, pageSize));
    else if (selection.kind === 'InlineFragment') {
      const type = selection.typeCondition?.name.value ?? typeName;
      total = add(total, reachSelections(scope, selection.selectionSet, type, pageSize));
    } else {
      const fragment = scope.fragments.get(selection.name.value);
      total = add(total, fragment ? reachFragment(scope, fragment, pageSize) : { ...NOTHING, fields: 1 });
    }
  }
  return total;
}

function reachFragment(scope: Scope, fragment: FragmentDefinitionNode, pageSize: Size | null): Reached {
  const bySize = scope.known.get(fragment) ?? new Map<Size | null, Reached>();
  scope.known.set(fragment, bySize);
  const known = bySize.get(pageSize);
  if (known) return known;
  if (scope.open.has(fragment)) throw circular(fragment);
  scope.open.add(fragment);
  const reached = reachSelections(scope, fragment.selectionSet, fragment.typeCondition.name.value, pageSize);
  scope.open.delete(fragment);
  bySize.set(pageSize, reached);
  return reached;
}

function circular(fragment: FragmentDefinitionNode): GraphQLError {
  const message = `Cannot spread fragment "${fragment.name.value}" within itself.`;
  return new GraphQLError(message, { nodes: fragment, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
}

function reachField(scope: Scope, node: FieldNode, typeName: string, pageSize: Size | null): Reached {
  if (node.name.value === '__typename') return { ...NOTHING, roots: 1, fields: 1 };
  const field = fieldOf(scope.schema, typeName, node.name.value);
  const named = field && getNamedType(field.type);
  const isList = field !== null && isListType(getNullableType(field.type));
  const asked = field && sizeAsked(node, field, scope.sizes);
  const below = named && isCompositeType(named) ? named.name : '';
  const inner = node.selectionSet ? reachSelections(scope, node.selectionSet, below, isList ? null : asked) : NOTHING;
  const isOwn = named !== null && isIntrospectionType(named);
  const size = field === null ? 1 : isOwn ? ownSize(scope, field) : sizeOf(node, field.type, asked, pageSize);
  return {
    roots: 1,
    depth: isOwn ? 1 : inner.depth + 1, // how deep the schema may be asked of itself is a rule of validation
    fields: inner.fields + 1,
    cost: timesOf(size, plus(isOwn ? INTROSPECTION_COST : 1, inner.cost)),
    listSize: isOwn ? 0 : larger(asked ?? 0, inner.listSize),
  };
}

/** Lists of the schema itself are as long as they are, whatever is asked. */
function ownSize({ typeCount }: Scope, { name, type }: GraphQLField<unknown, unknown>): number {
  if (!isListType(getNullableType(type))) return 1;
  return name === 'types' ? typeCount : INTROSPECTION_SIZE;
}

function countTypes(schema: GraphQLSchema): number {
  return Object.keys(schema.getTypeMap()).length;
}

function fieldOf(schema: GraphQLSchema, typeName: string, fieldName: string): GraphQLField<unknown, unknown> | null {
  if (fieldName === '__schema') return SchemaMetaFieldDef;
  if (fieldName === '__type') return TypeMetaFieldDef;
  const type = schema.getType(typeName);
  return isObjectType(type) || isInterfaceType(type) ? (type.getFields()[fieldName] ?? null) : null;
}

function add(left: Reached, right: Reached): Reached {
  return {
    roots: left.roots + right.roots,
    depth: Math.max(left.depth, right.depth),
    fields: left.fields + right.fields,
    cost: plus(left.cost, right.cost),
    listSize: larger(left.listSize, right.listSize),
  };
}
