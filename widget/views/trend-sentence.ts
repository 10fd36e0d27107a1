import type { Coverage } from '../answer.js';
import { type Entry, type Reader, viewOf } from '../view.js';
import type { Spot } from './trend-course.js';

/** A figure as the card says it. */
export function entryOf(coverage: Coverage, reader: Reader): Entry {
  return viewOf({ region: { code: '', name: '', coverage }, context: [], edition: null, isStale: false }, reader).main;
}

/** `sekitar 35%`, or in words why there is no number. */
export function numberOf(figure: Coverage, reader: Reader): string {
  const { qualifier, value } = entryOf(figure, reader);
  return `${qualifier} ${value}`.trim();
}

/** `sekitar 35% per Des 2024; 27,24% per 1 Jun 2025`: what tells most of a line, in words. */
export function sentenceOf(spots: readonly Spot[], reader: Reader): string {
  return spots
    .filter((spot) => telling(spots).includes(spot))
    .map((spot) => `${numberOf(spot, reader)} ${reader.words.asAt} ${reader.format.date(spot.date)}`)
    .join('; ');
}

/** Those that tell most of a line: its newest, its oldest, its highest, its lowest. */
export function telling(spots: readonly Spot[]): Spot[] {
  const ordered = spots
    .filter(({ percent }) => percent !== null)
    .sort((one, other) => Number(other.percent) - Number(one.percent));
  return [spots.at(-1), spots[0], ordered[0], ordered.at(-1)].flatMap((spot) => spot ?? []);
}
