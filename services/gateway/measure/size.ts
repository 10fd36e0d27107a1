import { type FieldNode, type GraphQLField, type GraphQLOutputType, getNullableType, isListType } from 'graphql';

export type Variables = Readonly<Record<string, unknown>>;

/** A number that may depend on the variables of a request, but on nothing else of it. */
export type Size = number | ((variables: Variables) => number);

/** Sizes by what they read, so that the same is one value: fragments are walked once for each. */
export type Sizes = Map<string, Size>;

/** What a list without a `first` counts as. */
const ASSUMED_SIZE = 10;
/** What `first` counts as when it cannot be read. */
const LARGEST_SIZE = 1000;

/** The size an argument asks for: `first` as a number, or the length of a list of codes. Null where no argument says one. */
export function sizeAsked(node: FieldNode, field: GraphQLField<unknown, unknown>, sizes: Sizes): Size | null {
  const given = (name: string) => node.arguments?.find((argument) => argument.name.value === name)?.value;
  const codes = given('codes');
  if (codes) return codes.kind === 'Variable' ? lengthOf(codes.name.value, sizes) : lengthOfList(codes);
  const first = field.args.find(({ name }) => name === 'first');
  if (!first) return null;
  const value = given('first');
  if (value?.kind === 'Variable') return numberOf(value.name.value, first.defaultValue, sizes);
  return atLeastOne(value?.kind === 'IntValue' ? Number(value.value) : first.defaultValue);
}

/** How many values a field gives: a list has the size asked for here, or by the page around it. */
export function sizeOf(node: FieldNode, type: GraphQLOutputType, asked: Size | null, pageSize: Size | null): Size {
  if (!isListType(getNullableType(type))) return 1;
  return asked ?? pageSize ?? (node.selectionSet ? ASSUMED_SIZE : 1);
}

function lengthOf(variable: string, sizes: Sizes): Size {
  return once(sizes, `length ${variable}`, (variables) => {
    const value = variables[variable];
    return Array.isArray(value) ? Math.max(1, value.length) : 1;
  });
}

function lengthOfList(value: { readonly kind: string; readonly values?: readonly unknown[] }): number {
  return Math.max(1, value.values?.length ?? 1);
}

function numberOf(variable: string, fallback: unknown, sizes: Sizes): Size {
  return once(sizes, `number ${variable} ${fallback}`, (variables) => atLeastOne(variables[variable] ?? fallback));
}

function once(sizes: Sizes, name: string, size: Size): Size {
  const known = sizes.get(name) ?? size;
  sizes.set(name, known);
  return known;
}

function atLeastOne(value: unknown): number {
  return typeof value === 'number' ? Math.max(1, value) : LARGEST_SIZE;
}

export function sizeFor(size: Size, variables: Variables): number {
  return typeof size === 'number' ? size : size(variables);
}

/** left + right, known at once where both are. */
export function plus(left: Size, right: Size): Size {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (left === 0) return right;
  if (right === 0) return left;
  return (variables) => sizeFor(left, variables) + sizeFor(right, variables);
}

export function timesOf(left: Size, right: Size): Size {
  if (typeof left === 'number' && typeof right === 'number') return left * right;
  if (left === 1) return right;
  return (variables) => sizeFor(left, variables) * sizeFor(right, variables);
}

export function larger(left: Size, right: Size): Size {
  if (typeof left === 'number' && typeof right === 'number') return Math.max(left, right);
  if (left === right) return left;
  return (variables) => Math.max(sizeFor(left, variables), sizeFor(right, variables));
}
