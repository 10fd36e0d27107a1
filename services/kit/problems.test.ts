import { describe, expect, test } from '@jest/globals';
import { createProblems, severityOf } from './problems.js';

const MESSAGE = { id: 'salah', en: 'wrong' };
const SUGGESTION = { id: 'perbaiki', en: 'mend it' };

describe('a problem', () => {
  test('says where it is and what to do, or that it is about the file', () => {
    const problems = createProblems('a.csv');
    problems.add('E2', MESSAGE, { row: 3, column: 'code', raw: '1903', suggestion: SUGGESTION });
    problems.add('FILE', MESSAGE);
    const [file, message] = ['a.csv', MESSAGE];
    expect(problems.list).toEqual([
      { file, row: 3, column: 'code', raw: '1903', rule: 'E2', severity: 'E', message, suggestion: SUGGESTION },
      { file, row: null, column: null, raw: null, rule: 'FILE', severity: 'E', message, suggestion: null },
    ]);
  });

  test.each([
    ['W1', 'W'],
    ['W11', 'W'],
    ['VANISHED', 'W'],
    ['E1', 'E'],
    ['WORD', 'E'],
    ['PERSONAL', 'E'],
  ] as const)('of rule %s is of severity %s', (rule, severity) => {
    expect(severityOf(rule)).toBe(severity);
  });
});

describe('of very many problems', () => {
  test('the first thousand of each rule are kept and all are counted', () => {
    const problems = createProblems('a.csv');
    for (let row = 1; row <= 2500; row += 1) problems.add('E3', MESSAGE, { row });
    problems.add('W2', MESSAGE, { row: 9 });
    expect({
      kept: problems.list.length,
      lastTwo: problems.list.slice(-2).map(({ row }) => row),
      counts: [...problems.counts],
      all: problems.count(),
      errors: problems.count('E'),
      warnings: problems.count('W'),
    }).toEqual({
      kept: 1001,
      lastTwo: [1000, 9],
      counts: [
        ['E3', 2500],
        ['W2', 1],
      ],
      all: 2501,
      errors: 2500,
      warnings: 1,
    });
  });

  test('those that are not told one by one are counted too', () => {
    const problems = createProblems('a.csv');
    problems.add('VANISHED', MESSAGE);
    problems.addUntold('VANISHED', 4000);
    expect([problems.list.length, problems.counts.get('VANISHED'), problems.count('W')]).toEqual([1, 4001, 4001]);
  });

  test('none is left once they are forgotten', () => {
    const problems = createProblems('a.csv');
    problems.add('E3', MESSAGE);
    problems.clear();
    problems.add('PERSONAL', MESSAGE);
    expect([problems.list.map(({ rule }) => rule), problems.count()]).toEqual([['PERSONAL'], 1]);
  });
});
