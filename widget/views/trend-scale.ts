import type { Course } from './trend-course.js';

/** Where instants and percents stand in the picture, in percent of its width and height. */
export interface Scale {
  readonly x: (at: number) => number;
  readonly y: (percent: number) => number;
  /** Percents with a line across, the lowest first; none without a number. */
  readonly ticks: readonly number[];
}

/** Part of the highest value that the values must differ by, or the scale starts higher than zero to show that they do. */
const LEAST_SPREAD = 0.1;
/** Percents from one line across to the next. */
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50];
/** Percent of the width left free at both sides, so that marks at the ends are whole. */
const SIDE = 3;

/** A scale from zero on, past 100 where a value is, unless all that happens would then be one flat line. */
export function scaleOf({ spots, targets }: Course): Scale {
  const values = [...spots, ...targets].flatMap(({ percent }) => percent ?? []);
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const isFlat = lowest < highest && highest - lowest < LEAST_SPREAD * highest;
  const size = (isFlat ? highest - lowest : highest) / 3;
  const step = STEPS.find((one) => one >= size) ?? 100;
  const bottom = isFlat ? Math.floor(lowest / step) : 0;
  const top = Math.max(Math.ceil(highest / step), 1);
  const [from, to] = [spots[0]?.at ?? 0, spots.at(-1)?.at ?? 0];
  const part = (at: number) => (from === to ? 0.5 : Math.min(1, Math.max(0, (at - from) / (to - from))));
  return {
    x: (at) => SIDE + (100 - 2 * SIDE) * part(at),
    y: (percent) => (100 * (top - percent / step)) / (top - bottom),
    ticks: values.length ? Array.from({ length: top - bottom + 1 }, (_, i) => (bottom + i) * step) : [],
  };
}
