import { describe, expect, test } from '@jest/globals';
import { findSlip } from './slip.js';

describe('a slip', () => {
  test.each([
    [37_229, 372_290, { kind: 'unit', factor: 10, isMore: true }],
    [37_229, 37_900_000, { kind: 'unit', factor: 1000, isMore: true }],
    [37_229, 37, { kind: 'unit', factor: 1000, isMore: false }],
    [21, 0.21, { kind: 'unit', factor: 100, isMore: false }],
    [90071992547409931n, 900719925474099n, { kind: 'unit', factor: 100, isMore: false }],
    [37_229, 32_729, { kind: 'swapped' }],
    [46.61, 41.61, { kind: 'digit' }],
    [102_447, 192_447, { kind: 'digit' }],
  ])('makes %s into %s', (before, now, slip) => {
    expect(findSlip(before, now)).toEqual(slip);
  });

  test.each([
    [1234, 1234],
    [1234, 1243], // as any other small change
    [1234, 1235],
    [123, 132], // too short to tell
    [1234, 5678],
    [33.1, 33.15],
    [5000, 4000], // round figures have few digits that tell
    [1000, 8400],
  ])('is not what makes %s into %s', (before, now) => {
    expect(findSlip(before, now)).toBeNull();
  });
});
