import { expect, test } from '@jest/globals';
import { isYear, readYear } from './year.js';

test('a year is four digits and nothing more precise', () => {
  expect(['2024', '2024-10', '24', ' 2024', ''].map(isYear)).toEqual([true, false, false, false, false]);
});

test('what is no year is refused with what to write', () => {
  expect(() => readYear('2024-10')).toThrow('Year "2024-10" is not a year: write 2024.');
});
