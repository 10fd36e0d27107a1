import type { TableCheck } from '../table-check.js';
import { addFigures, differenceOf, type Figure } from './figure.js';
import type { Member } from './group.js';
import { marginOf, type Point } from './point.js';

/** A figure and others of the same place and date that it is compared with, added up. */
export interface Relation {
  readonly whole: Member;
  readonly parts: readonly Member[];
  readonly value: string;
  /** What is wrong: the whole is not the sum, is less than it, or is not less than it: more, or just as much. */
  readonly wrong: '<>' | '<' | '>=';
  /** True where the sum is of those parts that are there; else nothing is wrong without all of them. */
  readonly isOfSome?: boolean;
  /** Figures between the whole and the part: where one of them is known, it is compared with both in their stead. */
  readonly between?: readonly Member[];
  tell(broken: Broken): void;
}

/** A relation that does not hold, with the figures as text. */
export interface Broken {
  readonly line: number;
  readonly whole: string;
  readonly sum: string;
  /** In the order of the relation; null for a part that is not there, or not stated. */
  readonly parts: readonly ({ readonly value: string; readonly line: number } | null)[];
}

/** Looks at the points of one place and date, each where its member stands; null for none in the file. */
export type Look = (points: readonly (Point | null)[]) => void;

/** A relation between points whose members stand at these places in a list. */
export function lookOf(check: TableCheck, relation: Relation, placeOf: (member: Member) => number): Look {
  const { wrong, tell, isOfSome = false, between = [] } = relation;
  const column = check.names.indexOf(relation.value);
  const whole = placeOf(relation.whole);
  const parts = relation.parts.map(placeOf);
  const nearer = between.map(placeOf);
  const isKnown = (point: Point | null | undefined) =>
    point?.isExact === true && point.line !== null && (point.figures[column] ?? null) !== null;
  return (points) => {
    if (nearer.some((place) => isKnown(points[place]))) return;
    const total = points[whole];
    const figure = total ? (total.figures[column] ?? null) : null;
    if (!total || total.line === null || figure === null || !total.isExact) return;
    let sum: Figure = 0;
    for (const part of parts) {
      const point = points[part];
      const addend = point && point.line !== null ? (point.figures[column] ?? null) : null;
      if (!point || addend === null) {
        if (!isOfSome) return;
        continue;
      }
      if (!point.isExact) return;
      sum = addFigures(sum, addend);
    }
    if (figure === sum ? wrong !== '>=' : isWithin(wrong, figure, sum)) return;
    const all = [total, ...parts.flatMap((part) => points[part] ?? [])];
    if (figure !== sum && isRounding(check, all, column, differenceOf(figure, sum))) return;
    tell(
      brokenOf(
        total,
        figure,
        sum,
        parts.map((part) => points[part] ?? null),
        column,
      ),
    );
  };
}

/** True where the figure lies on the side of the sum that is right. */
function isWithin(wrong: Relation['wrong'], figure: Figure, sum: Figure): boolean {
  return (wrong === '<' && figure > sum) || (wrong === '>=' && figure < sum);
}

/** True where a difference is no more than all these figures together may be rounded by. */
function isRounding(check: TableCheck, points: readonly Point[], column: number, difference: Figure): boolean {
  const margin = points.reduce((sum, point) => sum + marginOf(check, point, column), 0);
  return margin > 0 && Math.abs(Number(difference)) <= margin;
}

function brokenOf(total: Point, figure: Figure, sum: Figure, parts: readonly (Point | null)[], column: number): Broken {
  return {
    line: total.line ?? 0,
    whole: String(figure),
    sum: String(sum),
    parts: parts.map((part) => {
      const value = part?.figures[column] ?? null;
      return value === null ? null : { value: String(value), line: part?.line ?? 0 };
    }),
  };
}
