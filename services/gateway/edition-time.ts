import type { GatewayContext } from './context.js';

/** The newest instant among those read, for people; null where only reference data was, undefined where nothing was. */
export function editionTime({ edition, planned: { part } }: GatewayContext): string | null | undefined {
  if (part === null || part.subgraphs.length === 0) return undefined;
  let instant = 0;
  for (const name of part.subgraphs) instant = Math.max(instant, edition.instantOf(name));
  return instant === 0 ? null : new Date(instant).toISOString();
}
