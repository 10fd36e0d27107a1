import { describe, expect, test } from '@jest/globals';
import { addressOf, codesFor } from './query.js';

describe('the codes asked for', () => {
  test('are the region, its province and the country', () => {
    expect(codesFor('19.03')).toEqual(['19.03', '19', '00']);
    expect(codesFor('19.03.01.2001')).toEqual(['19.03.01.2001', '19', '00']);
  });

  test('are not asked twice', () => {
    expect([codesFor('19'), codesFor('00')]).toEqual([['19', '00'], ['00']]);
  });

  test('leave a code without dots to the far end: 1903 is another region, or none', () => {
    expect([codesFor('1903'), codesFor('Bangka')]).toEqual([['1903'], ['Bangka']]);
  });

  test('are those that the page wants to compare with, at most twelve, and none where it wants none', () => {
    expect(codesFor('19.03', '19.01, 19.05  19.03')).toEqual(['19.03', '19.01', '19.05']);
    expect(codesFor('19.03', '')).toEqual(['19.03']);
    expect(codesFor('19.03', Array.from({ length: 40 }, (_, n) => `32.${n + 10}`).join(' '))).toHaveLength(13);
  });
});

describe('the address', () => {
  const question = { api: 'https://api.test', indicator: null, asOf: null, lists: { cards: ['00', '19'] } };
  const read = (address: string) => Object.fromEntries(new URL(address).searchParams);

  test('holds the document and the variables, and nothing that changes by itself', () => {
    const address = addressOf(question, 'abc');
    expect(read(address)).toEqual({ documentId: 'abc', variables: '{"cards":["00","19"],"indicator":null}' });
    expect(address).toBe(addressOf({ ...question }, 'abc'));
  });

  test('carries the edition asked for', () => {
    expect(read(addressOf({ ...question, asOf: '2024-10-12' }, 'abc')).asOf).toBe('2024-10-12');
  });

  test('carries the definition asked for, and none for a blank one', () => {
    expect(read(addressOf({ ...question, indicator: 'ucj' })).variables).toContain('"indicator":"ucj"');
    expect(read(addressOf({ ...question, indicator: '' })).variables).toContain('"indicator":null');
  });

  test('continues a base address with a path', () => {
    expect(new URL(addressOf({ ...question, api: 'https://api.test/v1' })).pathname).toBe('/v1/graphql');
  });

  test('escapes whatever stands in the attributes', () => {
    expect(read(addressOf({ ...question, lists: { cards: ['"&#?='] } })).variables).toBe(
      JSON.stringify({ cards: ['"&#?='], indicator: null }),
    );
  });
});
