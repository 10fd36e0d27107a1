import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  separateOperations,
} from 'graphql';
import { type PlainReading, plainOperation } from './plain-operation.js';

/** An operation in the parts that are answered in different ways. */
export interface Parts {
  /** What subgraphs are asked for, as text; null where nothing is. */
  readonly planned: string | null;
  /** What the schema itself answers: `__schema` and `__type` at the root; null where they are not asked for. */
  readonly introspection: DocumentNode | null;
}

/** Parts an operation. The name of the root type belongs to neither part, nor does what literals leave out. */
export function partsOf(operation: OperationDefinitionNode, reading: PlainReading): Parts {
  const { fragments } = reading;
  const { name: _name, ...nameless } = operation;
  const flat = {
    ...nameless,
    selectionSet: selectionOf(spreadFragments(operation.selectionSet.selections, fragments)),
  };
  const planned = withSelections(flat, (name) => !name.startsWith('__'));
  const introspection = withSelections(flat, (name) => name === '__schema' || name === '__type');
  return {
    planned: planned && textOf(plainOperation(planned, reading)),
    introspection: introspection && documentOf(introspection, fragments),
  };
}

function textOf(operation: OperationDefinitionNode): string | null {
  return operation.selectionSet.selections.length === 0 ? null : print(operation);
}

/** Only the operation and the fragments that it uses. */
function documentOf(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): DocumentNode {
  const whole: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments.values()] };
  return separateOperations(whole)[''] ?? whole;
}

function selectionOf(selections: readonly SelectionNode[]) {
  return { kind: Kind.SELECTION_SET as const, selections };
}

/** Fragments at the root become inline ones, so that their fields can be parted too. */
function spreadFragments(
  selections: readonly SelectionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): SelectionNode[] {
  return selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === 'Field') return [selection];
    if (selection.kind === 'InlineFragment')
      return [
        { ...selection, selectionSet: selectionOf(spreadFragments(selection.selectionSet.selections, fragments)) },
      ];
    const fragment = fragments.get(selection.name.value);
    if (!fragment) return [];
    const { typeCondition, selectionSet } = fragment;
    const { directives } = selection;
    const inner = selectionOf(spreadFragments(selectionSet.selections, fragments));
    return [{ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: inner, ...(directives ? { directives } : {}) }];
  });
}

function withSelections(
  operation: OperationDefinitionNode,
  isWanted: (name: string) => boolean,
): OperationDefinitionNode | null {
  const selections = filterSelections(operation.selectionSet.selections, isWanted);
  return selections.length > 0 ? { ...operation, selectionSet: selectionOf(selections) } : null;
}

function filterSelections(selections: readonly SelectionNode[], isWanted: (name: string) => boolean): SelectionNode[] {
  return selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === 'Field') return isWanted(selection.name.value) ? [selection] : [];
    if (selection.kind !== 'InlineFragment') return [];
    const inner = filterSelections(selection.selectionSet.selections, isWanted);
    return inner.length > 0 ? [{ ...selection, selectionSet: selectionOf(inner) }] : [];
  });
}
