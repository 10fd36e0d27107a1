import { expect, test } from '@jest/globals';
import { readSelector } from './selector.js';

test('a selector is read as its parts, in any order and with spaces', () => {
  expect([readSelector('segment=PU;program=JKK'), readSelector(' program = JKK ; segment=PU ')]).toEqual([
    { segment: 'PU', program: 'JKK' },
    { program: 'JKK', segment: 'PU' },
  ]);
});

test('a selector that says nothing has no parts', () => {
  expect([null, undefined, '', ';', 'segment', 'a=b=c', 5].map(readSelector)).toEqual(Array(7).fill({}));
});
