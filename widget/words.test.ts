import { describe, expect, test } from '@jest/globals';
import { languageOf, remarkOn, WORDS } from './words.js';

describe('the words', () => {
  test('are there for the same things in both languages', () => {
    expect(Object.keys(WORDS.en).sort()).toEqual(Object.keys(WORDS.id).sort());
  });

  test('are never blank', () => {
    expect([...Object.values(WORDS.id), ...Object.values(WORDS.en)].filter((text) => !text.trim())).toEqual([]);
  });

  test('differ between the languages', () => {
    const same = Object.entries(WORDS.id).filter(([key, text]) => text === WORDS.en[key as keyof typeof WORDS.en]); // the keys are equal, see above
    expect(same).toEqual([['target', 'target']]);
  });
});

describe('the language', () => {
  test('is Indonesian unless the tag asks for English', () => {
    expect(['', 'id', 'fr', 'enx', null, undefined].map(languageOf)).toEqual(Array(6).fill('id'));
  });

  test('is English for every kind of English', () => {
    expect(['en', 'EN', 'en-GB'].map(languageOf)).toEqual(['en', 'en', 'en']);
  });
});

describe('a remark', () => {
  test('is made on the flags and statuses that a reader must know', () => {
    expect(['OVER_100', 'SERIES_BREAK', 'E', 'P'].map((word) => remarkOn(word, WORDS.en) !== undefined)).toEqual(
      Array(4).fill(true),
    );
  });

  test('is not made on words we do not know, or that are not the API’s', () => {
    expect(['APPROXIMATE', 'A', 'toString', 'edition', ''].map((word) => remarkOn(word, WORDS.id))).toEqual(
      Array(5).fill(undefined),
    );
  });
});
