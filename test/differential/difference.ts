import type { Answer, AnswerError, Place } from './answer.js';

/** How two answers to one request differ: the first kind that they differ by; null where they do not. */
export type Difference = 'refused' | 'data' | 'errors' | 'found';

export interface Strictness {
  /** Apollo's gateway merges fragments before it writes, so that fields may stand in another order than they were asked for in. */
  readonly isOrderFree: boolean;
  /**
   * Apollo's gateway counts entities that were not asked for where it works out the index in the path of an error, and
   * leaves aliases of its own in it.
   */
  readonly isPlaceFree: boolean;
}

export const EXACT: Strictness = { isOrderFree: false, isPlaceFree: false };
export const AS_STOCK: Strictness = { isOrderFree: true, isPlaceFree: true };

export function differenceOf(ours: Answer, other: Answer, strictness: Strictness): Difference | null {
  if ((ours.data === undefined) !== (other.data === undefined)) return 'refused';
  if (ours.data === undefined) return isSameRefusal(ours, other) ? null : 'errors';
  const text = (data: unknown) => JSON.stringify(strictness.isOrderFree ? sorted(data) : data);
  if (text(ours.data) !== text(other.data)) return 'data';
  const shown = strictness.isPlaceFree ? withoutIndices : (path: Place) => path;
  if (!isExplained(ours.data, ours, other, shown)) return 'errors';
  if (ours.told.length > 0 || other.told.length > 0) return null; // then nobody tells what was found besides
  return isSameFound(ours, other) ? null : 'found';
}

/** Where a value was not what it has to be is told by all, in words of their own. */
function isSameFound(ours: Answer, other: Answer): boolean {
  const places = ({ found }: Answer) =>
    [...new Set(found.map(({ path }) => JSON.stringify(nullAt(ours.data, path))))].sort();
  return JSON.stringify(places(ours)) === JSON.stringify(places(other));
}

/** True where a null has made an object or list above it null. */
export function hasBubbled({ data, told, found }: Answer): boolean {
  return data !== undefined && [...told, ...found].some(({ path }) => nullAt(data, path).length < path.length);
}

/** Ours tells of all wrong variables in one message, Apollo of each in its own. */
function isSameRefusal(ours: Answer, other: Answer): boolean {
  const codes = ({ told }: Answer) => JSON.stringify([...new Set(told.map(({ code }) => code))].sort());
  return codes(ours) === codes(other);
}

/**
 * True where the errors of both explain the same nulls. An error whose field is null has to be in both, word for word.
 * Where it made null what is above its field, others may have been met there before or after it, and it depends on the
 * order of execution which are told (GraphQL specification, 6.4.4): there each has to have one.
 */
function isExplained(data: unknown, ours: Answer, other: Answer, shown: (path: Place) => Place): boolean {
  const textOf = ({ message, code, path }: AnswerError) => JSON.stringify([shown(path), message, code]);
  const isExact = ({ path }: AnswerError) => nullAt(data, path).length === path.length;
  const placesOf = (errors: readonly AnswerError[]) =>
    errors.filter((error) => !isExact(error)).map(({ path }) => shown(nullAt(data, path)));
  const isBelow = (place: Place, { path }: AnswerError) => place.every((part, index) => part === shown(path)[index]);

  const exact = new Set(ours.told.filter(isExact).map(textOf));
  const others = new Set(other.told.map(textOf));
  const bubbled = placesOf([...ours.told, ...ours.found]);
  return (
    [...exact].every((text) => others.has(text)) &&
    placesOf(ours.told).every((place) => [...other.told, ...other.found].some((error) => isBelow(place, error))) &&
    other.told.every((error) => exact.has(textOf(error)) || bubbled.some((place) => isBelow(place, error)))
  );
}

/** The place of the null that is on a path; all of the path where there is none before its end. */
function nullAt(data: unknown, path: Place): Place {
  let value = data;
  for (const [index, part] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, index);
    value = (value as Readonly<Record<string | number, unknown>>)[part]; // an object or a list, or nothing is found
  }
  return path;
}

function withoutIndices(path: Place): Place {
  return path.filter((part) => typeof part === 'string').map((part) => part.replace(/__alias_\d+$/, ''));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([name, one]) => [name, sorted(one)] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
}
