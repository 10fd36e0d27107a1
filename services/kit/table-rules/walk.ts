import type { Row } from '../dataset.js';
import type { Point } from './point.js';

/** A rule that looks along each series, from date to date. */
export interface Watch {
  /** Begins a series with these dimensions; null where the rule is not about it. */
  open(dimensions: Row, series: number | null): Walk | null;
  /** Tells what can only be told at the end of the file. */
  finish?(): Promise<void>;
}

/** One series: its points come in the order of their dates. */
export interface Walk {
  take(point: Point): void;
  end?(): void;
}
