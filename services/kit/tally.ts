/** Counts what happened by two words, the first of which may be a name and the second an outcome. */
export interface Tally {
  add(first: string, second: string): void;
  /** Every pair that was counted. */
  entries(): readonly Counted[];
}

export interface Counted {
  readonly first: string;
  readonly second: string;
  readonly count: number;
}

export function createTally(): Tally {
  const counts = new Map<string, Map<string, number>>();
  return {
    add(first, second) {
      const seconds = counts.get(first) ?? new Map<string, number>();
      counts.set(first, seconds);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    },
    entries: () =>
      [...counts].flatMap(([first, seconds]) => [...seconds].map(([second, count]) => ({ first, second, count }))),
  };
}
