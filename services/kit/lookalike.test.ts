import { describe, expect, test } from '@jest/globals';
import { oddity, plainText } from './lookalike.js';

describe('a text that only looks plain', () => {
  test.each([
    ['JKK\u200b', 'JKK', 'a character that cannot be seen (U+200B)'],
    ['\ufeffJKK', 'JKK', 'a character that cannot be seen (U+FEFF)'],
    ['JK\u041a', 'JKK', 'a letter that only looks alike (U+041A)'],
    ['\u0408\u041a\u041c', 'JKM', 'a letter that only looks alike (U+0408)'],
    ['37\u00a0229', '37 229', 'a special space (U+00A0)'],
    ['37\u2009229', '37 229', 'a special space (U+2009)'],
    ['JKK\t', 'JKK', 'a special space (U+0009)'],
    ['１２３', '123', 'a digit other than 0-9 (U+FF11)'],
    ['٣٧٢٢٩', '37229', 'a digit other than 0-9 (U+0663)'],
    ['꧑꧒', '12', 'a digit other than 0-9 (U+A9D1)'],
    ['19．03', '19.03', 'a sign that only looks alike (U+FF0E)'],
    ['١٢٫٥', '12.5', 'a digit other than 0-9 (U+0661)'],
    ['−5', '-5', 'a sign that only looks alike (U+2212)'],
    [' JKK ', 'JKK', 'a space before or after'],
    ['JKK  JKM', 'JKK JKM', 'a double space'],
    ['JKK', 'JKK', undefined],
    ['', '', undefined],
  ])('%j is read as it looks, and told what is odd', (raw, plain, odd) => {
    expect([plainText(raw), oddity(raw)?.en]).toEqual([plain, odd]);
  });

  test('keeps a raised figure apart from the digits before it: it is a footnote', () => {
    expect(plainText('37229²')).toBe('37229*');
  });

  test('is told in Indonesian too', () => {
    expect(oddity('JKK\u200b')).toEqual({
      id: 'karakter yang tidak terlihat (U+200B)',
      en: 'a character that cannot be seen (U+200B)',
    });
  });
});
