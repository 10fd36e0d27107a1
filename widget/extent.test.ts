import { expect, test } from '@jest/globals';
import { filledOf, lookOf } from './extent.js';

test.each([
  [21, '', 21],
  [0, '', 0],
  [100, '', 100],
  [103.2, 'over', 100],
  [null, 'withheld', 0],
])('a share of %s is drawn as far as it may be seen', (percent, look, filled) => {
  expect([lookOf(percent), filledOf(percent)]).toEqual([look, filled]);
});
