import { describe, expect, test } from '@jest/globals';
import { adviseDate } from './date-advice.js';
import { isDate } from './period.js';

describe('a cell that is no date', () => {
  test.each([
    [
      '10/11/2024',
      'write 2024-11-10 if the day comes first (as in Indonesia), or 2024-10-11 if the month does (as in America)',
    ],
    ['31/10/2024', 'if it means 2024-10-31, write 2024-10-31'],
    ['10/31/2024', 'if it means 2024-10-31, write 2024-10-31'],
    ['11/11/2024', 'if it means 2024-11-11, write 2024-11-11'],
    ['2024/10/12', 'if it means 2024-10-12, write 2024-10-12'],
    ['10-2024', 'if it means 2024-10, write 2024-10'],
    ['2024-9', 'if it means 2024-09, write 2024-09'],
    ['202410', 'if it means 2024-10, write 2024-10'],
    ['2024.0', 'if it means 2024, write 2024'],
    ['Okt-24', 'if it means 2024-10, write 2024-10'],
    ['12 Okt. 2024', 'if it means 2024-10-12, write 2024-10-12'],
    ['Nopember 2024', 'if it means 2024-11, write 2024-11'],
    ['per 14 Desember 2024', 'if it means 2024-12-14, write 2024-12-14'],
    ['Des', 'it has no year: write YYYY-12 with its year'],
    ['per 14 Desember', 'it has no year: write YYYY-12-14 with its year'],
    ['45575', 'a day number of Excel: write 2024-10-10 if that is the day, and make the column Text'],
    ['2024-09-31', 'that month has 30 days: write 2024-09-30, or 2024-09 if it is for the month'],
    ['31 September 2024', 'that month has 30 days: write 2024-09-30, or 2024-09 if it is for the month'],
    ['2024-02-30', 'that month has 29 days: write 2024-02-29, or 2024-02 if it is for the month'],
    ['2024-13', 'months are 01 to 12: look at the source'],
    [
      '2024-10-31T17:00Z',
      'in WIB that instant falls on 2024-11-01: write 2024-11-01, or 2024-10-31 if that day is meant',
    ],
    ['2024-10-31T16:59Z', 'write 2024-10-31, without a time'],
    [
      '2024-10-31T01:00+0900',
      'in WIB that instant falls on 2024-10-30: write 2024-10-30, or 2024-10-31 if that day is meant',
    ],
    ['2024-10-31 00:00:00', 'write 2024-10-31, without a time'],
    ['2024-10\u200b', 'the cell holds a character that cannot be seen (U+200B): write 2024-10'],
  ])('%j may be meant as one', (text, advice) => {
    expect(adviseDate(text)?.en).toBe(advice);
  });

  test('is told apart where it is a sum since January or a part of a year', () => {
    expect(['s.d. Okt 2024', 'TW III 2024', 'Semester I 2024'].map((text) => adviseDate(text)?.id)).toEqual([
      '"s.d." berarti jumlah sejak awal tahun: untuk klaim pakai period_kind YTD dengan period_start dan period_end; posisi pada tanggal: bila maksudnya 2024-10, tulis 2024-10',
      'bukan tanggal melainkan triwulan: untuk posisi akhir triwulan tulis 2024-09-30; untuk klaim pakai period_start dan period_end',
      'bukan tanggal melainkan semester: untuk posisi akhir semester tulis 2024-06-30; untuk klaim pakai period_start dan period_end',
    ]);
  });

  test('knows every month in both languages, long and short', () => {
    const months = (language: string, month: 'long' | 'short') =>
      Array.from({ length: 12 }, (_, index) =>
        new Date(Date.UTC(2024, index, 1)).toLocaleString(language, { month, timeZone: 'UTC' }),
      );
    const expected = Array.from({ length: 12 }, (_, index) => `write 2024-${String(index + 1).padStart(2, '0')}`);
    for (const names of [months('id', 'long'), months('id', 'short'), months('en', 'long'), months('en', 'short')])
      expect(names.map((name) => adviseDate(`${name} 2024`)?.en.split(', ')[1])).toEqual(expected);
  });

  test('is advised real dates only', () => {
    const texts = [
      '30/02/2024',
      '2024-02-31',
      '99999',
      '00/00/2024',
      '32 Oktober 2024',
      '2024-00',
      '2024-10-31T99:00Z',
    ];
    const dates = texts.flatMap((text) => adviseDate(text)?.en.match(/\d{4}-\d\d(?:-\d\d)?/g) ?? []);
    expect(dates.filter((date) => !isDate(date))).toEqual([]);
  });

  test('is left without advice where nothing can be made of it', () => {
    const texts = ['besok', '24', '', '38', '99/99/2024', 'Mart', 'x'.repeat(61)];
    expect(texts.map((text) => adviseDate(text))).toEqual(Array(7).fill(null));
  });
});
