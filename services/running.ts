import type { Stopper } from './kit/stop.js';

/** A program that has started: where it answers, and how it is stopped, in this order. */
export interface Running {
  readonly url: string;
  readonly stoppers: readonly Stopper[];
}
