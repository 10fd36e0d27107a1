/** A failure that is known and waits for its mending: what it is about, and why it is not mended yet. */
export interface Known {
  readonly check: string;
  readonly engine?: RegExp; // all when not given
  readonly subject: RegExp;
  readonly why: string;
}

/** The only place where a failure is excused. What stands here is printed by every run, and fails it once it is mended. */
export const KNOWN: readonly Known[] = [];
