import type { Coverage } from './types.js';

export interface RankedCoverage {
  readonly rank: number;
  readonly code: string;
  readonly coverage: Coverage;
}

/** Regions with a public percentage, highest first, then by code; equal figures share a rank and the next one is skipped. */
export function rankCoverage(
  found: readonly { readonly code: string; readonly coverage: Coverage | null }[],
): RankedCoverage[] {
  const shown = found.flatMap(({ code, coverage }) => {
    const percent = coverage?.percent ?? null;
    return coverage && percent !== null ? [{ code, coverage, percent }] : [];
  });
  const sorted = shown.sort((left, right) => right.percent - left.percent || (left.code < right.code ? -1 : 1));
  return sorted.map(({ code, coverage, percent }) => ({
    rank: sorted.findIndex((other) => other.percent === percent) + 1,
    code,
    coverage,
  }));
}
