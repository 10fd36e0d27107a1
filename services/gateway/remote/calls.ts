import type { Pool } from 'undici';
import { type Budget, createBudget } from '../budget.js';
import type { SubgraphAnswer } from '../subgraph-client.js';
import { readAnswer } from './answer.js';
import type { Prune } from './asked.js';
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
   * Makes a call, or joins the same one under way. One that failed before any answer came is made once more while there is
   * time: subgraphs are only read. Of its answer only what was asked for is left. Throws a CallFailure.
   */
  make(call: Call, prune: Prune, caller: Caller): Promise<Reply>;
}

/** The header that says for how many milliseconds somebody waits for the answer. */
export const TIME_LEFT = 'time-left-ms';

export function createCalls(options: CallsOptions): Calls {
  const { pool, timeoutMs, maxBytes, isShared } = options;
  const sharing = createSharing<Reply>(timeoutMs);
  const bulkhead = createBulkhead(options);
  const breaker = createBreaker(options.breaker);

  const once = async ({ path, headers, own, body }: Call, prune: Prune, budget: Budget): Promise<Reply> => {
    const allowedMs = budget.leftMs();
    const waits = createBudget(Math.min(timeoutMs, allowedMs));
    const turn = bulkhead.enter(waits.leftMs());
    if (turn !== null) await turn;
    const leftMs = Math.ceil(waits.leftMs());
    const timed = { path, body, own, headers: { [TIME_LEFT]: String(leftMs), ...headers } };
    const bounds = { timeoutMs: leftMs, isCut: allowedMs < timeoutMs, maxBytes };
    const read = (received: Received) => replyOf(received, prune);
    try {
      return await breaker.run(() => send(pool, timed, bounds, read));
    } finally {
      bulkhead.leave();
    }
  };

  const twice = async (call: Call, prune: Prune, { budget, onRetry }: Caller): Promise<Reply> => {
    if (budget.leftMs() <= 0) throw late();
    try {
      return await once(call, prune, budget);
    } catch (error) {
      if (!(error instanceof CallFailure && error.isEarly) || budget.leftMs() <= 0) throw error;
      onRetry(error);
      return once(call, prune, budget);
    }
  };

  return {
    make(call, prune, caller) {
      if (!isShared) return twice(call, prune, caller);
      const name = `${JSON.stringify(call.headers)} ${call.body}`;
      return sharing.run(name, caller.budget.leftMs(), () => twice(call, prune, caller));
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
