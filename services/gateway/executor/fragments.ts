import type { DocumentNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';

/** The fragments of a document by their names. */
export function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    definitions.flatMap((node) => (node.kind === 'FragmentDefinition' ? [[node.name.value, node] as const] : [])),
  );
}

/** What the operations of a document select at their roots. */
export function rootsOf({ definitions }: DocumentNode): SelectionSetNode[] {
  return definitions.flatMap((node) => (node.kind === 'OperationDefinition' ? [node.selectionSet] : []));
}
