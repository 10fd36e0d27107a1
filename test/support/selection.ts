import {
  type GraphQLField,
  type GraphQLOutputType,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** Values for arguments, by name, as GraphQL writes them: `{ first: '2', indicator: '"ucj"' }`. */
export type ArgumentValues = Readonly<Record<string, string>>;

/**
 * The field with everything below it that takes no more than `depth` levels: `name` or `coverage { percent }`.
 * Null where nothing is left to select. Throws for a required argument without a value.
 */
export function selectField(
  field: GraphQLField<unknown, unknown>,
  depth: number,
  values: ArgumentValues,
): string | null {
  const inner = selectType(field.type, depth, values);
  return inner === null ? null : `${field.name}${argumentsOf(field, values)} ${inner}`.trim();
}

/** The selection of a type in braces; empty for a leaf, null where the depth is used up. */
function selectType(type: GraphQLOutputType, depth: number, values: ArgumentValues): string | null {
  const named = getNamedType(type);
  if (!isObjectType(named) && !isInterfaceType(named)) return '';
  if (depth === 0) return null;
  const fields = Object.values(named.getFields()).flatMap((field) => selectField(field, depth - 1, values) ?? []);
  return fields.length === 0 ? null : `{ ${fields.join(' ')} }`;
}

function argumentsOf({ name, args }: GraphQLField<unknown, unknown>, values: ArgumentValues): string {
  const given = args.flatMap((argument) => {
    const value = values[argument.name];
    if (value !== undefined) return `${argument.name}: ${value}`;
    if (isRequiredArgument(argument)) throw new Error(`${name} needs ${argument.name}: add a value for it to the test`);
    return [];
  });
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}
