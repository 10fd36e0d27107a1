import type { Coverage } from '../answer.js';
import { isComparable } from '../view.js';
import type { SeriesEvent, Target, Trend } from './trend-answer.js';

/** A trend ready to be drawn: what stands where in time, and what is joined to what. */
export interface Course {
  /** Each figure once, oldest first. */
  readonly spots: readonly Spot[];
  /** Those of the main definition. */
  readonly line: readonly Spot[];
  /** Neighbours that may be compared. */
  readonly joints: readonly (readonly [Spot, Spot])[];
  /** What parts the figures or explains them. */
  readonly marks: readonly Mark[];
  /** To be reached by the main definition. */
  readonly targets: readonly Target[];
}

/** A figure and the instant it stands at, in milliseconds: the middle of a date that is a month or a year. */
export interface Spot extends Coverage {
  readonly at: number;
  /** Which one it follows of the definitions that occur; 0 is the main one, which the line is drawn of. */
  readonly definition: number;
}

/** One with a number. */
export interface Point extends Spot {
  readonly percent: number;
}

/** An event and where it stands; one of no kind where a figure says that the series breaks and no event tells why. */
export interface Mark extends SeriesEvent {
  readonly at: number;
}

/** Events that changed how many are insured, not how they are measured; a kind newer than this module may be a break. */
const HARMLESS = /^(ADHOC|SUBSIDY|RULE)_/;

export function isBreak({ kind }: SeriesEvent): boolean {
  return !HARMLESS.test(kind);
}

export function courseOf({ coverage, coverageSeries, events, targets }: Trend): Course {
  const main = (coverage ?? coverageSeries.at(-1))?.indicator.id;
  const definitions = [...new Set([main, ...coverageSeries.map(({ indicator }) => indicator.id)])];
  const spots = coverageSeries
    .filter(isNeeded)
    .map((figure) => ({
      ...figure,
      at: middleOf(spanOf(figure.date)),
      definition: definitions.indexOf(figure.indicator.id),
    }))
    .sort((one, other) => one.at - other.at);
  const line = spots.filter(({ definition }) => definition === 0);
  const marks = marksOf(spots, events);
  const joints = neighbours(line).filter(([one, other]) => {
    const isFlagged = other.flags.includes('SERIES_BREAK');
    const isParted = events.some((event) => isBreak(event) && parts(event, one, other));
    if (isFlagged && !isParted) marks.push({ ...UNTOLD, date: other.date, at: middleOf([one.at, other.at]) });
    return one.percent !== null && other.percent !== null && isComparable(one, other) && !isFlagged && !isParted;
  });
  return {
    spots,
    line,
    joints,
    marks,
    targets: targets.filter(
      ({ percent, indicator }) =>
        percent !== null && indicator.id === main && line.some((spot) => isComparable(spot, spot)),
    ),
  };
}

const UNTOLD = { kind: '', note: { id: '', en: '' } };

/** Of one definition and date, a figure as stated outdoes one that we derived, and the same number stands once. */
function isNeeded({ date, origin, percent, indicator }: Coverage, index: number, series: readonly Coverage[]): boolean {
  return !series.some(
    (other, at) =>
      other.date === date &&
      other.indicator.id === indicator.id &&
      (other.origin === origin ? other.percent === percent && at < index : origin === 'DERIVED'),
  );
}

/** Figures that follow one another in time: not a year among its own months, nor one of two numbers for one date. */
function neighbours(line: readonly Spot[]): [Spot, Spot][] {
  const isPlaced = (spot: Spot) => !line.some((other) => other !== spot && other.date.startsWith(spot.date));
  return line.flatMap((spot, index): [Spot, Spot][] => {
    const before = line[index - 1];
    return before && isPlaced(before) && isPlaced(spot) ? [[before, spot]] : [];
  });
}

/** The events of the time that the figures are about. */
function marksOf(spots: readonly Spot[], events: readonly SeriesEvent[]): Mark[] {
  const days = spots.flatMap(({ date }) => spanOf(date));
  const [from, to] = [Math.min(...days), Math.max(...days)];
  return events.flatMap((event) => {
    const [first, last] = spanOf(event.date);
    const at = middleOf([Math.max(first, from), Math.min(last, to)]);
    return first <= to && last >= from ? { ...event, at } : [];
  });
}

/** True when it may have happened after the one, which stands for its last day, and up to the other. */
function parts({ date }: SeriesEvent, one: Coverage, other: Coverage): boolean {
  const [first, last] = spanOf(date);
  return last > spanOf(one.date)[1] && first <= spanOf(other.date)[1];
}

/** First and last day of a date, in milliseconds: all of the year where it is no more than a year. */
function spanOf(date: string): [first: number, last: number] {
  const [year = 0, month, day] = date.split('-').map(Number);
  const first = Date.parse(date);
  return [first, day ? first : Date.UTC(year, month ?? 12, 0)];
}

function middleOf([first, last]: readonly [number, number]): number {
  return (first + last) / 2;
}
