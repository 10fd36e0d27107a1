import type { DbRow } from './database.js';
import type { Revision } from './observation.js';
import type { Instant } from './period.js';

/** The SQL condition that a row was seen at some instant up to one, whatever took its place since; takes the instant once. */
export function everVisible(alias: string): string {
  return `${alias}.published_from <= ?`;
}

/**
 * From when to when the row of a published table was seen, as known at an instant: that it will be closed after it is
 * not told before it happens.
 */
export function readRevision(row: DbRow, asOf: Instant): Revision {
  const [from, to] = [Number(row.published_from), Number(row.published_to)];
  const isCurrent = to > asOf; // an open row ends after every instant
  return { publishedFrom: isoText(from), publishedUntil: isCurrent ? null : isoText(to) };
}

function isoText(instant: Instant): string {
  return new Date(instant).toISOString();
}
