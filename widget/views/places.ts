import { type Coverage, isCoverage, isText } from '../answer.js';
import { isComparable } from '../view.js';

/** A region with the regions right below it, as far as their figures compare. */
export interface Places {
  readonly name: string;
  /** The definition they are compared by, as one of its figures; null when no figure compares with any other. */
  readonly yardstick: Coverage | null;
  /** By code. */
  readonly places: readonly Place[];
}

export interface Place {
  readonly code: string;
  readonly name: string;
  /** Null for a region without a place in the grid. */
  readonly tile: Tile | null;
  /** Null: no figure is published. */
  readonly coverage: Coverage | null;
  readonly standing: Standing;
}

export interface Tile {
  /** 0 is the westernmost. */
  readonly column: number;
  /** 0 is the northernmost. */
  readonly row: number;
}

/**
 * How a figure stands beside those of its neighbours: one of their definition, of another, of none that a source
 * states; or why there is no figure. Each is the key of its words.
 */
export const STANDINGS = ['sameDefinition', 'notComparable', 'unstated', 'withheld', 'withdrawn', 'noFigure'] as const;
export type Standing = (typeof STANDINGS)[number];

/** As the far end should say it: nothing is believed before it is looked at. */
interface Answered {
  readonly name: string;
  readonly coverage: Coverage | null;
  readonly children: readonly Omit<Place, 'standing'>[];
}

/** What the API answered under `places`; null when it is half or odd: no figure is better than a wrong one. */
export function readPlaces(answer: unknown): Places | null {
  try {
    const { name, coverage, children } = answer as Answered; // each field is looked at below
    const isFine = isText(name) && [coverage, ...children.map((child) => child.coverage)].every(isFigure);
    return isFine && children.every((child) => isText(child.code) && isText(child.name))
      ? { name, ...compare(children, coverage) }
      : null;
  } catch {
    return null; // something lacks what was looked for in it
  }
}

function compare(children: Answered['children'], above: Coverage | null): Omit<Places, 'name'> {
  const yardstick = yardstickOf(
    children.flatMap(({ coverage }) => coverage ?? []),
    above,
  );
  return {
    yardstick,
    places: children.map((child) => ({ ...child, standing: standingOf(child.coverage, yardstick) })),
  };
}

/**
 * The definition that most of the figures share: where one was asked for, it is that one. Of two equally common ones
 * it is that of the region above. A definition of which no number is published yields to any other.
 */
function yardstickOf(coverages: readonly Coverage[], above: Coverage | null): Coverage | null {
  const weightOf = (one: Coverage) =>
    coverages.filter((other) => isComparable(one, other) && other.percent !== null).length +
    (above && isComparable(one, above) ? 0.5 : 0);
  const weighed = coverages.filter((one) => isComparable(one, one)).map((one) => ({ one, weight: weightOf(one) }));
  return weighed.sort((a, b) => b.weight - a.weight)[0]?.one ?? null;
}

function standingOf(coverage: Coverage | null, yardstick: Coverage | null): Standing {
  if (!coverage) return 'noFigure';
  const { percent, obsStatus } = coverage;
  if (percent === null) return obsStatus === 'Q' ? 'withheld' : obsStatus === 'O' ? 'withdrawn' : 'noFigure';
  if (!isComparable(coverage, coverage)) return 'unstated';
  return yardstick && isComparable(coverage, yardstick) ? 'sameDefinition' : 'notComparable';
}

function isFigure(coverage: Coverage | null): boolean {
  return coverage === null || isCoverage(coverage);
}
