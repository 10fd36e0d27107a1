/** A point that would like to say its number, and its date under the picture; places in percent of the picture. */
export interface Candidate {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly date: string;
}

export interface Label<Wanted extends Candidate> {
  readonly wanted: Wanted;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly isBelow: boolean;
  /** Index of the narrowest of WIDTHS that has room for it. */
  readonly width: number;
}

/** Widths of the picture in em of its labels; the style sheet shows the labels of each where there is so much room. */
const WIDTHS = [15, 24, 45];
/** Width of a sign, generously, in the same em. */
const SIGN = 0.62;

/**
 * The labels that stand clear of one another from left to right, those wanted most before others. What has room in a
 * narrow picture keeps it in a wider one, where places only move apart.
 */
export function placeLabels<Wanted extends Candidate>(candidates: readonly Wanted[]): Label<Wanted>[] {
  const placed: Label<Wanted>[] = [];
  WIDTHS.forEach((em, width) => {
    for (const wanted of candidates) {
      const [left, right] = spanOf(wanted, em);
      const isClear = placed.every((other) => {
        const [from, to] = spanOf(other.wanted, em);
        return right <= from || left >= to;
      });
      const isBelow = candidates.some(({ x, y }) => Math.abs(x - wanted.x) < 15 && y < wanted.y && y > wanted.y - 20);
      if (isClear) placed.push({ wanted, anchor: anchorOf(wanted), isBelow: isBelow || wanted.y < 10, width });
    }
  });
  return placed;
}

/** Labels at the sides stay within the picture. */
function anchorOf({ x }: Candidate): 'start' | 'middle' | 'end' {
  return x < 15 ? 'start' : x > 85 ? 'end' : 'middle';
}

function spanOf(candidate: Candidate, em: number): [left: number, right: number] {
  const width = (100 * SIGN * Math.max(candidate.text.length, candidate.date.length)) / em;
  const left = candidate.x - width * { start: 0, middle: 0.5, end: 1 }[anchorOf(candidate)];
  return [left, left + width];
}
