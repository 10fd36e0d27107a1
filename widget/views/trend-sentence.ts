import type { Coverage } from '../answer.js';
import { type Entry, entryOf as entryOfRegion, type Reader, wholeValue } from '../view.js';
import type { Point, Spot } from './trend-course.js';

/** A figure as the card says it. */
export function entryOf(coverage: Coverage, reader: Reader): Entry {
  return entryOfRegion({ code: '', name: '', coverage }, coverage, reader);
}

/** `sekitar 35%`, or in words why there is no number. */
export function numberOf(figure: Coverage, reader: Reader): string {
  return wholeValue(entryOf(figure, reader));
}

/** `sekitar 35% per Des 2024; 27,24% per 1 Jun 2025` */
export function sentenceOf(spots: readonly Spot[], reader: Reader): string {
  return spots
    .map((spot) => `${numberOf(spot, reader)} ${reader.words.asAt} ${reader.format.date(spot.date)}`)
    .join('; ');
}

/** Those that tell most of a line: its newest, its oldest, its highest, its lowest. */
export function telling(spots: readonly Spot[]): readonly Spot[] {
  const ordered = spots.filter(isNumber).sort((one, other) => other.percent - one.percent);
  const ends = [spots.at(-1), spots[0], ordered[0], ordered.at(-1)];
  return spots.filter((spot) => ends.includes(spot));
}

export function isNumber(spot: Spot): spot is Point {
  return spot.percent !== null;
}
