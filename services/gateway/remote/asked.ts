import { type FragmentDefinitionNode, parse, type SelectionSetNode } from 'graphql';
import { fragmentsOf, rootsOf } from '../executor/fragments.js';
import { CallFailure } from './failure.js';

/** Takes from an answer what nobody asked for, so that a subgraph cannot speak for the fields of another. */
export type Prune = (data: unknown) => void;

/** The names asked for, in their order, which is that of a good answer, with those below each; null below a leaf. */
interface Asked {
  readonly names: readonly string[];
  readonly below: readonly (Asked | null)[];
  readonly placeOf: ReadonlyMap<string, number>;
}

/** How deep lists, and values of a scalar of the subgraph's own, may be nested. */
const DEEPEST = 64;

/** Compiles it for one operation. It throws a CallFailure for values that are nested without end. */
export function compilePrune(operation: string): Prune {
  const document = parse(operation);
  const fragments = fragmentsOf(document);
  const asked = askedIn(rootsOf(document), fragments);
  return (data) => prune(asked, data, 0);
}

function askedIn(
  selectionSets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Asked {
  const below = new Map<string, SelectionSetNode[]>();
  const collect = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (selection.kind === 'Field') {
        const name = (selection.alias ?? selection.name).value;
        const { selectionSet } = selection;
        below.set(name, [...(below.get(name) ?? []), ...(selectionSet ? [selectionSet] : [])]);
      } else {
        const inner = selection.kind === 'InlineFragment' ? selection : fragments.get(selection.name.value);
        if (inner) collect(inner.selectionSet);
      }
    }
  };
  selectionSets.forEach(collect);
  const names = [...below.keys()];
  return {
    names,
    below: [...below.values()].map((inner) => (inner.length > 0 ? askedIn(inner, fragments) : null)),
    placeOf: new Map(names.map((name, place) => [name, place])),
  };
}

function prune(asked: Asked, value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEEPEST) throw endless();
  if (Array.isArray(value)) {
    for (const item of value) prune(asked, item, depth + 1);
    return;
  }
  const tree = value as Record<string, unknown>; // an object has fields
  let next = 0;
  for (const name in tree) {
    const place = asked.names[next] === name ? next : asked.placeOf.get(name);
    if (place === undefined) {
      delete tree[name];
      continue;
    }
    next = place + 1;
    const inner = tree[name];
    if (typeof inner !== 'object' || inner === null) continue;
    const below = asked.below[place] ?? null;
    if (below === null) demandShallow(inner, 0);
    else prune(below, inner, 0);
  }
}

function demandShallow(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEEPEST) throw endless();
  for (const inner of Object.values(value)) demandShallow(inner, depth + 1);
}

function endless(): CallFailure {
  return new CallFailure('invalid', 'values nested without end');
}
