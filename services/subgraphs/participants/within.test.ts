import { expect, test } from '@jest/globals';
import { liesWithin, textRange } from './within.js';

const QUARTER = { start: '2024-07-01', end: '2024-09-30' };
const DATES = [
  '2023-12-31',
  '2024',
  '2024-06',
  '2024-06-30',
  '2024-07',
  '2024-07-01',
  '2024-09',
  '2024-09-30',
  '2024-10',
];

test('a date lies within a period as a whole or not at all', () => {
  expect(DATES.filter((date) => liesWithin(date, QUARTER))).toEqual(['2024-07', '2024-07-01', '2024-09', '2024-09-30']);
});

test('dates within a period stand between two texts', () => {
  const [earliest, latest] = textRange(QUARTER);
  const between = DATES.filter((date) => date >= earliest && date <= latest);
  expect(DATES.filter((date) => liesWithin(date, QUARTER) && !between.includes(date))).toEqual([]);
  expect(between).not.toContain('2023-12-31');
});
