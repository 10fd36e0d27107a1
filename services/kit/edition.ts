import type { Instant } from './period.js';

/** `published_to` of a row that nothing has closed: greater than every instant, and exact as a number. */
export const OPEN: Instant = Number.MAX_SAFE_INTEGER;

/** How long before its instant a seal must be committed, so that every reader knows it in time. */
export const SEAL_LEAD_MS = 5000;

/** One dataset's part of an edition: from `instant` on, its rows are what readers see. */
export interface Seal {
  readonly dataset: string;
  /** The subgraph that owns the dataset: the gateway sends it this instant. */
  readonly subgraph: string;
  readonly instant: Instant;
  /** SHA-256 over the openings and closings of the releases of this instant. */
  readonly hash: string;
  /** Part of a dataset's birth: its instant may lie in the past. */
  readonly historical: boolean;
}

export interface SealedSeal extends Seal {
  readonly revision: number;
}

export interface LogPage {
  /** The log's clock, by which an edition is due. */
  readonly now: Instant;
  /** Every seal with a revision above the one asked for, oldest first. */
  readonly seals: readonly SealedSeal[];
}

/** The one list of what was published when. It lies in the registry; inserting a seal is the decision for all its datasets. */
export interface EditionLog {
  read(afterRevision: number): Promise<LogPage>;
  /**
   * Seals all of them or none. Throws SEAL_TOO_LATE when an instant is nearer than the lead or not after every sealed
   * one; a dataset's birth is excused from both.
   */
  seal(seals: readonly Seal[]): Promise<void>;
}

/** The SQL condition that a row is seen at an instant; takes the instant twice. */
export function visible(alias: string): string {
  return `${alias}.published_from <= ? AND ${alias}.published_to > ?`;
}
