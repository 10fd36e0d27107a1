export interface Following {
  /** Asks the far end; resolves when it answered, whatever it said, and rejects when it failed. */
  readonly ask: (signal: AbortSignal) => Promise<void>;
  /** Told of each failure, but not of questions that were given up. */
  readonly onFailure: (error: unknown) => void;
  /** Milliseconds from one answer to the next question; null asks until there is one answer and never again. */
  readonly everyMs: () => number | null;
  /** Tells of `online`. */
  readonly window: EventTarget;
  /** Tells whether anybody looks. */
  readonly document: EventTarget & { readonly hidden: boolean };
  readonly random?: () => number;
}

const TIMEOUT_MS = 15_000;
const LONGEST_RETRY_MS = 60_000;
const SHORTEST_GAP_MS = 5_000;

/** How long to wait after so many failures in a row: 0.5 to 1 s, then doubling, up to a minute; never all pages at once. */
export function retryDelayMs(failures: number, random: () => number): number {
  return Math.min(LONGEST_RETRY_MS, 500 * 2 ** failures) * (0.5 + random() / 2);
}

/**
 * Asks at once and then again and again, while the document is looked at. After a failure the pauses grow;
 * when the network returns, or the reader does, it asks soon. Returns a function that ends all of it.
 */
export function follow({ ask, onFailure, everyMs, window, document, random = Math.random }: Following): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  let asking: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let askedAt = 0;

  const wait = (ms: number) => {
    clearTimeout(timer);
    if (!document.hidden && !signal.aborted) timer = setTimeout(run, ms);
  };

  const run = async () => {
    clearTimeout(timer);
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    askedAt = Date.now();
    const timeout = setTimeout(() => mine.abort(), TIMEOUT_MS);
    try {
      await ask(mine.signal);
      failures = 0;
    } catch (error) {
      if (asking !== mine || signal.aborted) return;
      failures += 1;
      onFailure(error);
    } finally {
      clearTimeout(timeout);
    }
    if (asking !== mine) return;
    asking = undefined;
    const pause = everyMs();
    if (failures > 0) wait(retryDelayMs(failures, random));
    else if (pause === null) ended.abort();
    else wait(pause * (0.9 + random() / 5));
  };

  const onOnline = () => {
    failures = 0;
    wait(random() * 1000);
  };
  const onLook = () => wait(Math.max(0, askedAt + SHORTEST_GAP_MS - Date.now()));

  window.addEventListener('online', onOnline, { signal });
  document.addEventListener('visibilitychange', onLook, { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    asking?.abort();
  });
  void run();
  return () => ended.abort();
}
