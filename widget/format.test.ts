import { describe, expect, test } from '@jest/globals';
import { createFormat } from './format.js';

const id = createFormat('id');
const en = createFormat('en');

describe('a percentage', () => {
  test('keeps the decimals of the source: 33,10 is not 33,1', () => {
    expect([id.percent(33.1, '33,10'), id.percent(33.1, '33.1'), id.percent(21, '21')]).toEqual([
      '33,10%',
      '33,1%',
      '21%',
    ]);
  });

  test('shows its own decimals, two at most, where the source printed words or nothing', () => {
    expect([id.percent(21, 'berkisar 21'), id.percent(61.3333, null), id.percent(31.5, '')]).toEqual([
      '21%',
      '61,33%',
      '31,5%',
    ]);
  });

  test('ignores printed digits that are another number', () => {
    expect([id.percent(41.61, '46,61'), id.percent(1.234, '1.234,00')]).toEqual(['41,61%', '1,23%']);
  });

  test('is not clipped above a hundred', () => {
    expect(id.percent(105.26, '105,26')).toBe('105,26%');
  });

  test('has a point in English', () => {
    expect(en.percent(33.1, '33,10')).toBe('33.10%');
  });
});

test('numbers and days are those that Intl gives, in both languages', () => {
  const days = Array.from(
    { length: 12 },
    (_, month) => `2024-${String(month + 1).padStart(2, '0')}-0${(month % 9) + 1}`,
  );
  const counts = [0, 7, 999, 1000, 37_229, 189_742, 1_234_567, 9_876_543_210];
  for (const [format, locale] of [
    [id, 'id-ID'],
    [en, 'en-GB'],
  ] as const) {
    const intl = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
    const alike = (text: string) => text.replace('Agt', 'Agu').replace('Sept', 'Sep'); // which of the two depends on its version
    expect(days.map((day) => alike(format.date(day)))).toEqual(days.map((day) => alike(intl.format(new Date(day)))));
    expect(counts.map(format.count)).toEqual(counts.map((count) => new Intl.NumberFormat(locale).format(count)));
  }
});

test('a count is grouped as the language groups it', () => {
  expect([id.count(37229), en.count(37229), id.count(0)]).toEqual(['37.229', '37,229', '0']);
});

describe('a date', () => {
  test('is as precise as it came', () => {
    expect(['2024-10-12', '2024-12', '2024'].map(id.date)).toEqual(['12 Okt 2024', 'Des 2024', '2024']);
  });

  test('stays the same day in every time zone', () => {
    expect(['2025-01-01', '2024-12-31'].map(en.date)).toEqual(['1 Jan 2025', '31 Dec 2024']);
  });
});

test('an instant is told in western Indonesian time', () => {
  expect(id.instant('2026-11-22T01:30:00.000Z')).toBe('22 Nov 2026 08.30 WIB');
  expect(en.instant('2026-11-22T17:05:00.000Z')).toBe('23 Nov 2026 00:05 WIB');
});
