import { type FragmentDefinitionNode, type GraphQLSchema, getOperationAST, Kind, parse } from 'graphql';
import { partsOf } from '../../services/gateway/executor/planned-part.js';
import type { FieldNames } from '../../services/gateway/executor/types.js';

/** The part of an operation that planners are given, as text; null where nothing has to be fetched. */
export function plannedPart(text: string, schema: GraphQLSchema, fieldNames: FieldNames): string | null {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('there is not one operation');
  const definitions = document.definitions.filter(
    (node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION,
  );
  const fragments = new Map(definitions.map((fragment) => [fragment.name.value, fragment]));
  return partsOf(operation, { schema, fragments, fieldNames }).planned;
}
