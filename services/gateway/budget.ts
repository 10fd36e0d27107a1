/** The time that one incoming request has, whatever it asks and of whom. */
export interface Budget {
  /** Milliseconds that are left; 0 when it is over. */
  leftMs(): number;
}

/** How long one request may take, where no setting says it. */
export const REQUEST_MS = 10_000;

/** A budget that begins now. `elapsed` counts milliseconds and is never set. */
export function createBudget(ms: number = REQUEST_MS, elapsed: () => number = () => performance.now()): Budget {
  const end = elapsed() + ms;
  return { leftMs: () => Math.max(0, end - elapsed()) };
}
