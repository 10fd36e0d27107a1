import { describe, expect, test } from '@jest/globals';
import { LOCALES } from './locale.js';
import { losesZeros, readingsOf, readNumber, readWhole, timesTen } from './number.js';

describe('digits with points and commas', () => {
  test.each([
    ['1234', [{ value: '1234', as: null, sign: null }]],
    [
      '1.234',
      [
        { value: '1234', as: 'GROUP', sign: '.' },
        { value: '1.234', as: 'DECIMAL', sign: '.' },
      ],
    ],
    [
      '1,234',
      [
        { value: '1234', as: 'GROUP', sign: ',' },
        { value: '1.234', as: 'DECIMAL', sign: ',' },
      ],
    ],
    ['1.234.567', [{ value: '1234567', as: 'GROUP', sign: '.' }]],
    ['1.234,5', [{ value: '1234.5', as: 'DECIMAL', sign: ',' }]],
    ['1,234.5', [{ value: '1234.5', as: 'DECIMAL', sign: '.' }]],
    ['1,81', [{ value: '1.81', as: 'DECIMAL', sign: ',' }]],
    ['0.123', [{ value: '0.123', as: 'DECIMAL', sign: '.' }]],
    ['1.23.4', []],
    ['1.234,567.8', []],
    ['1,2,3', []],
    ['.', []],
    ['', []],
    ['abc', []],
  ])('%j has every reading and no other', (text, readings) => {
    expect(readingsOf(text)).toEqual(readings);
  });
});

describe('a number of a locale', () => {
  test('is the same number however it is written there', () => {
    const figures = [0, 1, 999, 1000, 37_229, 1_814_133_110];
    const written = figures.map((figure) => figure.toLocaleString('id-ID'));
    expect(written.map((text) => Number(readWhole(text, 'id-ID')))).toEqual(figures);
    expect(written.filter((text) => readWhole(text, 'C') !== null)).toEqual(['0', '1', '999']);
  });

  test('never means one value in one locale and another in the other, but for a single group', () => {
    const texts = ['1.23', '1,23', '1.2345', '12.345.678', '12,345,678', '1.234,5', '1,234.5', '1234', '-1'];
    const both = texts.filter((text) => LOCALES.every((locale) => readNumber(text, locale) !== null));
    expect(both).toEqual(['1234', '-1']);
    expect(LOCALES.map((locale) => readNumber('1.234', locale))).toEqual(['1.234', '1234']);
  });
});

describe('a number times a power of ten', () => {
  test.each([
    ['178.86', 3, '178860'],
    ['4.629', 9, '4629000000'],
    ['4629', 9, '4629000000000'],
    ['0.21', 2, '21'],
    ['0.005', 2, '0.5'],
    ['37229.000', 0, '37229'],
    ['0', 3, '0'],
    ['1.23456', 3, '1234.56'],
  ])('%s by %i is exact', (value, power, expected) => {
    expect(timesTen(value, power)).toBe(expected);
  });
});

describe('zeros at the end of a fraction', () => {
  test.each([
    ['33.10', 'C', true],
    ['33.0', 'C', true],
    ['33,10', 'id-ID', true],
    ['1.000,50', 'id-ID', true],
    ['33.1', 'C', false],
    ['330', 'C', false],
    ['1.000', 'id-ID', false],
    ['33,10', 'C', false],
    ['', 'C', false],
  ] as const)('of "%s" in %s are lost: %s', (text, locale, isLost) => {
    expect(losesZeros(text, locale)).toBe(isLost);
  });
});
