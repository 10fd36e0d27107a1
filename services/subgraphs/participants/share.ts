/** Two stocks of one region and one indicator; their dates may differ and travel with them. */
export interface Share {
  readonly numerator: number; // persons
  readonly denominator: number | null; // persons; null when no source states it
}

/** Below this base a percentage is given to one decimal, else to two: more would let a reader count persons. */
const SMALL_BASE = 1000;

/**
 * Numerator as a share of the denominator in percent, rounded half to even, exactly. Null without a denominator.
 * Above 100 is real (people are insured where they work but counted where they live) and is not clipped.
 */
export function sharePercent({ numerator, denominator }: Share): number | null {
  if (denominator === null || denominator === 0) return null;
  const decimals = denominator < SMALL_BASE ? 1 : 2;
  return divideHalfEven(BigInt(numerator) * 10n ** BigInt(decimals + 2), BigInt(denominator)) / 10 ** decimals;
}

/** True when the percent could be this share, given the unit it was rounded to (0.01 for 40.27). */
export function fitsShare(percent: number, roundedTo: number, { numerator, denominator }: Share): boolean {
  if (denominator === null || denominator === 0) return true;
  return Math.abs((100 * numerator) / denominator - percent) <= roundedTo / 2 + 1e-9;
}

function divideHalfEven(dividend: bigint, divisor: bigint): number {
  const [quotient, rest] = [dividend / divisor, dividend % divisor];
  const isAbove = 2n * rest > divisor || (2n * rest === divisor && quotient % 2n === 1n);
  return Number(isAbove ? quotient + 1n : quotient);
}
