import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { type Conditions, isLeftOut } from './conditions.js';
import type { FieldNames } from './types.js';

/** What a selection is read with. */
export interface Reading {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly conditions: Conditions;
  readonly fieldNames: FieldNames;
}

/** The fields selected of a type, by response name in the order of the answer; a name may be selected several times. */
export function collectFields(
  reading: Reading,
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  for (const selectionSet of selectionSets) collectInto(fields, spread, reading, selectionSet, type);
  return fields;
}

/**
 * False where the fields depend on which object of an interface or union it is: on a fragment that is meant for some of
 * them, within what is selected of the type itself.
 */
export function isDecided(
  reading: Reading,
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
): boolean {
  const isFor = (condition: string | undefined, { selections }: SelectionSetNode) =>
    applies(reading.schema, condition, type) ? selections.every(isSettled) : false;
  const isSettled = (selection: SelectionNode): boolean => {
    if (selection.kind === 'Field' || isLeftOut(selection.directives, reading.conditions)) return true;
    if (selection.kind === 'InlineFragment') return isFor(selection.typeCondition?.name.value, selection.selectionSet);
    const fragment = reading.fragments.get(selection.name.value);
    return !fragment || isFor(fragment.typeCondition.name.value, fragment.selectionSet);
  };
  return selectionSets.every(({ selections }) => selections.every(isSettled));
}

function collectInto(
  fields: Map<string, FieldNode[]>,
  spread: Set<string>,
  reading: Reading,
  { selections }: SelectionSetNode,
  type: GraphQLCompositeType,
): void {
  for (const selection of selections) {
    if (isLeftOut(selection.directives, reading.conditions)) continue;
    if (selection.kind === 'Field') {
      const name = selection.alias?.value ?? selection.name.value;
      fields.set(name, [...(fields.get(name) ?? []), selection]);
    } else if (selection.kind === 'InlineFragment') {
      const { typeCondition, selectionSet } = selection;
      if (applies(reading.schema, typeCondition?.name.value, type))
        collectInto(fields, spread, reading, selectionSet, type);
    } else {
      const fragment = reading.fragments.get(selection.name.value);
      if (!fragment || spread.has(selection.name.value)) continue;
      spread.add(selection.name.value);
      if (applies(reading.schema, fragment.typeCondition.name.value, type))
        collectInto(fields, spread, reading, fragment.selectionSet, type);
    }
  }
}

function applies(schema: GraphQLSchema, condition: string | undefined, type: GraphQLCompositeType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  if (!wanted || !isCompositeType(wanted) || !isAbstractType(wanted)) return false;
  return 'getInterfaces' in type && schema.isSubType(wanted, type);
}
