import type { EntityFetch, RequiredField, Requirement } from './plan.js';
import { applyRewrites } from './rewrite.js';
import { isTree, type Tree } from './tree.js';
import type { Types } from './types.js';

/** Gives the representation of an entity as JSON text; null for an object that is of none of the types, or lacks a part. */
export type Represent = (entity: Tree) => string | null;

export function compileRepresentation(
  { requires, inputRewrites }: Pick<EntityFetch, 'requires' | 'inputRewrites'>,
  types: Types,
): Represent {
  const write = objectWriter(requires, types);
  if (inputRewrites.length === 0) return (entity) => named(write(entity));
  return (entity) => {
    const text = named(write(entity));
    if (text === null) return null;
    const representation: unknown = JSON.parse(text);
    applyRewrites(types, inputRewrites, representation);
    return JSON.stringify(representation);
  };
}

/** Without its type nobody knows what it represents. */
function named(text: string | null): string | null {
  return text?.includes('"__typename":') ? text : null;
}

/** Null for a missing part: the fetch that should have brought it has failed, and its error is known. */
type Write = (source: Tree) => string | null;

/** What is required differs by type, and is worked out once for each. */
function objectWriter(requires: readonly Requirement[], types: Types): Write {
  const byType = new Map<string, Write>();
  return (source) => {
    const typename = typeof source.__typename === 'string' ? source.__typename : '';
    let write = byType.get(typename);
    if (write === undefined) {
      write = fieldsWriter(fieldsFor(requires, typename, types), types);
      if (byType.size < MOST_TYPES) byType.set(typename, write);
    }
    return write(source);
  };
}

/** A subgraph may name types without end. */
const MOST_TYPES = 1000;

/** The fields required of a type, each name once with all its parts. */
function fieldsFor(requires: readonly Requirement[], typename: string, types: Types): RequiredField[] {
  const fields = new Map<string, RequiredField>();
  for (const requirement of requires) {
    const found = 'send' in requirement ? [requirement] : ofType(requirement, typename, types);
    for (const field of found) {
      const known = fields.get(field.send);
      const parts = known?.parts && field.parts ? [...known.parts, ...field.parts] : field.parts;
      fields.set(field.send, { ...field, parts });
    }
  }
  return [...fields.values()];
}

function ofType(
  { type, parts }: Extract<Requirement, { type: unknown }>,
  typename: string,
  types: Types,
): RequiredField[] {
  return type === null || types.isOf(typename, type) ? fieldsFor(parts, typename, types) : [];
}

function fieldsWriter(fields: readonly RequiredField[], types: Types): Write {
  const writers = fields.map(({ read, send, parts }) => ({
    read,
    before: `${JSON.stringify(send)}:`,
    write: parts && objectWriter(parts, types),
  }));
  return (source) => {
    let text = '';
    for (const { read, before, write } of writers) {
      const value = Object.hasOwn(source, read) ? source[read] : undefined;
      const written = value === undefined ? null : write ? writeParts(value, write) : JSON.stringify(value);
      if (written === null) return null;
      text += text === '' ? before : `,${before}`;
      text += written;
    }
    return `{${text}}`;
  };
}

function writeParts(value: unknown, write: Write): string | null {
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    const items = value.map((item) => writeParts(item, write));
    return items.includes(null) ? null : `[${items.join(',')}]`;
  }
  return isTree(value) ? write(value) : null;
}
