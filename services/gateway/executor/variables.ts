import { GraphQLError, type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';

/** How many of a request's wrong variables are told. */
const MOST_PROBLEMS = 10;
/** How much is told of each: a message repeats the value that was given. */
const LONGEST_MESSAGE = 300;

/** The variables of a request as the schema reads them, with their defaults. Throws BAD_USER_INPUT with all that is wrong. */
export function readVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (variableDefinitions.length === 0) return {};
  const { coerced, errors } = getVariableValues(schema, variableDefinitions, given, { maxErrors: MOST_PROBLEMS });
  if (coerced) return coerced;
  const message = errors.map((error) => error.message.slice(0, LONGEST_MESSAGE)).join(' ');
  throw new GraphQLError(message, { nodes: errors[0]?.nodes ?? null, extensions: { code: 'BAD_USER_INPUT' } });
}
