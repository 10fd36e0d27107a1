import { describe, expect, test } from '@jest/globals';
import {
  datePrecision,
  dayOf,
  endOfDate,
  firstDay,
  isDate,
  lastDay,
  readAsOf,
  readDate,
  readPeriod,
} from './period.js';

const code = (value: string) => expect.objectContaining({ code: value });

describe('a date', () => {
  test('is a day, a month or a year, and stays as precise', () => {
    const dates = ['2024-10-12', '2024-10', '2024'];
    expect(dates.map((date) => [isDate(date), readDate(date), datePrecision(date)])).toEqual([
      [true, '2024-10-12', 'DAY'],
      [true, '2024-10', 'MONTH'],
      [true, '2024', 'YEAR'],
    ]);
  });

  test.each([
    '',
    '2024-13',
    '2024-00',
    '2024-09-31',
    '2023-02-29',
    '24-10-12',
    '2024-1-2',
    '2024/10/12',
    '12-10-2024',
    '45575',
    'Okt-24',
    '2024-10-31T17:00Z',
    '2024-10-12 ',
    '0050',
  ])('is not %j', (text) => {
    expect(isDate(text)).toBe(false);
    expect(() => readDate(text)).toThrow(code('BAD_DATE'));
  });

  test('is named in the message as the caller named it', () => {
    expect(() => readDate('soon', 'from')).toThrow(
      'from "soon" is not a day, month or year: write 2024-10-12, 2024-10 or 2024.',
    );
  });

  test('has a first and a last day', () => {
    expect(['2024-10-12', '2024-02', '2023-02', '2024'].map((date) => [firstDay(date), lastDay(date)])).toEqual([
      ['2024-10-12', '2024-10-12'],
      ['2024-02-01', '2024-02-29'],
      ['2023-02-01', '2023-02-28'],
      ['2024-01-01', '2024-12-31'],
    ]);
  });

  test('ends at midnight in Jakarta', () => {
    expect(['2024-10-12', '2024-10', '2024'].map((date) => new Date(endOfDate(date)).toISOString())).toEqual([
      '2024-10-12T16:59:59.999Z',
      '2024-10-31T16:59:59.999Z',
      '2024-12-31T16:59:59.999Z',
    ]);
  });

  test('is that of Jakarta for an instant', () => {
    expect([endOfDate('2024-10-12'), endOfDate('2024-10-12') + 1].map(dayOf)).toEqual(['2024-10-12', '2024-10-13']);
  });
});

describe('a period', () => {
  test.each([
    ['2024', '2024-01-01', '2024-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2024-10-12', '2024-10-12', '2024-10-12'],
    ['2024-Q1', '2024-01-01', '2024-03-31'],
    ['2024-Q4', '2024-10-01', '2024-12-31'],
    ['2024-01/2024-10', '2024-01-01', '2024-10-31'],
    ['2023/2024-02', '2023-01-01', '2024-02-29'],
  ])('of %s runs from %s to %s', (text, start, end) => {
    expect(readPeriod(text)).toEqual({ start, end });
  });

  test.each([
    '',
    '/',
    '2024/',
    '/2024',
    '2024-Q0',
    '2024-Q5',
    '2024-Q1/2024-Q2',
    '2024-10/2024-01',
    '2023/2024/2025',
    'Q3 2024',
  ])('is not %j', (text) => {
    expect(() => readPeriod(text)).toThrow(code('BAD_PERIOD'));
  });
});

describe('asOf', () => {
  /** The last millisecond of 12 October in Jakarta, and the first of the 13th; in London both are the 12th. */
  const midnight = endOfDate('2024-10-12');

  test('of a past day is its end in Jakarta', () => {
    expect(readAsOf('2024-10-12', midnight + 1)).toBe(midnight);
  });

  test('of today in Jakarta is now, before midnight and after', () => {
    const noon = Date.parse('2024-10-12T05:00:00Z');
    expect([
      readAsOf('2024-10-12', noon),
      readAsOf('2024-10-12', midnight),
      readAsOf('2024-10-13', midnight + 1),
    ]).toEqual([noon, midnight, midnight + 1]);
  });

  test('of tomorrow in Jakarta is refused, though it is a day in the past elsewhere', () => {
    expect(() => readAsOf('2024-10-13', midnight)).toThrow(code('AS_OF_IN_FUTURE'));
  });

  test.each([
    ['2024-10-12T08:30+07:00', '2024-10-12T01:30:00.000Z'],
    ['2024-10-12T08:30:15Z', '2024-10-12T08:30:15.000Z'],
    ['2024-10-12T08:30:15.25Z', '2024-10-12T08:30:15.250Z'],
    ['2024-10-12T23:59:59.999+07:00', '2024-10-12T16:59:59.999Z'],
  ])('of %s is that instant', (text, instant) => {
    expect(new Date(readAsOf(text, midnight)).toISOString()).toBe(instant);
  });

  test('one millisecond ahead is refused, now is not', () => {
    expect(readAsOf('2024-10-12T16:59:59.999Z', midnight)).toBe(midnight);
    expect(() => readAsOf('2024-10-12T17:00:00.000Z', midnight)).toThrow(code('AS_OF_IN_FUTURE'));
  });

  test.each([
    '',
    'now',
    '2024',
    '2024-10',
    '2024-02-30',
    '2024-10-12T08:30',
    '2024-10-12 08:30Z',
    '2024-10-12T24:00Z',
    '2024-10-12T08:60Z',
    '2024-02-30T08:30Z',
    '2024-10-12T08:30+15:00',
    '1728700000000',
  ])('is not %j', (text) => {
    expect(() => readAsOf(text, midnight)).toThrow(code('BAD_AS_OF'));
  });
});
