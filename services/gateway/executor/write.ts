import type { Field, ListShape, ObjectShape, Shape } from './projection.js';
import type { Tree } from './tree.js';

/** `data` as bytes, and whether some value was not what its type says. */
export interface Written {
  /** JSON. */
  readonly data: Buffer;
  /** True when a value was null or of another type where it must not be: `findFaults` tells which. */
  readonly hasFaults: boolean;
}

/**
 * Writes an answer as JSON in one pass: only what was asked for, in its order. What must not be null and is makes what it
 * is part of null, up to the first that may be.
 */
export type WriteData = (shape: ObjectShape, tree: Tree) => Written;

/** Where an answer is written: its beginning as bytes, and what comes then as text, until it is worth to be made bytes. */
interface Sheet {
  bytes: Buffer;
  /** How many of the bytes are written. */
  at: number;
  text: string;
  hasFaults: boolean;
}

const FIRST_BYTES = 64 * 1024;
/** A sheet that has grown longer is not used again. */
const MOST_BYTES = 4 * 1024 * 1024;
/** A text that is put together of thousands of pieces takes longer to be made bytes than to be written; one of these does not. */
const LONG_TEXT = 4096;
/** The most bytes that one unit of a text takes. */
const UNIT_BYTES = 3;

/** Writes on one sheet, again and again. */
export function createWriter(): WriteData {
  let bytes: Buffer = Buffer.allocUnsafe(FIRST_BYTES);
  return (shape, tree) => {
    const sheet: Sheet = { bytes, at: 0, text: '', hasFaults: false };
    if (!writeObject(shape, tree, sheet)) sheet.text += 'null';
    makeBytes(sheet);
    if (sheet.bytes.length <= MOST_BYTES) bytes = sheet.bytes;
    return { data: Buffer.from(sheet.bytes.subarray(0, sheet.at)), hasFaults: sheet.hasFaults };
  };
}

function makeBytes(sheet: Sheet): void {
  const { at, text } = sheet;
  const needed = at + UNIT_BYTES * text.length;
  if (needed > sheet.bytes.length) {
    const longer = Buffer.allocUnsafe(2 * needed);
    sheet.bytes.copy(longer, 0, 0, at);
    sheet.bytes = longer;
  }
  sheet.at += sheet.bytes.write(text, at);
  sheet.text = '';
}

/** False for a value that is null, or that has to be: then nothing of it is on the sheet. */
function write(shape: Shape, value: unknown, sheet: Sheet): boolean {
  if (value === null || value === undefined) return false;
  if (shape.kind === 'object') return writeObject(shape, value, sheet);
  if (shape.kind === 'list') return writeList(shape, value, sheet);
  const text = shape.write(value);
  if (text === null) {
    sheet.hasFaults = true;
    return false;
  }
  sheet.text += text;
  return true;
}

function writeList({ item, isItemRequired }: ListShape, values: unknown, sheet: Sheet): boolean {
  const { at, text } = sheet;
  if (!Array.isArray(values)) return takeBack(sheet, at, text);
  sheet.text += '[';
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) sheet.text += ',';
    if (write(item, values[index], sheet)) continue;
    if (isItemRequired) return takeBack(sheet, at, text);
    sheet.text += 'null';
  }
  sheet.text += ']';
  return true;
}

function writeObject({ fieldsFor }: ObjectShape, value: unknown, sheet: Sheet): boolean {
  const { at, text } = sheet;
  const tree = value as Tree; // checked in the next line
  const fields = typeof value === 'object' && !Array.isArray(value) ? fieldsFor(tree.__typename) : null;
  if (fields === null) return takeBack(sheet, at, text);
  sheet.text += '{';
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index] as Field; // index is within
    sheet.text += index === 0 ? field.key : field.nextKey;
    if (field.constant !== null) sheet.text += field.constant;
    else if (!write(field.shape, fieldValue(tree, field), sheet)) {
      if (field.isRequired) return takeBack(sheet, at, text);
      sheet.text += 'null';
    }
  }
  sheet.text += '}';
  if (sheet.text.length > LONG_TEXT) makeBytes(sheet);
  return true;
}

/** Takes back what was written since: it has to be null. */
function takeBack(sheet: Sheet, at: number, text: string): false {
  sheet.at = at;
  sheet.text = text;
  sheet.hasFaults = true;
  return false;
}

/** A name may be that of something every object inherits. */
export function fieldValue(tree: Tree, { source, isInherited }: Field): unknown {
  return isInherited && !Object.hasOwn(tree, source) ? undefined : tree[source];
}
