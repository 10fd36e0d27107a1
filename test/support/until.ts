import { setTimeout as wait } from 'node:timers/promises';

/** Waits until something is so; throws when it is not within so many milliseconds. */
export async function until(isSo: () => boolean | Promise<boolean>, mostMs = 10_000): Promise<void> {
  for (const end = performance.now() + mostMs; !(await isSo()); await wait(20))
    if (performance.now() > end) throw new Error(`it was not so within ${mostMs} ms`);
}
