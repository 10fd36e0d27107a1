import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isUnionType,
  Kind,
  parse,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { SubgraphSchema } from '../../services/gateway/supergraph.js';
import type { Operation } from './operation.js';

/** What stands at each field in the subgraphs: `@requires` at `Cat.sum`. */
export type Marks = ReadonlyMap<string, ReadonlySet<string>>;

export function readMarks(subgraphs: readonly SubgraphSchema[]): Marks {
  const marks = new Map<string, Set<string>>();
  for (const { sdl } of subgraphs) {
    for (const type of parse(sdl).definitions) {
      if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
      const isInterface = type.directives?.some(({ name }) => name.value === 'interfaceObject');
      for (const { name, directives = [] } of type.fields ?? []) {
        const coordinate = `${type.name.value}.${name.value}`;
        const names = directives.map((directive) => `@${directive.name.value}`);
        const all = [...names, ...(isInterface ? ['@interfaceObject'] : [])];
        marks.set(coordinate, new Set([...(marks.get(coordinate) ?? []), ...all]));
      }
    }
  }
  return marks;
}

/** What an operation is made of, each once: for the tally. */
export function featuresOf({ text }: Operation, schema: GraphQLSchema, marks: Marks): Set<string> {
  const found = new Set<string>();
  const info = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(info, {
    Field(node) {
      const [parent, type] = [info.getParentType(), info.getType()];
      addField(found, node);
      if (parent) for (const mark of marksAt(schema, marks, parent, node.name.value)) found.add(mark);
      if (type) addType(found, type);
    },
    SelectionSet(node) {
      if (hasTwice(node)) found.add('a name twice');
    },
    FragmentSpread() {
      found.add('named fragment');
    },
    InlineFragment() {
      found.add('inline fragment');
    },
    Directive({ arguments: given = [] }) {
      found.add(
        given.some(({ value }) => value.kind === Kind.VARIABLE) ? 'condition by variable' : 'condition by literal',
      );
    },
    Argument() {
      if (isInputObjectType(getNamedType(info.getInputType()))) found.add('input object');
    },
    VariableDefinition({ defaultValue }) {
      found.add(defaultValue ? 'variable with default' : 'variable');
    },
  });
  visit(parse(text), visitor);
  return found;
}

function addField(found: Set<string>, { alias, name, arguments: given = [] }: FieldNode): void {
  if (alias) found.add(alias.value in Object.prototype ? 'alias of an inherited name' : 'alias');
  if (name.value === '__typename') found.add(alias ? 'aliased __typename' : '__typename');
  if (name.value === '__schema' || name.value === '__type') found.add('introspection');
  if (given.length > 0) found.add('arguments');
}

function addType(found: Set<string>, type: GraphQLOutputType): void {
  const named = getNamedType(type);
  if (isInterfaceType(named)) found.add('interface');
  if (isUnionType(named)) found.add('union');
  if (isEnumType(named)) found.add('enum');
  if (named.name === 'Stamp') found.add('custom scalar');
  const list = getNullableType(type);
  if (isListType(list)) found.add(isListType(getNullableType(list.ofType)) ? 'list of lists' : 'list');
}

function marksAt(schema: GraphQLSchema, marks: Marks, parent: GraphQLCompositeType, field: string): string[] {
  const types = isAbstractType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent];
  return types.flatMap(({ name }) => [...(marks.get(`${name}.${field}`) ?? marks.get(`Media.${field}`) ?? [])]);
}

function hasTwice({ selections }: SelectionSetNode): boolean {
  const names = selections.flatMap((one) => (one.kind === Kind.FIELD ? [(one.alias ?? one.name).value] : []));
  return new Set(names).size < names.length;
}
