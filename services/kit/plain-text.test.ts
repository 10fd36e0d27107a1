import { describe, expect, test } from '@jest/globals';
import { visibleText, wrongText } from './plain-text.js';

describe('a text', () => {
  test.each([
    'Peserta, bukan kasus; Januari sampai Oktober 2024.',
    'usia < 25 tahun, 3 <5',
    '-5',
    '+50,47 %',
    'naïve – “kutip” … é',
    'baris satu\r\nbaris dua',
    "Robert'); DROP TABLE students;--",
    '{ regions { code } }',
    'https://example.org/a?b=c&d=@e',
    'a = b',
    '日本',
    '😀',
  ])('is safe: %j', (text) => {
    expect(wrongText(text)).toBeNull();
  });

  test.each([
    ['=1+1', 'FORMULA'],
    [' =HYPERLINK("x")', 'FORMULA'],
    ['@SUM(A1)', 'FORMULA'],
    ['+cmd', 'FORMULA'],
    ['-1+1', 'FORMULA'],
    ['- catatan', 'FORMULA'],
    ['＝1+1', 'FORMULA'],
    ['<script>', 'MARKUP'],
    ['a </b> c', 'MARKUP'],
    ['<!-- x', 'MARKUP'],
    ['JavaScript:alert(1)', 'MARKUP'],
    ['data:text/html,x', 'MARKUP'],
    ['a\u0000b', 'TEXT'],
    ['a\tb', 'TEXT'],
    ['a\u200bb', 'TEXT'],
    ['a\u202eb', 'TEXT'],
    ['a\u00adb', 'TEXT'],
    ['\ufeffa', 'TEXT'],
    ['a\u2028b', 'TEXT'],
    ['a\ufffdb', 'TEXT'],
    ['\ud800', 'TEXT'],
  ])('is refused: %j by %s', (text, rule) => {
    expect(wrongText(text)?.rule).toBe(rule);
  });

  test('is told with what cannot be seen written out', () => {
    expect(visibleText('a\u202eb\u0007 é')).toBe('a[U+202E]b[U+0007] é');
    expect(wrongText('a\u202eb')?.problem.en).toBe('holds a character that cannot be seen (U+202E)');
  });
});
