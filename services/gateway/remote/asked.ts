import { type FragmentDefinitionNode, parse, type SelectionSetNode } from 'graphql';
import { CallFailure } from './failure.js';

/** Takes from an answer what nobody asked for, so that a subgraph cannot speak for the fields of another. */
export type Prune = (data: unknown) => void;

/** The names asked for, with those below each; null below a leaf. */
interface Asked {
  readonly [name: string]: Asked | null;
}

/** How deep lists, and values of a scalar of the subgraph's own, may be nested. */
const DEEPEST = 64;

/** Compiles it for one operation. It throws a CallFailure for values that are nested without end. */
export function compilePrune(operation: string): Prune {
  const { definitions } = parse(operation);
  const fragments = new Map(
    definitions.flatMap((node) => (node.kind === 'FragmentDefinition' ? [[node.name.value, node] as const] : [])),
  );
  const roots = definitions.flatMap((node) => (node.kind === 'OperationDefinition' ? [node.selectionSet] : []));
  const asked = askedIn(roots, fragments);
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
  const asked: Record<string, Asked | null> = Object.create(null); // inherits no names
  for (const [name, inner] of below) asked[name] = inner.length > 0 ? askedIn(inner, fragments) : null;
  return asked;
}

function prune(asked: Asked, value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEEPEST) throw endless();
  if (Array.isArray(value)) {
    for (const item of value) prune(asked, item, depth + 1);
    return;
  }
  const tree = value as Record<string, unknown>; // an object has fields
  for (const name in tree) {
    const below = asked[name];
    if (below === undefined) delete tree[name];
    else if (below !== null) prune(below, tree[name], 0);
    else if (typeof tree[name] === 'object') demandShallow(tree[name], 0);
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
