import type { Edition } from './edition.js';

/** What belongs to one request at the gateway. */
export interface GatewayContext {
  readonly edition: Edition;
  /** Subgraphs hosted in this process share their batches within it. */
  readonly scope: object;
  /** The subgraphs that the plan of the operation calls; filled in when the plan is known. */
  readonly touched: Set<string>;
}

export function createGatewayContext(edition: Edition): GatewayContext {
  return { edition, scope: {}, touched: new Set() };
}
