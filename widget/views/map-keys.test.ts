import { describe, expect, test } from '@jest/globals';
import { type Spot, tileAt } from './map-keys.js';

/** A map by its letters, a row a line. */
function read(...rows: readonly string[]): (Spot & { readonly letter: string })[] {
  return rows.flatMap((text, row) =>
    [...text].flatMap((letter, column) => (letter === ' ' ? [] : [{ letter, column, row }])),
  );
}

// Bangka: West, Bangka, Pangkalpinang, Middle, South; Belitung and its East.
const babel = read('WB    ', '  P   ', ' M  LE', '  S   ');

const from = (letter: string, key: string, tiles = babel) =>
  tileAt(key, tiles.find((tile) => tile.letter === letter) as Spot & { letter: string }, tiles)?.letter; // it is on the map

describe('an arrow key', () => {
  test('goes to the neighbour on its side', () => {
    expect([from('W', 'ArrowRight'), from('B', 'ArrowLeft'), from('L', 'ArrowRight')]).toEqual(['B', 'W', 'E']);
  });

  test('goes over gaps, along the row rather than aside', () => {
    expect([from('M', 'ArrowRight'), from('L', 'ArrowLeft')]).toEqual(['L', 'M']);
  });

  test('goes to the nearest tile of another row or column where its own ends', () => {
    expect([from('P', 'ArrowUp'), from('S', 'ArrowUp'), from('P', 'ArrowRight'), from('E', 'ArrowUp')]).toEqual([
      'B',
      'P',
      'L',
      'P',
    ]);
  });

  test('goes nowhere at the edge', () => {
    expect([from('W', 'ArrowLeft'), from('W', 'ArrowUp'), from('S', 'ArrowDown'), from('E', 'ArrowRight')]).toEqual(
      Array(4).fill(undefined),
    );
  });

  test('reaches every tile in the end, on a scattered map too', () => {
    const scattered = read('A     B', '   C   ', 'D      ', '     E ', '  F   G');
    for (const tiles of [babel, scattered]) {
      const reached = new Set([tiles[0]]);
      for (const tile of reached) {
        for (const side of ['Left', 'Right', 'Up', 'Down']) {
          const next = tile && tileAt(`Arrow${side}`, tile, tiles);
          if (next) reached.add(next);
        }
      }
      expect(reached.size).toBe(tiles.length);
    }
  });
});

test('Home and End go to the ends of the row', () => {
  expect([from('L', 'Home'), from('L', 'End'), from('P', 'Home')]).toEqual(['M', 'E', 'P']);
});

test('another key goes nowhere', () => {
  expect([from('W', 'Tab'), from('W', 'a'), from('W', 'Enter')]).toEqual([undefined, undefined, undefined]);
});
