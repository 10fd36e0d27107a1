import { expect, test } from '@jest/globals';
import type { Dataset } from './dataset.js';
import { demandPeriodsFirst } from './reach.js';

/** Invented: rows of a region and two dates. */
const DATASET: Dataset = {
  name: 'invented',
  subgraph: 'none',
  file: 'invented.csv',
  table: 'invented',
  columns: [
    { name: 'region_code', kind: 'region' },
    { name: 'start', kind: 'date' },
    { name: 'end', kind: 'date' },
    { name: 'seen_on', kind: 'date' },
    { name: 'kind', kind: 'word', words: ['A', 'B'] },
  ],
  key: ['region_code', 'start', 'end', 'kind'],
  series: ['kind'],
  firstLoad: 'BY_SOURCE',
};

test.each([
  ['no period', []],
  ['all dates of the key', ['start', 'end']],
  ['the first date, and a dimension of the series', ['start', 'kind']],
])('a dataset may have %s as its period', (_, period) => {
  expect(() => demandPeriodsFirst([{ ...DATASET, period }])).not.toThrow();
});

test.each([
  ['a later date', ['end']],
  ['its dates in another order', ['end', 'start']],
  ['a date that is not of the key', ['seen_on']],
])('a dataset with %s as its period is refused', (_, period) => {
  expect(() => demandPeriodsFirst([DATASET, { ...DATASET, name: 'other', period }])).toThrow(
    `The period must be the first dates of the key, in the same order, and is not in other (${period.join(', ')})`,
  );
});
