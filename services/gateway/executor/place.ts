import type { Path } from './plan.js';
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
  if (value === null || value === undefined) return;
  if (segment === undefined) visitEnd(value, see);
  else if ('each' in segment) {
    if (Array.isArray(value)) for (const item of value) visit(item, path, depth + 1, see);
  } else if (isTree(value)) {
    if ('types' in segment) {
      if (isOneOf(value, segment.types)) visit(value, path, depth + 1, see);
    } else if (Object.hasOwn(value, segment.field)) visit(value[segment.field], path, depth + 1, see);
  }
}

/** A path that ends at a list means its items. */
function visitEnd(value: unknown, see: (object: Tree) => void): void {
  if (Array.isArray(value)) for (const item of value) visitEnd(item, see);
  else if (isTree(value)) see(value);
}

function visitPlaces(value: unknown, path: Path, depth: number, at: Location, see: (at: Location) => void): void {
  const segment = path[depth];
  if (value === null || value === undefined) return;
  if (Array.isArray(value) && (segment === undefined || 'each' in segment)) {
    const next = segment === undefined ? depth : depth + 1;
    value.forEach((item, index) => {
      visitPlaces(item, path, next, [...at, index], see);
    });
  } else if (isTree(value)) {
    if (segment === undefined) see(at);
    else if ('types' in segment) {
      if (isOneOf(value, segment.types)) visitPlaces(value, path, depth + 1, at, see);
    } else if ('field' in segment && Object.hasOwn(value, segment.field))
      visitPlaces(value[segment.field], path, depth + 1, [...at, segment.field], see);
  }
}

/** An object that does not say its type is taken for one of them: planners ask for it where it matters. */
function isOneOf({ __typename }: Tree, types: readonly string[]): boolean {
  return typeof __typename !== 'string' || types.includes(__typename);
}
