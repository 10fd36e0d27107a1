import type { Location } from './place.js';
import type { Field, Shape } from './projection.js';
import { isTree } from './tree.js';
import { fieldValue } from './write.js';

/** A value that is null, or of another type, where it must not be. */
export interface Fault {
  readonly path: Location;
  readonly message: string;
}

/** How many are told of one answer. */
const MOST_FAULTS = 20;

/** Finds what is wrong with values that `writeData` could not write: the first of each object or list that it made null. */
export function findFaults(shape: Shape, value: unknown): readonly Fault[] {
  const faults: Fault[] = [];
  check(shape, value, [], 'the answer', (fault) => void (faults.length < MOST_FAULTS && faults.push(fault)));
  return faults;
}

type Tell = (fault: Fault) => void;

/** False for a value that is null, or has to be; of the latter a fault was told. */
function check(shape: Shape, value: unknown, path: Location, what: string, tell: Tell): boolean {
  if (value === null || value === undefined) return false;
  const fault = () => {
    tell({ path, message: `A subgraph gave a value for ${what} that is not of its type.` });
    return false;
  };
  if (shape.kind === 'leaf') return shape.write(value) !== null || fault();
  if (shape.kind === 'list') {
    if (!Array.isArray(value)) return fault();
    const { item, isItemRequired } = shape;
    return value.every((one, index) => {
      const at = [...path, index];
      return checkPart(item, one, at, `an item of ${what}`, isItemRequired, tell);
    });
  }
  const fields = isTree(value) ? shape.fieldsFor(value.__typename) : null;
  if (fields === null || !isTree(value)) return fault();
  return fields.every((field) => checkField(field, value, path, tell));
}

function checkField(field: Field, tree: Record<string, unknown>, path: Location, tell: Tell): boolean {
  if (field.constant !== null) return true;
  const at = [...path, field.name];
  return checkPart(field.shape, fieldValue(tree, field), at, field.coordinate, field.isRequired, tell);
}

/** False where the part has to be there and is not. */
function checkPart(
  shape: Shape,
  value: unknown,
  path: Location,
  what: string,
  isRequired: boolean,
  tell: Tell,
): boolean {
  const isThere = check(shape, value, path, what, tell);
  if (isThere || !isRequired) return true;
  if (value === null || value === undefined)
    tell({ path, message: `A subgraph gave nothing for ${what}, which must not be null.` });
  return false;
}
