import { expect, test } from '@jest/globals';
import { createProblems } from './problems.js';

const MESSAGE = { id: 'salah', en: 'wrong' };

test('a problem says where it is, or that it is about the file', () => {
  const problems = createProblems('a.csv');
  problems.add('E2', MESSAGE, { row: 3, column: 'code', raw: '1903' });
  problems.add('LAYOUT', MESSAGE);
  expect(problems.list).toEqual([
    { file: 'a.csv', row: 3, column: 'code', raw: '1903', rule: 'E2', message: MESSAGE },
    { file: 'a.csv', row: null, column: null, raw: null, rule: 'LAYOUT', message: MESSAGE },
  ]);
});

test('of very many problems the first thousand are kept and all are counted', () => {
  const problems = createProblems('a.csv');
  for (let row = 1; row <= 2500; row += 1) problems.add('E3', MESSAGE, { row });
  expect({ kept: problems.list.length, last: problems.list.at(-1)?.row, count: problems.count() }).toEqual({
    kept: 1000,
    last: 1000,
    count: 2500,
  });
});
