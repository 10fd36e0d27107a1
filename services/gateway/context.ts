import type { Edition } from './edition.js';

/** What belongs to one request at the gateway. */
export interface GatewayContext {
  readonly edition: Edition;
  /** Subgraphs hosted in this process share their batches within it. */
  readonly scope: object;
  /** The subgraphs that the plan of the operation calls; filled in when the plan is known. */
  readonly touched: Set<string>;
  /** Subgraphs that did not say which instant they read, and for how many milliseconds what they said may be kept. */
  readonly unechoed: Map<string, number>;
}

export function createGatewayContext(edition: Edition): GatewayContext {
  return { edition, scope: {}, touched: new Set(), unechoed: new Map() };
}
