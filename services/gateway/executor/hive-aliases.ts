import { type FieldNode, Kind, parse, print, type SelectionNode, stripIgnoredCharacters, visit } from 'graphql';
import { rootsOf } from './fragments.js';
import type { Rewrite, RewriteSegment } from './plan.js';

/** The operation of a fetch, and the changes to what it brings. */
export interface Aliased {
  readonly operation: string;
  readonly rewrites: readonly Rewrite[];
}

/**
 * Where a field is of another type in each member of an interface or union, Hive's planner asks for it under an alias, and
 * renames it in the answer. It counts its aliases for each member anew, so that two fields of one object may get the same
 * one, which subgraphs refuse. Here each gets one of its own. `root` is the field that holds what is changed; null for the
 * root itself.
 */
export function withOwnAliases({ operation, rewrites }: Aliased, root: string | null): Aliased {
  const names = rewrites.filter(isRename).map(({ path }) => keyOf(path.at(-1)));
  const above = rewrites.flatMap(({ path }) => path.slice(0, -1).map(keyOf));
  if (new Set(names).size === names.length || names.some((name) => above.includes(name)))
    return { operation, rewrites };
  const document = parse(operation);
  const selections = rootsOf(document).flatMap((root) => root.selections);
  const aliases = new Map<FieldNode, string>();
  const changed = rewrites.map((rewrite, index): Rewrite => {
    if (!isRename(rewrite)) return rewrite;
    const own = `${keyOf(rewrite.path.at(-1))}_${index}`;
    const path = root === null ? rewrite.path : [{ key: root }, ...rewrite.path];
    for (const field of fieldsAt(selections, path)) aliases.set(field, own);
    return { ...rewrite, path: [...rewrite.path.slice(0, -1), { key: own }] };
  });
  const edited = visit(document, {
    Field(node) {
      const own = aliases.get(node);
      return own === undefined ? undefined : { ...node, alias: { kind: Kind.NAME, value: own } };
    },
  });
  return { operation: stripIgnoredCharacters(print(edited)), rewrites: changed };
}

function isRename(rewrite: Rewrite): rewrite is Extract<Rewrite, { readonly rename: string }> {
  return 'rename' in rewrite;
}

function keyOf(segment: RewriteSegment | undefined): string {
  return segment && 'key' in segment ? segment.key : '';
}

/** The fields at a path. Fragments that it does not name belong to the object that they stand in. */
function fieldsAt(selections: readonly SelectionNode[], path: readonly RewriteSegment[]): FieldNode[] {
  const [segment, ...rest] = path;
  if (segment === undefined) return [];
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return []; // the planner writes none
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const { typeCondition, selectionSet } = selection;
      const isNamed = 'types' in segment && typeCondition && segment.types.includes(typeCondition.name.value);
      return fieldsAt(selectionSet.selections, isNamed ? rest : path);
    }
    if (keyOf(segment) !== (selection.alias ?? selection.name).value) return [];
    return rest.length === 0 ? [selection] : fieldsAt(selection.selectionSet?.selections ?? [], rest);
  });
}
