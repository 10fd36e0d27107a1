import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ROOT } from '../kit/root.js';
import type { Preparation, PreparationOptions } from './preparation.js';

/** What is built, also where the caller runs from its source. */
const PROGRAM = join(ROOT, 'dist', 'services', 'gateway', 'preparation-worker.js');
/** A supergraph that takes longer is not taken. */
const LONGEST_MS = 60_000;

/**
 * Prepares a supergraph in a thread of its own, so that requests are answered meanwhile. Throws what `prepare` throws, or
 * that it took too long.
 */
export async function prepareElsewhere(options: PreparationOptions): Promise<Preparation> {
  const worker = new Worker(PROGRAM, { workerData: options });
  try {
    const [preparation] = await once(worker, 'message', { signal: AbortSignal.timeout(LONGEST_MS) });
    return preparation as Preparation; // all that the worker says
  } finally {
    await worker.terminate();
  }
}
