/** What would like to be said at a place; places in percent of the picture. */
export interface Candidate {
  readonly x: number;
  readonly y: number;
  /** Stands above or below its place; blank for nothing. */
  readonly text: string;
  /** Stands under the picture; blank for none. */
  readonly date: string;
  readonly look: string;
}

export interface Label extends Candidate {
  readonly isBelow: boolean;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Index of the narrowest of WIDTHS that has room for it. */
  readonly width: number;
}

/** Widths of the picture in em of its labels; the style sheet shows the labels of each where there is so much room. */
const WIDTHS = [10, 16, 30];
/** Its height in the same em. */
const HEIGHT = 13.75;
/** Width of a sign, generously; height of a line; free room around a point. */
const [SIGN, LINE, DOT] = [0.62, 1.1, 0.5] as const;

type Box = readonly [left: number, right: number, top: number, bottom: number];

/**
 * The labels that stand clear of one another and of every point, those wanted most before others. What has room in a
 * narrow picture keeps it in a wider one, where places only move apart.
 */
export function placeLabels(candidates: readonly Candidate[], points: readonly (readonly [number, number])[]): Label[] {
  const placed = new Map<Candidate, Label>();
  WIDTHS.forEach((em, width) => {
    const dots = points.map(([x, y]) => boxOf((x * em) / 100 - DOT, 2 * DOT, (y * HEIGHT) / 100 - DOT, 2 * DOT));
    for (const candidate of candidates) {
      const taken = [...dots, ...[...placed.values()].flatMap((label) => boxesOf(label, em))];
      const anchor: Label['anchor'] = candidate.x < 15 ? 'start' : candidate.x > 85 ? 'end' : 'middle';
      const label = [false, true]
        .map((isBelow) => ({ ...candidate, isBelow, anchor, width }))
        .find((one) => boxesOf(one, em).every((box) => isClear(box, taken)));
      if (label && !placed.has(candidate)) placed.set(candidate, label);
    }
  });
  return [...placed.values()];
}

/** Inside the picture or wholly under it, and on nothing else; but the same date may stand where it stands already. */
function isClear(box: Box, taken: readonly Box[]): boolean {
  const [left, right, top, bottom] = box;
  const isMet = (other: Box) =>
    left < other[1] && other[0] < right && top < other[3] && other[2] < bottom && `${other}` !== `${box}`;
  return top >= 0 && (top > HEIGHT || bottom <= HEIGHT) && !taken.some(isMet);
}

function boxesOf({ x, y, text, date, isBelow, anchor }: Label, em: number): Box[] {
  const above = (y * HEIGHT) / 100 + (isBelow ? DOT : -DOT - LINE);
  return [[text, above] as const, [date, HEIGHT + 1] as const].flatMap(([words, top]) => {
    const size = words.length * SIGN;
    const left = (x * em) / 100 - { start: DOT, middle: size / 2, end: size - DOT }[anchor];
    return words ? [boxOf(left, size, top, LINE)] : [];
  });
}

function boxOf(left: number, width: number, top: number, height: number): Box {
  return [left, left + width, top, top + height];
}
