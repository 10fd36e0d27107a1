/** Fewer changes say nothing about how much is usual. */
const ENOUGH = 6;
/** Makes the median distance comparable with a standard deviation. */
const CONSISTENT = 1.4826;
/** No series is taken to move by less than this share: sources round. */
const LEAST = 0.005;
const MOST = 4;

/** True where a change is more than four robust standard deviations from the median of those before. */
export function isUnusual(change: number, before: readonly number[]): boolean {
  if (before.length < ENOUGH || before.every((one) => Math.abs(change - one) <= MOST * LEAST)) return false;
  const middle = median(before);
  const spread = Math.max(LEAST, CONSISTENT * median(before.map((one) => Math.abs(one - middle))));
  return Math.abs(change - middle) > MOST * spread;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((left, right) => left - right);
  const half = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(half)] ?? 0)
    : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
