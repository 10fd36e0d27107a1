import {
  type DirectiveNode,
  doTypesOverlap,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { conditionOf, literalOf } from './conditions.js';
import { fetchedName } from './safe-alias.js';
import { sentVariable } from './safe-variable.js';
import type { FieldNames } from './types.js';

/** What an operation is read with. */
export interface PlainReading {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly fieldNames: FieldNames;
}

/**
 * The same operation in the plainest form, for planners stumble over others. Fragments have no names, nothing is left that
 * a literal or the types around it leave out, no fragment asks for a type that the object is of anyway, no alias is the
 * name of a field, and no variable has a name that planners give. Where all that is asked of a field depends on something,
 * the type is asked for as well: there is an object to be found, or null, whatever becomes of its fields. Conditions stand
 * where Hive's planner keeps them: of an object in fragments, else it forgets them after a field of another subgraph; of
 * an interface at fields, else it plans them for one member only. Nothing may be left at the root.
 */
export function plainOperation(operation: OperationDefinitionNode, reading: PlainReading): OperationDefinitionNode {
  const { schema, fragments, fieldNames } = reading;
  const info = new TypeInfo(schema);
  const plain = (node: InlineFragmentNode) => plainFragment(schema, node, info.getParentType());
  const visitor = visitWithTypeInfo(info, {
    Field(node) {
      if (isLeftOut(node.directives)) return null;
      const { alias, ...rest } = node;
      const fetched = fetchedName(node, fieldNames);
      if (fetched === node.name.value) return alias && rest;
      return fetched === alias?.value ? undefined : { ...rest, alias: nameNode(fetched) };
    },
    FragmentSpread(node) {
      return isLeftOut(node.directives) ? null : plain(spread(node, fragments));
    },
    InlineFragment: {
      enter: (node) => (isLeftOut(node.directives) ? null : plain(node)),
      leave: ({ selectionSet }) => (selectionSet.selections.length === 0 ? null : undefined),
    },
    Variable({ name }) {
      const sent = sentVariable(name.value);
      return sent === name.value ? undefined : { kind: Kind.VARIABLE, name: nameNode(sent) };
    },
    Directive(node) {
      return literalOf(node) === undefined ? undefined : null;
    },
    SelectionSet: {
      leave(set, _key, parent) {
        const isRoot = info.getParentType() === schema.getQueryType();
        const selections = isRoot
          ? set.selections
          : set.selections.flatMap(isInterfaceType(info.getParentType()) ? unwrapped : wrapped);
        const isOfField = parent !== undefined && 'kind' in parent && parent.kind === Kind.FIELD;
        const isOpen = isOfField && !selections.some(isCertain);
        return { ...set, selections: isOpen ? [...selections, TYPENAME] : selections };
      },
    },
  });
  return visit(operation, visitor);
}

const TYPENAME = { kind: Kind.FIELD, name: nameNode('__typename') } as const;

function nameNode(value: string) {
  return { kind: Kind.NAME, value } as const;
}

function isLeftOut(directives: readonly DirectiveNode[] = []): boolean {
  return directives.some((directive) => literalOf(directive) === false);
}

/** A field with conditions, in a fragment that has them. */
function wrapped(selection: SelectionNode): SelectionNode {
  if (selection.kind !== Kind.FIELD || isCertain(selection)) return selection;
  const { directives = [], ...field } = selection;
  return { kind: Kind.INLINE_FRAGMENT, directives, selectionSet: { kind: Kind.SELECTION_SET, selections: [field] } };
}

/** What stands in a fragment without a type, each under the conditions of the fragment. */
function unwrapped(selection: SelectionNode): readonly SelectionNode[] {
  if (selection.kind !== Kind.INLINE_FRAGMENT || selection.typeCondition) return [selection];
  const { directives = [], selectionSet } = selection;
  return selectionSet.selections.map((part) => {
    const own = part.directives ?? [];
    const added = directives.filter((directive) => own.every((one) => print(one) !== print(directive)));
    const isFree = added.every(({ name }) => own.every((one) => one.name.value !== name.value));
    return isFree
      ? { ...part, directives: [...own, ...added] }
      : { ...selection, selectionSet: { ...selectionSet, selections: [part] } };
  });
}

/** True for a field without conditions, once literals are settled. */
function isCertain(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && !selection.directives?.some((directive) => conditionOf(directive));
}

/** A valid operation has the fragments that it spreads. */
function spread(
  { name, directives = [] }: FragmentSpreadNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): InlineFragmentNode {
  const fragment = fragments.get(name.value);
  if (!fragment) throw new Error(`there is no fragment ${name.value}`);
  const { typeCondition, selectionSet } = fragment;
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet, directives };
}

/** Without its type where every object there is of it; null where none can be, within the types around it. */
function plainFragment(
  schema: GraphQLSchema,
  node: InlineFragmentNode,
  parent: GraphQLCompositeType | null | undefined,
): InlineFragmentNode | null {
  const { typeCondition, ...rest } = node;
  const type = typeCondition && schema.getType(typeCondition.name.value);
  if (!parent || !isCompositeType(type)) return node;
  if (!doTypesOverlap(schema, parent, type)) return null;
  const isWider = isAbstractType(type) && !isUnionType(parent) && schema.isSubType(type, parent);
  return type === parent || isWider ? rest : node;
}
