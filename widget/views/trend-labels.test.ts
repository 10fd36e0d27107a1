import { describe, expect, test } from '@jest/globals';
import { placeLabels } from './trend-labels.js';

const at = (x: number, y = 50, text = '33,10%', date = 'Des 2025') => ({ x, y, text, date });
const places = (...candidates: ReturnType<typeof at>[]) =>
  placeLabels(candidates).map(({ wanted, width }) => [wanted.x, width]);

describe('labels', () => {
  test('are given to those wanted most, to others where the picture is wide enough', () => {
    expect(places(at(97), at(3), at(72), at(90), at(60))).toEqual([
      [97, 0],
      [3, 0],
      [60, 1],
      [72, 2],
    ]);
  });

  test('are not given twice for one date', () => {
    expect(places(at(50, 40), at(50, 20))).toEqual([[50, 0]]);
  });

  test('stay within the picture at its sides', () => {
    expect(placeLabels([at(3), at(97), at(50)]).map(({ anchor }) => anchor)).toEqual(['start', 'end', 'middle']);
  });

  test('stand below a point that has another or the edge above it', () => {
    const isBelow = (...candidates: ReturnType<typeof at>[]) => placeLabels(candidates)[0]?.isBelow;
    expect([isBelow(at(50)), isBelow(at(50), at(55, 40)), isBelow(at(50), at(55, 60)), isBelow(at(50, 5))]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  test('need more room for longer words', () => {
    expect(places(at(97), at(60))).toEqual([
      [97, 0],
      [60, 1],
    ]);
    expect(places(at(97), at(60, 50, 'lebih dari 33,10%'))).toEqual([
      [97, 0],
      [60, 2],
    ]);
  });
});
