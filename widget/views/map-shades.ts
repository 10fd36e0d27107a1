/** Classes of equal width between round numbers, so that a reader can name their bounds. In percent. */
export interface Shades {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** More shades than these cannot be told apart behind a legible number, in light and dark. */
export const SHADE_COUNT = 4;

/** The narrowest classes, 1, 2 or 5 wide or a power of ten more, that hold all these; none without any. */
export function shadesOf(percents: readonly number[]): Shades {
  const [lowest, highest] = [Math.min(...percents), Math.max(...percents)];
  const classes = (step: number): Shades => {
    const first = Math.floor(lowest / step);
    const count = Math.max(1, Math.ceil(highest / step) - first);
    return count > SHADE_COUNT
      ? classes(step * (/^2/.test(`${step}`) ? 2.5 : 2))
      : { start: first * step, step, count };
  };
  return percents.length > 0 ? classes(1) : { start: 0, step: 1, count: 0 };
}

/** The class of one of them, 0 the lowest. A bound belongs to the class above it, the uppermost to the class below. */
export function shadeOf(percent: number, { start, step, count }: Shades): number {
  return Math.min(count - 1, Math.floor((percent - start) / step));
}
