import type { FieldNode } from 'graphql';
import type { Location } from './place.js';
import type { FieldNames } from './types.js';

/**
 * Planners add fields that nobody asked for: keys, and what other fields are made of. `toString: id` beside such a
 * `toString` has been taken for it by each of them. So an alias that some field has for its name is sent under another.
 * Nor is a field whose arguments the caller chooses what another one is made of: that is asked for with its own.
 */
const PREFIX = 'alias_';

/** The name under which a field is fetched. */
export function fetchedName({ alias, name }: FieldNode, { all, required }: FieldNames): string {
  const shown = (alias ?? name).value;
  const isUnsafe = shown === name.value ? required.has(shown) : all.has(shown) || shown.startsWith(PREFIX);
  return isUnsafe ? `${PREFIX}${shown}` : shown;
}

/** A place of what was fetched, as the caller named it. */
export function shownLocation(location: Location): Location {
  return location.map((part) =>
    typeof part === 'string' && part.startsWith(PREFIX) ? part.slice(PREFIX.length) : part,
  );
}
