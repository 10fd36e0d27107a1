import { describe, expect, test } from '@jest/globals';
import { markBreaks } from './series.js';
import type { Coverage, SeriesEvent } from './types.js';

/** Dates of a series that an event separates from the one before. */
function broken(dates: readonly string[], ...events: readonly (readonly [SeriesEvent['kind'], string])[]): string[] {
  const series = dates.map((date) => figure('ucj', date));
  const marked = markBreaks(
    series,
    events.map(([kind, date]) => ({ kind, date, note: { id: '', en: '' }, sources: [] })),
  );
  expect(marked.map(({ date }) => date)).toEqual(dates);
  return marked.filter(({ flags }) => flags.includes('SERIES_BREAK')).map(({ date }) => date);
}

const EVENT: SeriesEvent = { kind: 'DEFINITION_CHANGE', date: '2025', note: { id: '', en: '' }, sources: [] };

function figure(id: string, date: string, flags: string[] = []): Coverage {
  return { date, indicator: { id }, flags } as unknown as Coverage; // the other fields are only passed on
}

describe('a series', () => {
  const DATES = ['2024-12', '2025-04', '2025-06-01', '2025-12-14'];

  test('is whole without events', () => {
    expect(broken(DATES)).toEqual([]);
  });

  test('breaks at the first figure after a change of what is divided by what', () => {
    expect(
      (['DENOMINATOR_REBASE', 'DEFINITION_CHANGE', 'BOUNDARY_CHANGE'] as const).map((kind) =>
        broken(DATES, [kind, '2025-05-20']),
      ),
    ).toEqual([['2025-06-01'], ['2025-06-01'], ['2025-06-01']]);
  });

  test('does not break where something happened to the workers themselves', () => {
    expect(
      broken(DATES, ['ADHOC_ELECTION', '2025-05'], ['SUBSIDY_END', '2025-05'], ['RULE_CHANGE', '2025-05']),
    ).toEqual([]);
  });

  test('breaks on the day of the event itself', () => {
    expect(broken(DATES, ['DEFINITION_CHANGE', '2025-06-01'])).toEqual(['2025-06-01']);
  });

  test('breaks at a month whose end comes after an event within it', () => {
    expect(broken(['2025-05', '2025-06', '2025-07'], ['DEFINITION_CHANGE', '2025-06-15'])).toEqual(['2025-06']);
  });

  test('breaks at the first figure that an event known to the year may have touched', () => {
    expect(broken(DATES, ['DENOMINATOR_REBASE', '2025'])).toEqual(['2025-04']);
  });

  test('never breaks at its first figure, nor for what came after its last', () => {
    expect(broken(DATES, ['DEFINITION_CHANGE', '2020'], ['DEFINITION_CHANGE', '2026'])).toEqual([]);
  });

  test('keeps the flags it had', () => {
    const series = ['2024', '2025'].map((date) => figure('ucj', date, ['APPROXIMATE']));
    expect(markBreaks(series, [EVENT]).map(({ flags }) => flags)).toEqual([
      ['APPROXIMATE'],
      ['APPROXIMATE', 'SERIES_BREAK'],
    ]);
  });

  test('breaks for each indicator by its own figures, where several stand side by side', () => {
    const series = [
      figure('ucj', '2023'),
      figure('rpjmn', '2025-02'),
      figure('ucj', '2025-03'),
      figure('rpjmn', '2026'),
    ];
    expect(markBreaks(series, [EVENT]).map(({ flags }) => flags)).toEqual([[], [], ['SERIES_BREAK'], []]);
  });
});
