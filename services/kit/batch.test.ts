import { expect, test } from '@jest/globals';
import { batch, groupBy } from './batch.js';

/** Lengths of texts, with every question it was asked. */
function lengths() {
  const asked: [readonly string[], string | null][] = [];
  const find = async (keys: readonly string[], unit: string | null) => {
    asked.push([keys, unit]);
    return new Map(keys.filter((key) => key !== '').map((key) => [key, key.length]));
  };
  return { asked, lengths: batch(find, -1) };
}

test('a batch asks once for all keys that are wanted together, each key once', async () => {
  const { asked, lengths: batched } = lengths();
  const found = await Promise.all(['a', 'bb', 'a', ''].map((key) => batched.load(key, null)));
  expect({ found, asked }).toEqual({ found: [1, 2, 1, -1], asked: [[['a', 'bb', ''], null]] });
});

test('a batch asks apart for what has other arguments, and remembers its answers', async () => {
  const { asked, lengths: batched } = lengths();
  await Promise.all([batched.load('a', 'x'), batched.load('a', 'y')]);
  await batched.load('a', 'x');
  expect(asked).toEqual([
    [['a'], 'x'],
    [['a'], 'y'],
  ]);
});

test('a failing question fails for each who asked it', async () => {
  const failing = batch<string, null, number>(async () => Promise.reject(new Error('no database')), 0);
  const answers = await Promise.allSettled([failing.load('a', null), failing.load('b', null)]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('rows are grouped under their key in the order they came', () => {
  expect([...groupBy(['b1', 'a1', 'b2'], (row) => row.charAt(0))]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1']],
  ]);
});
