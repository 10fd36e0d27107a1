import type { Instant } from '../kit/period.js';
import type { GatewayContext } from './context.js';
import type { Edition } from './edition.js';

/** The newest instant that these subgraphs are read at; 0 where they keep reference data only. */
export function newestInstant(edition: Edition, subgraphs: readonly string[]): Instant {
  let newest = 0;
  for (const name of subgraphs) newest = Math.max(newest, edition.instantOf(name));
  return newest;
}

/** The newest instant among those read, for people; null where only reference data was, undefined where nothing was. */
export function editionTime({ edition, planned: { part } }: GatewayContext): string | null | undefined {
  if (part === null || part.subgraphs.length === 0) return undefined;
  const instant = newestInstant(edition, part.subgraphs);
  return instant === 0 ? null : new Date(instant).toISOString();
}
