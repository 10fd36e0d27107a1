import { late } from './failure.js';

/** Work that several ask for at the same time is done once. */
export interface Sharing<Result> {
  /** The result of the work of this name that is under way, or of `work`. Throws a CallFailure when `leftMs` are over. */
  run(name: string, leftMs: number, work: () => Promise<Result>): Promise<Result>;
}

/** Only what has `fullMs` left is shared: a call that its request cuts short would be too short for others. */
export function createSharing<Result>(fullMs: number): Sharing<Result> {
  const underWay = new Map<string, Promise<Result>>();
  return {
    run(name, leftMs, work) {
      const known = underWay.get(name);
      if (known) return within(known, leftMs);
      const result = work();
      if (leftMs < fullMs) return result;
      underWay.set(name, result);
      const forget = () => void underWay.delete(name);
      result.then(forget, forget);
      return result;
    },
  };
}

function within<Result>(result: Promise<Result>, ms: number): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), ms);
    result.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
