import { CallFailure } from './failure.js';

export interface BulkheadOptions {
  /** Calls at once. */
  readonly calls: number;
  /** Calls that may wait for their turn. */
  readonly waiting: number;
}

/** Keeps one subgraph, slow or not, from taking what the others need. */
export interface Bulkhead {
  /**
   * Null when one may begin at once, otherwise what to wait for; either way `leave` must follow. Throws a CallFailure where
   * too many wait, or its turn does not come in time: then nothing must.
   */
  enter(withinMs: number): Promise<void> | null;
  /** One that had its turn has ended. */
  leave(): void;
}

export function createBulkhead({ calls, waiting }: BulkheadOptions): Bulkhead {
  const queue = new Set<() => void>(); // in the order they came
  let running = 0;

  const leave = () => {
    const [next] = queue;
    if (next) next();
    else running -= 1;
  };

  const enter = (withinMs: number): Promise<void> | null => {
    if (running < calls) {
      running += 1;
      return null;
    }
    if (queue.size >= waiting) throw new CallFailure('full', `${running} calls run and ${queue.size} wait`);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        queue.delete(start);
        reject(new CallFailure('full', `its turn did not come within ${Math.round(withinMs)} ms`));
      }, withinMs);
      const start = () => {
        clearTimeout(timer);
        queue.delete(start);
        resolve();
      };
      queue.add(start);
    });
  };

  return { enter, leave };
}
