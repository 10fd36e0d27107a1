import { errorText } from './errors.js';
import type { Log } from './log.js';

export type Stopper = () => Promise<unknown> | unknown;

/** Runs the stoppers one after another; a failing one is logged and does not hold up the rest. */
export async function stopAll(stoppers: readonly Stopper[], log: Log): Promise<void> {
  for (const stop of stoppers) {
    try {
      await stop();
    } catch (error) {
      log('error', 'stop.failed', { cause: errorText(error) });
    }
  }
}

/** The one owner of signals: SIGTERM and SIGINT run the stoppers in the order given, then the process ends with 0. */
export function onStop(log: Log, ...stoppers: readonly Stopper[]): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log('info', 'stop.started', { signal });
    await stopAll(stoppers, log);
    log('info', 'stop.finished');
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
