import { describe, expect, test } from '@jest/globals';
import type { Coverage } from '../answer.js';
import { courseOf } from './trend-course.js';

const indicator = (id: string, comparabilityGroup: string | null = id) => ({
  id,
  comparabilityGroup,
  name: { id, en: id },
  shortName: { id, en: id },
});

const figure = (date: string, percent: number | null, change: Partial<Coverage> = {}): Coverage => ({
  date,
  percent,
  asPrinted: null,
  qualifier: null,
  approximate: false,
  numerator: null,
  denominator: null,
  origin: 'STATED',
  obsStatus: 'A',
  flags: [],
  indicator: indicator('ucj'),
  sources: [],
  ...change,
});

const event = (date: string, kind: string) => ({ date, kind, note: { id: kind, en: kind } });

/** What is joined, as pairs of dates; and where something is marked. */
const course = (coverageSeries: readonly Coverage[], events: ReturnType<typeof event>[] = [], change: object = {}) =>
  courseOf({ name: 'Contoh', coverage: figure('2025', 1), coverageSeries, events, targets: [], ...change });
const joined = (...all: Parameters<typeof course>) =>
  course(...all).joints.map(([one, other]) => `${one.date} ${other.date}`);
const dayOf = (at: number | undefined) => new Date(at ?? Number.NaN).toISOString().slice(0, 10);

const YEAR = [figure('2025-01', 30), figure('2025-04', 31), figure('2025-07', 32)];

describe('points of one definition', () => {
  test('are joined from neighbour to neighbour', () => {
    expect(joined(YEAR)).toEqual(['2025-01 2025-04', '2025-04 2025-07']);
  });

  test('are joined with none of another definition, even on the same day', () => {
    const other = figure('2025-03', 40, { indicator: indicator('ucj_jakon') });
    expect(joined([...YEAR.slice(0, 1), other, ...YEAR.slice(1)])).toEqual(['2025-01 2025-04', '2025-04 2025-07']);
  });

  test('are not joined where their definition is comparable with nothing', () => {
    const unstated = { indicator: indicator('unstated', null) };
    const series = [figure('2024', 20, unstated), figure('2025', 21, unstated)];
    expect(joined(series, [], { coverage: series[0] })).toEqual([]);
  });

  test('are not joined over one that is withheld or withdrawn', () => {
    for (const obsStatus of ['Q', 'O']) {
      expect(joined([figure('2025-01', 30), figure('2025-04', null, { obsStatus }), figure('2025-07', 32)])).toEqual(
        [],
      );
    }
  });

  test('are not joined to one that breaks the series, which is marked half-way where no event tells why', () => {
    const { joints, marks } = course([figure('2025-01', 30), figure('2025-03', 31, { flags: ['SERIES_BREAK'] })]);
    expect(joints).toEqual([]);
    expect(marks.map(({ at, kind }) => [dayOf(at), kind])).toEqual([['2025-02-14', '']]);
  });

  test.each(['DENOMINATOR_REBASE', 'DEFINITION_CHANGE', 'BOUNDARY_CHANGE', 'OF_A_NEWER_API'])(
    'are parted by an event that changes what is measured: %s',
    (kind) => {
      expect(joined(YEAR, [event('2025-05-20', kind)])).toEqual(['2025-01 2025-04']);
    },
  );

  test('go on over events that change who is insured', () => {
    const kinds = ['ADHOC_ELECTION', 'SUBSIDY_START', 'SUBSIDY_END', 'RULE_CHANGE'];
    expect(
      joined(
        YEAR,
        kinds.map((kind) => event('2025-05-20', kind)),
      ),
    ).toHaveLength(2);
  });

  test('are all parted within a year in which something happened at an unknown time', () => {
    expect(joined(YEAR, [event('2025', 'DEFINITION_CHANGE')])).toEqual([]);
  });

  test('are joined after an event on the day of the earlier one', () => {
    const days = [figure('2025-06-01', 30), figure('2025-07-01', 31)];
    expect(joined(days, [event('2025-06-01', 'DEFINITION_CHANGE')])).toEqual(['2025-06-01 2025-07-01']);
    expect(joined(days, [event('2025-07-01', 'DEFINITION_CHANGE')])).toEqual([]);
  });

  test('are not joined to a year among whose months they are, nor to two numbers for one date', () => {
    expect(joined([figure('2025', 50), ...YEAR])).toEqual(['2025-01 2025-04']);
    const twice = [figure('2025-01', 30), figure('2025-04', 31), figure('2025-04', 35), figure('2025-07', 32)];
    expect(joined(twice)).toEqual([]);
    expect(course(twice).spots).toHaveLength(4);
  });
});

describe('a figure', () => {
  test('stands in the middle of its day, month or year', () => {
    const { spots } = course([figure('2024', 1), figure('2025-04', 2), figure('2025-06-01', 3)]);
    expect(spots.map(({ at }) => dayOf(at))).toEqual(['2024-07-01', '2025-04-15', '2025-06-01']);
  });

  test('that is derived gives way to the one stated for its date', () => {
    const series = [
      figure('2025-01', 30),
      figure('2025-01', 30.4, { origin: 'DERIVED' }),
      figure('2025-02', 31, { origin: 'DERIVED' }),
    ];
    expect(course(series).spots.map(({ percent }) => percent)).toEqual([30, 31]);
    expect(joined(series)).toEqual(['2025-01 2025-02']);
  });

  test('of two sources with the same number stands once', () => {
    expect(course([figure('2025-01', 30), figure('2025-01', 30)]).spots).toHaveLength(1);
  });
});

describe('the main definition', () => {
  test('is that of the figure on the card, else that of the newest figure', () => {
    const series = [figure('2025-01', 30), figure('2025-02', 61, { indicator: indicator('share_of_target') })];
    const definitions = (coverage: object | null) =>
      course(series, [], { coverage }).spots.map(({ definition }) => definition);
    expect([definitions(figure('2025', 1)), definitions(null)]).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  test('has the only targets that are drawn, where it compares with anything', () => {
    const targets = [
      { due: '2025', percent: 57.17, indicator: { id: 'ucj' } },
      { due: '2025', percent: 32.15, indicator: { id: 'rpjmn' } },
      { due: '2026', percent: null, indicator: { id: 'ucj' } },
    ];
    const unstated = figure('2025', 21, { indicator: indicator('unstated', null) });
    expect(course(YEAR, [], { targets }).targets).toEqual(targets.slice(0, 1));
    const aim = { due: '2026', percent: 34.99, indicator: { id: 'unstated' } };
    expect(course([unstated], [], { coverage: unstated, targets: [aim] }).targets).toEqual([]);
  });
});

test('events are marked within the time of the figures, where they may have happened', () => {
  const events = [event('2024', 'ADHOC_ELECTION'), event('2025-08-01', 'SUBSIDY_START')];
  const { marks } = course([figure('2024-12', 35), figure('2025-04', 32)], events);
  expect(marks.map(({ at, kind }) => [dayOf(at), kind])).toEqual([['2024-12-16', 'ADHOC_ELECTION']]);
});
