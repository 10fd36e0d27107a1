import type { Path, Segment } from './plan.js';
import { isTree, type Tree } from './tree.js';

/** A place in an answer, as an error names it: response names and indices. */
export type Location = readonly (string | number)[];

/** The objects at a path, in order. Where it meets null, or what is no object, there is none. */
export function objectsAt(tree: Tree, path: Path): Tree[] {
  const found: Tree[] = [];
  visit(tree, path, 0, (object) => void found.push(object));
  return found;
}

/** Where the same objects lie, in the same order. */
export function locationsAt(tree: Tree, path: Path): Location[] {
  const found: Location[] = [];
  visitPlaces(tree, path, 0, [], (location) => void found.push(location));
  return found;
}

function visit(value: unknown, path: Path, depth: number, see: (object: Tree) => void): void {
  const segment = path[depth];
  if (Array.isArray(value)) for (const item of value) visit(item, path, afterList(segment, depth), see);
  if (!isTree(value)) return;
  if (segment === undefined) see(value);
  else if ('types' in segment) {
    if (isOneOf(value, segment.types)) visit(value, path, depth + 1, see);
  } else if ('field' in segment && Object.hasOwn(value, segment.field))
    visit(value[segment.field], path, depth + 1, see);
}

function visitPlaces(value: unknown, path: Path, depth: number, at: Location, see: (at: Location) => void): void {
  const segment = path[depth];
  if (Array.isArray(value))
    value.forEach((item, index) => {
      visitPlaces(item, path, afterList(segment, depth), [...at, index], see);
    });
  if (!isTree(value)) return;
  if (segment === undefined) see(at);
  else if ('types' in segment) {
    if (isOneOf(value, segment.types)) visitPlaces(value, path, depth + 1, at, see);
  } else if ('field' in segment && Object.hasOwn(value, segment.field))
    visitPlaces(value[segment.field], path, depth + 1, [...at, segment.field], see);
}

/** Lists in lists may be one step of a path or several, as the planner counts: any more are gone through in the same step. */
function afterList(segment: Segment | undefined, depth: number): number {
  return segment !== undefined && 'each' in segment ? depth + 1 : depth;
}

/** An object that does not say its type is taken for one of them: planners ask for it where it matters. */
function isOneOf({ __typename }: Tree, types: readonly string[]): boolean {
  return typeof __typename !== 'string' || types.includes(__typename);
}
