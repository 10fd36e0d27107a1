import { describe, expect, test } from '@jest/globals';
import { percentRules } from './percent.js';

function broken(percent: number | null) {
  return percentRules('percent').flatMap(({ name, check }) => (check({ percent }) ? [name] : []));
}

describe('a percent', () => {
  test('is doubted below 1 and above 100, and refused where it cannot be one', () => {
    const percents = [null, 0, 0.21, 0.999999, 1, 21, 100, 100.01, 998.9, 999, 2100];
    expect(percents.map(broken)).toEqual([[], [], ['W5'], ['W5'], [], [], [], ['W3'], ['W3'], ['E3'], ['E3']]);
  });

  test('that may be a fraction is told what it would be', () => {
    expect(percentRules('percent').map(({ check }) => check({ percent: 0.21 }))).toEqual([
      null,
      null,
      {
        id: '0.21 persen kurang dari 1',
        en: '0.21 percent is below 1',
        suggestion: { id: 'bila itu pecahan, tulis 21', en: 'if it is a fraction, write 21' },
      },
    ]);
  });
});
