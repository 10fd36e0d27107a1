/** Where a tile lies: column 0 is the westernmost, row 0 the northernmost. */
export interface Spot {
  readonly column: number;
  readonly row: number;
}

/** How much more it costs to leave the row or column than to move along it. */
const ASIDE = 3;

/** Columns and rows that an arrow goes. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * The tile that a key leads to, of these, which lie in reading order; undefined when it leads nowhere. An arrow goes
 * to the nearest tile on that side, over gaps and into a neighbouring row if need be; Home and End go to the ends of
 * the row.
 */
export function tileAt<T extends Spot>(key: string, from: T, tiles: readonly T[]): T | undefined {
  const row = tiles.filter((tile) => tile.row === from.row);
  if (key === 'Home') return row[0];
  if (key === 'End') return row[row.length - 1];
  const [right, down] = ARROWS[key] ?? [0, 0];
  const reached = tiles.flatMap((tile) => {
    const [columns, rows] = [tile.column - from.column, tile.row - from.row];
    const ahead = columns * right + rows * down;
    return ahead > 0 ? { tile, cost: ahead + ASIDE * Math.abs(columns * down + rows * right) } : [];
  });
  return reached.sort((a, b) => a.cost - b.cost)[0]?.tile;
}
