import { silent } from '../kit/log.js';
import { logOf, newRequestId } from '../kit/request-id.js';
import { type Budget, createBudget } from './budget.js';
import type { Edition } from './edition.js';
import type { Part } from './executor/part.js';
import type { Inquiry } from './masking.js';

/** What belongs to one request at the gateway. Others may wait for its answer: it is named by who asked first. */
export interface GatewayContext extends Inquiry {
  readonly edition: Edition;
  /** The time that is left for asking subgraphs. */
  readonly budget: Budget;
  /** Subgraphs hosted in this process share their batches within it. */
  readonly scope: object;
  /** What is known of the operation once it is planned. Apollo Server copies the context, but not what it holds. */
  readonly planned: Planned;
  /** Subgraphs that did not say which instant they read, and for how many milliseconds what they said may be kept. */
  readonly unechoed: Map<string, number>;
}

export interface Planned {
  part: Part | null;
  /** Tells the plan to people; null where our executor has the plan. */
  text: (() => string) | null;
}

/** A request that is not named, and whose log nobody reads, unless it is said. */
export function createGatewayContext(
  edition: Edition,
  budget: Budget = createBudget(),
  { requestId, log }: Inquiry = { requestId: newRequestId(), log: silent },
): GatewayContext {
  return {
    requestId,
    log: logOf(log, requestId),
    edition,
    budget,
    scope: {},
    planned: { part: null, text: null },
    unechoed: new Map(),
  };
}
