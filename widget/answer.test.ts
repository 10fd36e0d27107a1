import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readAnswer } from './answer.js';

const regions = JSON.parse(readFileSync(new URL('demo/regions.json', import.meta.url), 'utf8'));
const CODES = ['19.03', '19', '00'];
const EDITION = '2026-11-22T01:30:00.000Z';
const [main, province, country] = CODES.map((code) => regions[code]);

const bodyOf = (list: unknown[], rest: object = {}) => ({
  data: { regionsByCode: list },
  extensions: { edition: EDITION },
  ...rest,
});
const mainWith = (change: object) =>
  bodyOf([{ ...main, coverage: { ...main.coverage, ...change } }, province, country]);
const problem = (code: string, message = 'because') => ({ message, extensions: { code } });

describe('a whole answer', () => {
  test('is the region, its context, the edition', () => {
    expect(readAnswer(bodyOf([main, province, country]), CODES)).toEqual({
      region: main,
      context: [province, country],
      edition: EDITION,
      isStale: false,
    });
  });

  test('may have no figure', () => {
    expect(readAnswer(bodyOf([{ ...main, coverage: null }]), ['19.03'])).toMatchObject({ region: { coverage: null } });
  });

  test('is stale when the far end says so', () => {
    expect(readAnswer(bodyOf([main], { extensions: { edition: EDITION, stale: true } }), ['19.03'])).toMatchObject({
      isStale: true,
    });
  });

  test('names no edition rather than a wrong one', () => {
    const editions = ['soon', '2026-99-99T00:00:00Z', 5, null, undefined].map((edition) =>
      readAnswer(bodyOf([main], { extensions: { edition } }), ['19.03']),
    );
    expect(editions.map((answer) => 'edition' in answer && answer.edition)).toEqual(Array(5).fill(null));
  });

  test('goes without a region above that is not known', () => {
    const errors = [problem('UNKNOWN_REGION')];
    expect(readAnswer(bodyOf([main, null, country], { errors }), CODES)).toMatchObject({
      region: { code: '19.03' },
      context: [{ code: '00' }],
    });
  });
});

describe('a refusal', () => {
  test('is told with its code and message', () => {
    const errors = [problem('UNKNOWN_REGION', 'No region has the code "19.99".')];
    const refusal = { code: 'UNKNOWN_REGION', message: 'No region has the code "19.99".' };
    expect(readAnswer({ errors }, ['19.99'])).toEqual(refusal);
    expect(readAnswer(bodyOf([null, province, country], { errors }), ['19.99', '19', '00'])).toEqual(refusal);
  });

  test.each(['UNKNOWN_INDICATOR', 'NOT_YET_KEPT'])('is not taken for a region without figures: %s', (code) => {
    const empty = [main, province, country].map((region) => ({ ...region, coverage: null }));
    expect(readAnswer(bodyOf(empty, { errors: [problem(code)] }), CODES)).toEqual({ code, message: 'because' });
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
    'regions that are no list': { data: { regionsByCode: 'all' } },
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
    expect(() => readAnswer(unreadable[what], CODES)).toThrow();
  });
});
