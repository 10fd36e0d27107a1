import { type Budget, createBudget } from './budget.js';
import type { Edition } from './edition.js';
import type { Part } from './executor/part.js';

/** What belongs to one request at the gateway. */
export interface GatewayContext {
  readonly edition: Edition;
  /** The time that is left for asking subgraphs. */
  readonly budget: Budget;
  /** Subgraphs hosted in this process share their batches within it. */
  readonly scope: object;
  /** What is known of the operation once it is planned. Apollo Server copies the context, but not what it holds. */
  readonly planned: { part: Part | null };
  /** Subgraphs that did not say which instant they read, and for how many milliseconds what they said may be kept. */
  readonly unechoed: Map<string, number>;
}

export function createGatewayContext(edition: Edition, budget: Budget = createBudget()): GatewayContext {
  return { edition, budget, scope: {}, planned: { part: null }, unechoed: new Map() };
}
