import type { Field, ListShape, ObjectShape, Shape } from './projection.js';
import type { Tree } from './tree.js';

/** The text of `data`, and whether some value was not what its type says. */
export interface Written {
  /** JSON. */
  readonly data: string;
  /** True when a value was null or of another type where it must not be: `findFaults` tells which. */
  readonly hasFaults: boolean;
}

/**
 * Writes an answer as JSON text in one pass: only what was asked for, in its order. What must not be null and is makes
 * what it is part of null, up to the first that may be.
 */
export function writeData(shape: ObjectShape, tree: Tree): Written {
  const state: State = { hasFaults: false };
  const data = writeObject(shape, tree, state) ?? 'null';
  return { data, hasFaults: state.hasFaults };
}

interface State {
  hasFaults: boolean;
}

/** Null for a value that is null, or that has to be. */
function write(shape: Shape, value: unknown, state: State): string | null {
  if (value === null || value === undefined) return null;
  if (shape.kind === 'leaf') {
    const text = shape.write(value);
    if (text === null) state.hasFaults = true;
    return text;
  }
  return shape.kind === 'object' ? writeObject(shape, value, state) : writeList(shape, value, state);
}

function writeList({ item, isItemRequired }: ListShape, values: unknown, state: State): string | null {
  if (!Array.isArray(values)) {
    state.hasFaults = true;
    return null;
  }
  let text = '[';
  for (let index = 0; index < values.length; index += 1) {
    const written = write(item, values[index], state);
    if (written === null && isItemRequired) {
      state.hasFaults = true;
      return null;
    }
    if (index > 0) text += ',';
    text += written ?? 'null';
  }
  return `${text}]`;
}

function writeObject({ fieldsFor }: ObjectShape, value: unknown, state: State): string | null {
  const tree = value as Tree; // checked in the next line
  const fields = typeof value === 'object' && !Array.isArray(value) ? fieldsFor(tree.__typename) : null;
  if (fields === null) {
    state.hasFaults = true;
    return null;
  }
  let text = '{';
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index] as Field; // index is within
    const written = field.constant ?? write(field.shape, fieldValue(tree, field), state);
    if (written === null && field.isRequired) {
      state.hasFaults = true;
      return null;
    }
    text += index === 0 ? field.key : field.nextKey;
    text += written ?? 'null';
  }
  return `${text}}`;
}

/** A name may be that of something every object inherits. */
export function fieldValue(tree: Tree, { source, isInherited }: Field): unknown {
  return isInherited && !Object.hasOwn(tree, source) ? undefined : tree[source];
}
