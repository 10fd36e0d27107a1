import { tileAt } from './map-keys.js';

/**
 * What happens on a map. All that is remembered lies in the document: which of the lines below the grid, one for each
 * tile in the same order, is not hidden. The grid is the one tab stop and hands the focus on to the tile of that line;
 * while a tile has it, the grid is none, so that Shift and Tab lead out. Drawn again with other figures, line and tab
 * stop stay right.
 */
export function handle(event: Event): void {
  const { type, target } = event;
  const grid = event.currentTarget as HTMLElement; // heard on the grid
  const lines = [...(grid.nextElementSibling?.children ?? [])];
  const spots = spotsOf(grid);
  const spot = spots.find(({ tile }) => tile.contains(target as Node)); // events of a document come from nodes
  if (type === 'focusout') {
    grid.tabIndex = 0;
  } else if (type === 'keydown' && spot) {
    const { key, altKey, ctrlKey, metaKey } = event as KeyboardEvent; // by its type
    const to = altKey || ctrlKey || metaKey ? undefined : tileAt(key, spot, spots); // those belong to the browser
    if (to) event.preventDefault();
    to?.tile.focus();
  } else if (spot) {
    for (const [at, line] of lines.entries()) line.toggleAttribute('hidden', spots[at] !== spot);
    if (type === 'focusin') grid.tabIndex = -1;
  } else if (type === 'focusin') {
    const shown = lines.findIndex((line) => !line.hasAttribute('hidden'));
    (spots[shown] ?? spots[0])?.tile.focus();
  }
}

/** Every cell of the grid is there, so its place among the others is its place on the map. A gap has no class. */
function spotsOf(grid: Element) {
  return [...grid.children].flatMap((line, row) =>
    [...line.children].flatMap((tile, column) => (tile.className ? { tile: tile as HTMLElement, row, column } : [])),
  );
}
