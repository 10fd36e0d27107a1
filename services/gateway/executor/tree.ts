/** What subgraphs have answered so far, put together: JSON values under the response names of their requests. */
export type Tree = Record<string, unknown>;

/** True for an object of JSON; false for lists, null and leaves. */
export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Adds what was received to what is known. Objects and lists of equal length are merged, anything else is replaced;
 * nothing is added where null is known of a whole object. Takes parts of `received` over as they are: it must not be used again.
 */
export function merge(known: Tree, received: Tree): void {
  for (const name in received) {
    const value = received[name];
    if (value === undefined) continue;
    const here = Object.hasOwn(known, name) ? known[name] : undefined;
    put(known, name, mergedValue(here, value));
  }
}

/** Sets a property of an object's own: an alias may be `__proto__`, which assigning would take for its prototype. */
export function put(tree: Tree, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(tree, name, { value, enumerable: true, writable: true, configurable: true });
  else tree[name] = value;
}

function mergedValue(known: unknown, received: unknown): unknown {
  if (isTree(known) && isTree(received)) {
    merge(known, received);
    return known;
  }
  if (Array.isArray(known) && Array.isArray(received) && known.length === received.length)
    return known.map((item, index) => mergedValue(item, received[index]));
  return received;
}

/** A copy that shares nothing with the original. */
export function copyOf(tree: Tree): Tree {
  return copyValue(tree) as Tree; // an object stays one
}

function copyValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyValue);
  if (!isTree(value)) return value;
  const copy: Tree = {};
  for (const name in value) put(copy, name, copyValue(value[name]));
  return copy;
}
