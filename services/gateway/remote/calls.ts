import { LRUCache } from 'lru-cache';
import type { Pool } from 'undici';
import { type Budget, createBudget } from '../budget.js';
import type { SubgraphAnswer } from '../subgraph-client.js';
import { readAnswer } from './answer.js';
import { compilePrune, type Prune } from './asked.js';
import { type BreakerOptions, createBreaker } from './breaker.js';
import { createBulkhead } from './bulkhead.js';
import { CallFailure, late } from './failure.js';
import type { Headers } from './head.js';
import { createSharing } from './sharing.js';
import { type Call, type Received, send } from './transport.js';

export interface CallsOptions {
  readonly pool: Pool;
  /** The longest that one call may take, however much time the request has left. */
  readonly timeoutMs: number;
  /** The longest answer. */
  readonly maxBytes: number;
  /** Calls at once, and how many more may wait. */
  readonly calls: number;
  readonly waiting: number;
  /** Whether those who ask the same at the same time share one call. */
  readonly isShared: boolean;
  readonly breaker: BreakerOptions;
}

/** For whom a call is made. */
export interface Caller {
  readonly budget: Budget;
  /** Told of a call that is made once more. */
  readonly onRetry: (failure: CallFailure) => void;
}

/** An answer that came. */
export interface Reply {
  readonly headers: Headers;
  /** The answer, for each who takes it another copy: the executor changes what it gets. */
  take(): SubgraphAnswer;
}

/** The calls of one subgraph: bounded in number, time and bytes. */
export interface Calls {
  /**
   * Makes a call with an operation, or joins the same one under way. One that failed before any answer came is made once more while there
   * is time: subgraphs are only read. Throws a CallFailure.
   */
  make(call: Call, operation: string, caller: Caller): Promise<Reply>;
}

/** The header that says for how many milliseconds somebody waits for the answer. */
export const TIME_LEFT = 'time-left-ms';

export function createCalls(options: CallsOptions): Calls {
  const { pool, timeoutMs, maxBytes, isShared } = options;
  const sharing = createSharing<Reply>(timeoutMs);
  const bulkhead = createBulkhead(options);
  const breaker = createBreaker(options.breaker);
  const pruneOf = rememberPrunes();

  const once = ({ path, headers, own, body }: Call, operation: string, budget: Budget): Promise<Reply> => {
    const allowedMs = budget.leftMs();
    const waits = createBudget(Math.min(timeoutMs, allowedMs));
    const work = async () => {
      const leftMs = Math.ceil(waits.leftMs());
      const timed = { path, body, own, headers: { ...headers, [TIME_LEFT]: String(leftMs) } };
      try {
        return replyOf(await send(pool, timed, { timeoutMs: leftMs, maxBytes }), pruneOf(operation));
      } catch (error) {
        throw allowedMs < timeoutMs && waits.leftMs() <= 0 ? late() : error;
      }
    };
    return bulkhead.run(() => breaker.run(work), waits.leftMs());
  };

  const twice = async (call: Call, operation: string, { budget, onRetry }: Caller): Promise<Reply> => {
    if (budget.leftMs() <= 0) throw late();
    try {
      return await once(call, operation, budget);
    } catch (error) {
      if (!(error instanceof CallFailure && error.isEarly) || budget.leftMs() <= 0) throw error;
      onRetry(error);
      return once(call, operation, budget);
    }
  };

  return {
    make(call, operation, caller) {
      if (!isShared) return twice(call, operation, caller);
      const name = `${JSON.stringify(call.headers)} ${call.body}`;
      return sharing.run(name, caller.budget.leftMs(), () => twice(call, operation, caller));
    },
  };
}

/** The first takes what was read to see whether it is an answer, everyone else reads the text again. */
function replyOf(received: Received, prune: Prune): Reply {
  const read = (): SubgraphAnswer => {
    const answer = readAnswer(received);
    prune(answer.data);
    return answer;
  };
  let first: SubgraphAnswer | null = read();
  return {
    headers: received.headers,
    take() {
      const answer = first ?? read();
      first = null;
      return answer;
    },
  };
}

/** How many operations are remembered with what they ask for. */
const MOST_OPERATIONS = 2000;

function rememberPrunes(): (operation: string) => Prune {
  const known = new LRUCache<string, Prune>({ max: MOST_OPERATIONS });
  return (operation) => {
    const prune = known.get(operation) ?? compilePrune(operation);
    known.set(operation, prune);
    return prune;
  };
}
