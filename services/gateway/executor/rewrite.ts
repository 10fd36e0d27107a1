import type { Location } from './place.js';
import type { Rewrite, RewriteSegment } from './plan.js';
import { isTree, put, type Tree } from './tree.js';
import type { Types } from './types.js';

/** Makes the changes a plan asks for, in place. */
export function applyRewrites(types: Types, rewrites: readonly Rewrite[], value: unknown): void {
  for (const rewrite of rewrites) {
    const last = rewrite.path.at(-1);
    if (!last || !('key' in last)) continue;
    forEachAt(types, value, rewrite.path.slice(0, -1), (object) => change(object, last.key, rewrite));
  }
}

/** A place in what was received, by the names that it gets. */
export function rewrittenLocation(rewrites: readonly Rewrite[], location: Location): Location {
  if (rewrites.length === 0) return location;
  return location.map((part) => (typeof part === 'string' ? rewrittenName(rewrites, part) : part));
}

/** The name that a field gets which was received under another: planners give each such name once. */
export function rewrittenName(rewrites: readonly Rewrite[], name: string): string {
  for (const rewrite of rewrites) {
    const last = rewrite.path.at(-1);
    if ('rename' in rewrite && last && 'key' in last && last.key === name) return rewrite.rename;
  }
  return name;
}

function change(object: Tree, key: string, rewrite: Rewrite): void {
  if ('set' in rewrite) put(object, key, rewrite.set);
  else if (Object.hasOwn(object, key)) {
    const { [key]: value } = object;
    delete object[key];
    put(object, rewrite.rename, value);
  }
}

function forEachAt(types: Types, value: unknown, path: readonly RewriteSegment[], see: (object: Tree) => void): void {
  if (Array.isArray(value)) for (const item of value) forEachAt(types, item, path, see);
  if (!isTree(value)) return;
  const [segment, ...rest] = path;
  if (segment === undefined) see(value);
  else if ('key' in segment) {
    if (Object.hasOwn(value, segment.key)) forEachAt(types, value[segment.key], rest, see);
  } else if (isOneOf(types, value, segment.types)) forEachAt(types, value, rest, see);
}

function isOneOf(types: Types, { __typename }: Tree, conditions: readonly string[]): boolean {
  return typeof __typename !== 'string' || conditions.some((condition) => types.isOf(__typename, condition));
}
