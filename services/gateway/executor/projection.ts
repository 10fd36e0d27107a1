import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { collectFields, isDecided, type Reading } from './collect.js';
import { anyLeaf, type Leaf, leafOf } from './leaf.js';
import { fetchedName } from './safe-alias.js';

/** What an answer looks like: which names, in which order, of which types. */
export type Shape = Leaf | ListShape | ObjectShape;

export interface ListShape {
  readonly kind: 'list';
  readonly item: Shape;
  /** True where an item that is null makes the list null. */
  readonly isItemRequired: boolean;
}

export interface ObjectShape {
  readonly kind: 'object';
  /** The fields of an object, which may differ by its type; null for a type that it cannot be. */
  fieldsFor(typename: unknown): readonly Field[] | null;
}

export interface Field {
  readonly name: string;
  /** The name it was fetched under. */
  readonly source: string;
  /** True for a source that every object inherits something under, such as `constructor`. */
  readonly isInherited: boolean;
  /** The name as JSON with its colon. */
  readonly key: string;
  /** The same after another field. */
  readonly nextKey: string;
  /** True where null makes its object null. */
  readonly isRequired: boolean;
  readonly shape: Shape;
  /** The JSON text of a value that depends on the type alone; null for what is read from the answer. */
  readonly constant: string | null;
  /** As an error names it: `Region.coverage`. */
  readonly coordinate: string;
}

/** The shape of the answer to an operation. */
export function projectionOf(
  reading: Reading,
  root: GraphQLCompositeType,
  selectionSet: SelectionSetNode,
): ObjectShape {
  return objectShape(reading, root, [selectionSet]);
}

function shapeOf(reading: Reading, type: GraphQLOutputType, selectionSets: readonly SelectionSetNode[]): Shape {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const item: GraphQLOutputType = nullable.ofType;
    return { kind: 'list', item: shapeOf(reading, item, selectionSets), isItemRequired: isNonNullType(item) };
  }
  if (isLeafType(nullable)) return leafOf(nullable);
  return objectShape(reading, nullable, selectionSets);
}

function objectShape(
  reading: Reading,
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
): ObjectShape {
  if (!isAbstractType(type)) {
    const fields = fieldsOf(reading, type, selectionSets);
    return { kind: 'object', fieldsFor: () => fields };
  }
  const known = new Map<unknown, readonly Field[]>(); // by what objects say: names of types only are kept
  return {
    kind: 'object',
    fieldsFor(typename) {
      const fields = known.get(typename) ?? fieldsSaid(reading, type, typename, selectionSets);
      if (fields) known.set(typename, fields);
      return fields;
    },
  };
}

function fieldsSaid(
  reading: Reading,
  declared: GraphQLCompositeType,
  typename: unknown,
  selectionSets: readonly SelectionSetNode[],
): readonly Field[] | null {
  const type = actualType(reading.schema, declared, typename);
  if (type === null) return null;
  const isOpen = isAbstractType(type) && type.name === typename; // an interface object of which nobody told more
  return isOpen && !isDecided(reading, selectionSets, type) ? null : fieldsOf(reading, type, selectionSets);
}

/** The type an object says it is. One that says nothing, or names an interface, has the fields selected of that. */
function actualType(
  schema: GraphQLSchema,
  declared: GraphQLCompositeType,
  typename: unknown,
): GraphQLCompositeType | null {
  if (typename === undefined || typename === null) return declared;
  const type = typeof typename === 'string' ? schema.getType(typename) : undefined;
  if (!type || !isCompositeType(type)) return null;
  if (type === declared || !isAbstractType(declared)) return type;
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(declared, type) ? type : null;
}

function fieldsOf(
  reading: Reading,
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
): readonly Field[] {
  const fields: Field[] = [];
  for (const [name, nodes] of collectFields(reading, selectionSets, type)) {
    const field = fieldOf(reading, type, name, nodes);
    if (field) fields.push(field);
  }
  return fields;
}

function fieldOf(
  reading: Reading,
  type: GraphQLCompositeType,
  name: string,
  nodes: readonly FieldNode[],
): Field | null {
  const [first] = nodes;
  if (!first) return null;
  const isIntrospection = first.name.value === '__schema' || first.name.value === '__type';
  const source = isIntrospection ? name : fetchedName(first, reading.fieldNames);
  const key = `${JSON.stringify(name)}:`;
  const names = { name, source, isInherited: source in Object.prototype, key, nextKey: `,${key}` };
  const field = { ...names, coordinate: `${type.name}.${first.name.value}`, constant: null };
  if (first.name.value === '__typename')
    return { ...field, isRequired: true, shape: typenameLeaf(reading.schema), constant: typenameOf(type) };
  if (isIntrospection) return { ...field, isRequired: false, shape: anyLeaf };
  const definition = 'getFields' in type ? type.getFields()[first.name.value] : undefined;
  if (!definition) return null;
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const shape = shapeOf(reading, definition.type, selectionSets);
  return { ...field, isRequired: isNonNullType(definition.type), shape };
}

/** The type of an object is never an interface, though an interface object may say so. */
function typenameLeaf(schema: GraphQLSchema): Leaf {
  const isType = (value: unknown) => typeof value === 'string' && isObjectType(schema.getType(value));
  return { kind: 'leaf', write: (value) => (isType(value) ? JSON.stringify(value) : null) };
}

/** Null where only an interface is known: what the object is cannot be said then. */
function typenameOf(type: GraphQLCompositeType): string | null {
  return isObjectType(type) ? JSON.stringify(type.name) : null;
}
