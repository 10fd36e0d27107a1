import { codesFor } from '@cakupan/coverage-widget/card-view';
import type { Choices } from './choices.js';

/** The width that the heights are of; a narrower frame is higher, and tells so. */
export const FRAME_WIDTH = 600;

const CARD = 320;
const ROW = 62;
/** One region with nothing below it has no line for the others either. */
const ALONE = 300;
/** Pictures of the other views have the same room, whatever is in them. */
const VIEW = 560;

/** How high a frame has to be so that a usual card, or a view, is in it without scrolling. */
export function frameHeight(region: string, { view, compare, isCompact }: Choices): number {
  if (view !== 'card') return VIEW;
  const rows = isCompact ? 0 : codesFor(region, compare.length > 0 ? compare.join(' ') : null).length - 1;
  return rows === 0 ? ALONE : CARD + rows * ROW;
}
