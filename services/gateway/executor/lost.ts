import { Kind, parse, type SelectionNode } from 'graphql';
import { type Conditions, conditionVariables, isLeftOut } from './conditions.js';
import { rootsOf } from './fragments.js';
import type { EntityFetch, Fetch } from './plan.js';
import { rewrittenName } from './rewrite.js';
import { givenVariable } from './safe-variable.js';
import type { Types } from './types.js';

type Variables = Readonly<Record<string, unknown>>;

/** The names of the fields that an entity of a type was asked for in a fetch: those it lacks where it was not given. */
export function lostNames(
  { operation }: Fetch,
  { field, outputRewrites }: EntityFetch,
  typename: unknown,
  variables: Variables,
  types: Types,
): string[] {
  const document = parse(operation);
  const names = conditionVariables(document).map((name) => [name, variables[givenVariable(name)] === true] as const);
  const conditions: Conditions = Object.fromEntries(names);
  const namesIn = (selections: readonly SelectionNode[]): string[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD || isLeftOut(selection.directives, conditions)) return [];
      if (selection.kind === Kind.FIELD)
        return selection.name.value === '__typename'
          ? []
          : [rewrittenName(outputRewrites, (selection.alias ?? selection.name).value)];
      const type = selection.typeCondition?.name.value;
      const applies = type === undefined || typeof typename !== 'string' || types.isOf(typename, type);
      return applies ? namesIn(selection.selectionSet.selections) : [];
    });
  const found = rootsOf(document).flatMap(({ selections }) => selections);
  const entities = found.flatMap((selection) =>
    selection.kind === Kind.FIELD && (selection.alias ?? selection.name).value === field
      ? (selection.selectionSet?.selections ?? [])
      : [],
  );
  return [...new Set(namesIn(entities))];
}
