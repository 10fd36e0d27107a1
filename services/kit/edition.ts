import type { Instant } from './period.js';

/** `published_to` of a row that nothing has closed: greater than every instant, and exact as a number. */
export const OPEN: Instant = Number.MAX_SAFE_INTEGER;

/** How long before its instant a seal must be committed, so that every reader knows it in time. */
export const SEAL_LEAD_MS = 5000;

/** How far ahead an instant may be sealed: nothing is sealed before it any more, so it must not hold up all others. */
export const SEAL_REACH_MS = 3_600_000;

/** A clock that is off by more than this from the log's is out of order, in milliseconds. */
export const MOST_OFFSET_MS = 2000;

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
  /** Every seal with a revision above the one asked for, oldest first. What is sealed later lies at least the lead after `now`. */
  readonly seals: readonly SealedSeal[];
  /** The redaction epoch: how many redactions the log was told of. Each changes answers that were given before. */
  readonly redactions: number;
}

/** Datasets, of one database or several, that appear together at one instant or not at all. */
export interface Tie {
  /** A text that names this publication and no other, its instant included: a tie that has failed is never used again. */
  readonly id: string;
  /** The datasets. */
  readonly members: readonly string[];
}

/** The one list of what was published when. It lies in the registry; inserting a seal is the decision for all its datasets. */
export interface EditionLog {
  read(afterRevision: number): Promise<LogPage>;
  /**
   * Seals all of them or none; what is sealed already, exactly so, is left alone, so that a lost reply can be asked for
   * again. Throws SEAL_TOO_LATE when an instant is nearer than the lead or not after every sealed one (a dataset's birth is
   * excused from both), BAD_INSTANT when it is too far ahead, DATASET_NOT_EMPTY for a second birth, and RELEASE_BUSY while
   * a tie waits for an instant that is not later: the same seal may be tried again.
   */
  seal(seals: readonly Seal[]): Promise<void>;
  /**
   * Says of some members of a tie that they are armed, with these hashes. True once every member has said so: all of them
   * are sealed then, together. False while some are missing: to be said again until the answer is true or an error. Who
   * has reported leaves the rows alone until the log has answered so, or has answered `abandon`. Throws SEAL_TOO_LATE when
   * the tie has failed for ever, or is sealed with another hash; BAD_REQUEST when the seals are not of the tie.
   */
  report(tie: Tie, seals: readonly Seal[]): Promise<boolean>;
  /** Makes a tie fail for ever. False, and nothing changes, when it is sealed already. */
  abandon(tie: Tie): Promise<boolean>;
  /** Begins a new redaction epoch: to be called once the figures are emptied, and again when it is not known whether it was. */
  recordRedaction(dataset: string): Promise<void>;
}

/** The SQL condition that a row is seen at an instant; takes the instant twice. */
export function visible(alias: string): string {
  return `${alias}.published_from <= ? AND ${alias}.published_to > ?`;
}
