import type { FieldNode } from 'graphql';
import type { Location } from './place.js';

/**
 * Planners add fields that nobody asked for: keys, and what other fields are made of. `toString: id` beside such a
 * `toString` has been taken for it by each of them. So an alias that some field has for its name is sent under another.
 */
const PREFIX = 'alias_';

/** The name under which a field is fetched; `fieldNames` are those of all fields of the supergraph. */
export function fetchedName({ alias, name }: FieldNode, fieldNames: ReadonlySet<string>): string {
  if (!alias || alias.value === name.value) return name.value;
  const isUnsafe = fieldNames.has(alias.value) || alias.value.startsWith(PREFIX);
  return isUnsafe ? `${PREFIX}${alias.value}` : alias.value;
}

/** A place of what was fetched, as the caller named it. */
export function shownLocation(location: Location): Location {
  return location.map((part) =>
    typeof part === 'string' && part.startsWith(PREFIX) ? part.slice(PREFIX.length) : part,
  );
}
