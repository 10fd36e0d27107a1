import { describe, expect, test } from '@jest/globals';
import { adviseNumber } from './number-advice.js';

const WHOLE = { isWhole: true, locale: 'C' } as const;
const DECIMAL = { isWhole: false, locale: 'C' } as const;

function advise(text: string, wanted: Parameters<typeof adviseNumber>[1] = WHOLE) {
  return adviseNumber(text, wanted)?.en ?? null;
}

describe('a cell that is no number', () => {
  test.each([
    ['37,229', 'if it means 37229, write 37229'],
    ['37 229', 'if it means 37229, write 37229'],
    ['37229.0', 'if it means 37229, write 37229'],
    ['+5', 'if it means 5, write 5'],
    ["'37229", 'the apostrophe makes it a text: if it means 37229, write 37229'],
    ['3722O', 'the cell holds a letter, not the digit 0 or 1: if it means 37220, write 37220'],
    [
      '37.000',
      'write 37000 if its point parts thousands, or 37 if its point is decimal; if the whole file is written so, send it with the locale id-ID',
    ],
    ['12 orang', 'write the number alone: 12'],
    ['37229²', 'write 37229; explain the footnote mark in note'],
  ])('%j may be meant as a number', (text, advice) => {
    expect(advise(text)).toBe(advice);
  });

  test('names every value that a word for a power of ten leaves open', () => {
    expect(['1,8 M', '4.629 Miliar', '4.629 M'].map((text) => advise(text))).toEqual([
      'write all digits: 1800000000 if M means miliar (10^9), or 1800000 if M means million; what it was rounded to goes in rounded_to',
      'write all digits: 4629000000000 if its point parts thousands, or 4629000000 if its point is decimal; what it was rounded to goes in rounded_to',
      'write all digits: 4629000000000 if its point parts thousands and M means miliar (10^9), or 4629000000 if its point is decimal and M means miliar (10^9), or 4629000 if its point is decimal and M means million; what it was rounded to goes in rounded_to',
    ]);
  });

  test('with a word before it is told where that word goes', () => {
    expect(
      ['800-an', 'hampir 4.200', 'berkisar 21', 'lebih dari 50'].map((text) => adviseNumber(text, WHOLE)?.id),
    ).toEqual([
      'tulis angkanya saja (800), ABOUT di kolom qualifier, dan aslinya di as_printed',
      'tulis angkanya saja (4200), ALMOST di kolom qualifier, dan aslinya di as_printed',
      'tulis angkanya saja (21), ABOUT di kolom qualifier, dan aslinya di as_printed',
      'tulis angkanya saja (50), MORE_THAN di kolom qualifier, dan aslinya di as_printed',
    ]);
  });

  test('but a mark for nothing is not taken for zero', () => {
    const blank = adviseNumber('-', WHOLE);
    const marks = ['–', 'n/a', 'NA', 'null', '0*', '…', '±', 'nihil', 'tidak ada', '-99', '-9999'];
    expect(blank?.en).toMatch(/^if there is no figure, leave the cell blank/);
    expect(marks.filter((mark) => adviseNumber(mark, WHOLE) !== blank)).toEqual([]);
  });

  test('in a decimal column is told both readings of one comma, and keeps its zeros', () => {
    expect([advise('1,234', DECIMAL), advise('33,10', DECIMAL), advise('21%', DECIMAL), advise('.5', DECIMAL)]).toEqual(
      [
        'write 1234 if its comma parts thousands, or 1.234 if its comma is decimal; if the whole file is written so, send it with the locale id-ID',
        'if it means 33.10, write 33.10; if the whole file is written so, send it with the locale id-ID',
        'write the number alone: 21',
        'write digits before and after the point, e.g. 0.5',
      ],
    );
  });

  test('is told its value in the signs of the declared locale', () => {
    expect([
      advise('33.10', { isWhole: false, locale: 'id-ID' }),
      advise('37,229', { isWhole: true, locale: 'id-ID' }),
    ]).toEqual([
      'if it means 33,10, write 33,10; if the whole file is written so, send it without the locale id-ID',
      'if it means 37229, write 37229',
    ]);
  });

  test('is left without advice where nothing can be made of it', () => {
    const texts = ['abc', 'dua puluh', '1.23.4', 'x'.repeat(61), 'tahun', 'Rp'];
    expect(texts.map((text) => advise(text))).toEqual(Array(6).fill(null));
  });
});
