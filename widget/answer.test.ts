import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readAnswer } from './answer.js';
import type { Lists } from './query.js';

const regions = JSON.parse(readFileSync(new URL('demo/regions.json', import.meta.url), 'utf8'));
const CODES = ['19.03', '19', '00'];
/** All that the page asks for stands in an order of its own; here it is that of one card. */
const read = (body: unknown, codes: readonly string[] = CODES, lists: Lists = { cards: codes }) =>
  readAnswer(body, { part: 'cards', codes }, lists);
const EDITION = '2026-11-22T01:30:00.000Z';
const [main, province, country] = CODES.map((code) => regions[code]);

const bodyOf = (list: unknown[], rest: object = {}) => ({
  data: { cards: list },
  extensions: { edition: EDITION },
  ...rest,
});
const mainWith = (change: object) =>
  bodyOf([{ ...main, coverage: { ...main.coverage, ...change } }, province, country]);
const problem = (code: string, message = 'because', path?: readonly unknown[]) => ({
  message,
  ...(path && { path }),
  extensions: { code },
});

describe('a whole answer', () => {
  test('is the region, its context, the edition', () => {
    expect(read(bodyOf([main, province, country]))).toEqual({
      answer: { region: main, context: [province, country], edition: EDITION, isStale: false },
    });
  });

  test('may be older than any target', () => {
    const errors = [problem('NOT_YET_KEPT', 'because', ['cards', 0, 'targets'])];
    const early = { ...main, targets: null };
    expect(read(bodyOf([early, province, country], { errors }))).toMatchObject({ answer: { region: early } });
  });

  test('may have no figure', () => {
    expect(read(bodyOf([{ ...main, coverage: null }]), ['19.03'])).toMatchObject({
      answer: { region: { coverage: null } },
    });
  });

  test('is stale when the far end says so', () => {
    expect(read(bodyOf([main], { extensions: { edition: EDITION, stale: true } }), ['19.03'])).toMatchObject({
      answer: { isStale: true },
    });
  });

  test('names no edition rather than a wrong one', () => {
    const editions = ['soon', '2026-99-99T00:00:00Z', 5, null, undefined].map((edition) =>
      read(bodyOf([main], { extensions: { edition } }), ['19.03']),
    );
    expect(editions.map(({ answer }) => answer?.edition)).toEqual(Array(5).fill(null));
  });

  test('goes without a region above that is not known', () => {
    const errors = [problem('UNKNOWN_REGION')];
    expect(read(bodyOf([main, null, country], { errors }), CODES)).toMatchObject({
      answer: { region: { code: '19.03' }, context: [{ code: '00' }] },
    });
  });
});

describe('the answer to one tag of several', () => {
  const lists = { cards: ['00', '19', '19.03', '99.99'], trends: ['19'] };
  const whole = { data: { cards: [country, province, main, null], trends: null }, extensions: { edition: EDITION } };
  const errors = [
    problem('UNKNOWN_REGION', 'No such region.', ['cards', 3]),
    problem('SUBGRAPH_UNAVAILABLE', 'Later.', ['trends']),
  ];

  test('is found in the order that it asked for', () => {
    expect(read(whole, CODES, lists)).toMatchObject({
      answer: { region: { code: '19.03' }, context: [{ code: '19' }, { code: '00' }] },
    });
  });

  test('is whole beside the errors of others, which are their own', () => {
    expect(read({ ...whole, errors }, CODES, lists)).toHaveProperty('answer.region.code', '19.03');
    expect(read({ ...whole, errors }, ['99.99', '00'], lists)).toEqual({
      problem: { code: 'UNKNOWN_REGION', message: 'No such region.' },
    });
    expect(() => readAnswer({ ...whole, errors }, { part: 'trends', codes: ['19'] }, lists)).toThrow();
  });

  test('is none where an error stands at no place, or at all of its part', () => {
    for (const path of [undefined, ['cards'], ['elsewhere']]) {
      const error = problem('SUBGRAPH_UNAVAILABLE', 'Later.', path);
      expect(() => read({ ...whole, errors: [error] }, CODES, lists)).toThrow();
    }
  });

  test('for another view than the card is what its module will look at', () => {
    const trend = { code: '19', name: 'Kepulauan Bangka Belitung', coverageSeries: 'anything' };
    const body = { data: { trends: [trend] }, extensions: { edition: EDITION } };
    expect(readAnswer(body, { part: 'trends', codes: ['19'] }, { trends: ['19'] })).toMatchObject({
      answer: { region: trend, context: [] },
    });
  });
});

describe('a refusal', () => {
  test('is told with its code and message', () => {
    const errors = [problem('UNKNOWN_REGION', 'No region has the code "19.99".')];
    const refusal = { problem: { code: 'UNKNOWN_REGION', message: 'No region has the code "19.99".' } };
    expect(read({ errors }, ['19.99'])).toEqual(refusal);
    expect(read(bodyOf([null, province, country], { errors }), ['19.99', '19', '00'])).toEqual(refusal);
  });

  test.each(['UNKNOWN_INDICATOR', 'NOT_YET_KEPT'])('is not taken for a region without figures: %s', (code) => {
    const empty = [main, province, country].map((region) => ({ ...region, coverage: null }));
    expect(read(bodyOf(empty, { errors: [problem(code)] }), CODES)).toEqual({ problem: { code, message: 'because' } });
  });
});

describe('no answer at all', () => {
  const unreadable: Record<string, unknown> = {
    nothing: null,
    'a text': 'ok',
    'an empty object': {},
    'a list': [],
    'no regions': { data: null },
    'data without regions': { data: {} },
    'regions that are no list': { data: { cards: 'all' } },
    'a region that is missing without a reason': bodyOf([null, province, country]),
    'too few regions': bodyOf([main]),
    'another region than asked for': bodyOf([province, main, country]),
    'a region without a name': bodyOf([{ ...main, name: '' }, province, country]),
    'a region without its coverage': bodyOf([{ code: '19.03', name: 'Bangka Selatan' }, province, country]),
    'a figure that is text': mainWith({ percent: '21' }),
    'a figure that is missing': mainWith({ percent: undefined }),
    'a figure below zero': mainWith({ percent: -1 }),
    'a figure that is no number': mainWith({ percent: Number.NaN }),
    'a figure without a date': mainWith({ date: null }),
    'a figure of no real date': mainWith({ date: '2024-13-41' }),
    'a figure without a definition': mainWith({ indicator: undefined }),
    'a definition without a name': mainWith({ indicator: { id: 'ucj', denominatorText: null } }),
    'persons that are text': mainWith({ numerator: '37.229' }),
    'a withheld figure that is there': mainWith({ obsStatus: 'Q' }),
    'withheld persons that are there': mainWith({ obsStatus: 'Q', percent: null, numerator: 3 }),
    'a half context': bodyOf([main, { ...province, coverage: { percent: 33.1 } }, country]),
    'a failure inside': bodyOf([{ ...main, coverage: null }, province, country], {
      errors: [problem('SUBGRAPH_UNAVAILABLE')],
    }),
    'a failure without a code': { data: null, errors: [{ message: 'oops' }] },
    'errors that are no list': { errors: 'all' },
  };

  test.each(Object.keys(unreadable))('comes of %s', (what) => {
    expect(() => read(unreadable[what])).toThrow();
  });
});
