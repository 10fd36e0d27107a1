import { RequestError } from '../../kit/errors.js';

/** How many figures one list may hold. */
export const MOST_FIGURES = 1000;

/** The first figures of a list; throws BAD_ARGUMENT for a number outside 1 to MOST_FIGURES. */
export function firstOf<T>(list: readonly T[], first: number): T[] {
  if (first >= 1 && first <= MOST_FIGURES) return list.slice(0, first);
  throw new RequestError('BAD_ARGUMENT', `first is ${first}; it must be from 1 to ${MOST_FIGURES}.`);
}
