import type { Tile } from './places.js';

/** The grid, row by row, with null for its gaps. */
export interface Layout<T> {
  readonly rows: readonly (readonly (T | null)[])[];
  /** Those without a tile on a grid of this size, or whose tile is another's already. */
  readonly left: readonly T[];
}

/** Columns and rows at most; a tile farther off is a mistake. */
const SIZE = 64;

export function layoutOf<T extends { readonly tile: Tile | null }>(places: readonly T[]): Layout<T> {
  const upTo = (side: keyof Tile) => {
    const used = places.map(({ tile }) => tile?.[side] ?? -1).filter((at) => at < SIZE);
    return [...Array(Math.max(0, 1 + Math.max(...used))).keys()];
  };
  const columns = upTo('column');
  const rows = upTo('row').map((row) =>
    columns.map((column) => places.find(({ tile }) => tile?.row === row && tile.column === column) ?? null),
  );
  const placed = rows.flat();
  return { rows, left: places.filter((place) => !placed.includes(place)) };
}
