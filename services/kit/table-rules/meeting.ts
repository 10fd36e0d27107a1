import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cursor } from './lane.js';
import { comparePoints, type Point } from './point.js';

/**
 * Goes along several lanes at once, in the order of their keys: each time, the points that share place and date, each
 * where its lane stands, null for lanes without. Others of this process have their turn every `turn` times.
 */
export async function meet(
  lanes: readonly Cursor[],
  turn: number,
  visit: (points: readonly (Point | null)[]) => void,
): Promise<void> {
  const points: (Point | null)[] = lanes.map(() => null);
  for (let times = 1; ; times += 1) {
    for (const lane of lanes) if (!lane.head() && !lane.isDone()) await lane.fill();
    const first = firstOf(lanes);
    if (!first) return;
    for (let index = 0; index < lanes.length; index += 1) {
      const head = lanes[index]?.head() ?? null;
      const isHere = head !== null && (head === first || comparePoints(head, first) === 0);
      points[index] = isHere ? head : null;
      if (isHere) lanes[index]?.drop();
    }
    visit(points);
    if (times % turn === 0) await nextTurn();
  }
}

function firstOf(lanes: readonly Cursor[]): Point | null {
  let first: Point | null = null;
  for (const lane of lanes) {
    const head = lane.head();
    if (head && (!first || comparePoints(head, first) < 0)) first = head;
  }
  return first;
}
