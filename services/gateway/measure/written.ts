import {
  type ArgumentNode,
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  GraphQLError,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql';
import type { Measured } from '../limits.js';

/**
 * Counts what stands in a document, which may be invalid, in one walk. Throws for names given twice in one place, of
 * which validation would tell every place.
 */
export function measureWritten({ definitions }: DocumentNode): Measured {
  let [directives, aliases] = [0, 0];
  const addDirectives = (list: readonly (DirectiveNode | ConstDirectiveNode)[] = []) => {
    directives += list.length;
    for (const directive of list) demandNamedOnce('argument', directive.arguments);
  };
  const walk = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      addDirectives(selection.directives);
      if (selection.kind === 'Field') {
        if (selection.alias) aliases += 1;
        demandNamedOnce('argument', selection.arguments);
      }
      if (selection.kind !== 'FragmentSpread' && selection.selectionSet) walk(selection.selectionSet);
    }
  };
  for (const definition of definitions) {
    if (definition.kind !== 'OperationDefinition' && definition.kind !== 'FragmentDefinition') continue;
    addDirectives(definition.directives);
    const variables = definition.variableDefinitions ?? [];
    for (const variable of variables) addDirectives(variable.directives);
    demandNamedOnce('variable', variables);
    walk(definition.selectionSet);
  }
  return { definitions: definitions.length, directives, aliases };
}

function demandNamedOnce(what: string, nodes: readonly (ArgumentNode | VariableDefinitionNode)[] = []): void {
  if (nodes.length < 2) return;
  const seen = new Map<string, ArgumentNode | VariableDefinitionNode>();
  for (const node of nodes) {
    const name = node.kind === 'Argument' ? node.name.value : `$${node.variable.name.value}`;
    const first = seen.get(name);
    if (first) throw invalidDocument(`There can be only one ${what} named "${name}".`, [first, node]);
    seen.set(name, node);
  }
}

/** An error as validation gives it, found before. */
export function invalidDocument(message: string, nodes: readonly (ArgumentNode | VariableDefinitionNode)[]) {
  return new GraphQLError(message, { nodes, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
}
