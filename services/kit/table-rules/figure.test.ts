import { describe, expect, test } from '@jest/globals';
import { addFigures, differenceOf, readFigure } from './figure.js';

describe('a figure', () => {
  test('is read to its last digit, and is blank where it is', () => {
    expect(['90071992547409931', '37229', 37229, 33.1, '33.100000', null].map(readFigure)).toEqual([
      90071992547409931n,
      37229,
      37229,
      33.1,
      33.1,
      null,
    ]);
  });

  test('is added to its last digit, where no number holds the sum', () => {
    expect(addFigures(Number.MAX_SAFE_INTEGER, 2)).toBe(9007199254740993n);
    expect(addFigures(90071992547409931n, 2)).toBe(90071992547409933n);
    expect(differenceOf(90071992547409931n, 90071992547409930n)).toBe(1n);
    expect(differenceOf(2, 5)).toBe(-3);
  });
});
