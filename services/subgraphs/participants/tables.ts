/** Where the rows lie. Columns as in datasets.ts; the dimensions that `series` stands for are in `<table>_series`. */
export const SOURCE = 'participants_source';
export const INDICATOR = 'indicator';
export const STATED_COVERAGE = 'stated_coverage';
export const PARTICIPANT_COUNT = 'participant_count';
export const POPULATION_BASE = 'population_base';
export const TARGET = 'target';
export const SERIES_EVENT = 'series_event';

/** The index of a table of figures that finds the rows of one region in a series. */
export function byRegion(table: string): string {
  return `${table}_1`;
}
