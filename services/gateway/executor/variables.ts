import {
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  type ListTypeNode,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type TypeNode,
  type VariableDefinitionNode,
} from 'graphql';

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

/** Reads the variables of one operation: see `readVariables`. */
export type ReadVariables = (given: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** The same for one operation, sooner where every variable is given as plainly as most are. */
export function compileVariables(schema: GraphQLSchema, operation: OperationDefinitionNode): ReadVariables {
  const variables = (operation.variableDefinitions ?? []).map(plainVariable);
  return (given) => {
    const read: Record<string, unknown> = {};
    for (const { name, isPlain } of variables) {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      if (!isPlain(value)) return readVariables(schema, operation, given);
      read[name] = value;
    }
    return read;
  };
}

/** True for a value that its type takes as it is. */
type IsPlain = (value: unknown) => boolean;

const neverPlain: IsPlain = () => false;

const PLAIN: Readonly<Record<string, IsPlain>> = {
  ID: (value) => typeof value === 'string',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
};

function plainVariable({ variable, type }: VariableDefinitionNode): {
  readonly name: string;
  readonly isPlain: IsPlain;
} {
  const name = variable.name.value;
  return { name, isPlain: name === '__proto__' ? neverPlain : plainOf(type) }; // which assigning takes for another thing
}

/** A number, or a value of a type of its own, is looked at closely, each time. */
function plainOf(type: TypeNode): IsPlain {
  if (type.kind !== 'NonNullType') return orNull(requiredOf(type));
  return requiredOf(type.type);
}

function requiredOf(type: NamedTypeNode | ListTypeNode): IsPlain {
  if (type.kind === 'NamedType') return PLAIN[type.name.value] ?? neverPlain;
  const isItemPlain = plainOf(type.type);
  return (value) => Array.isArray(value) && value.every(isItemPlain);
}

function orNull(isPlain: IsPlain): IsPlain {
  return (value) => value === null || isPlain(value);
}
