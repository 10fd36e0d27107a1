/** Work that is done again and again. */
export interface Repeating {
  /** Ends it; resolves once what is running has ended. */
  stop(): Promise<void>;
}

/**
 * Does the work again a while after it has ended, so that runs never overlap. The work itself never throws. With jitter,
 * a share of the while, it is a little more or less each time, so that many processes do not all ask at once.
 */
export function repeat(work: () => Promise<void>, everyMs: number, jitter = 0): Repeating {
  let timer: NodeJS.Timeout;
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();
  const next = () => {
    timer = setTimeout(
      async () => {
        running = work();
        await running;
        if (!isStopped) next();
      },
      everyMs * (1 + jitter * (2 * Math.random() - 1)),
    );
    timer.unref();
  };
  next();
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
      return running;
    },
  };
}
