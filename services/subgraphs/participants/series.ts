import { firstDay, lastDay } from '../../kit/period.js';
import type { Coverage, SeriesEvent } from './types.js';

/** Events after which a series does not go on as it was. */
const BREAKING: readonly SeriesEvent['kind'][] = ['DENOMINATOR_REBASE', 'DEFINITION_CHANGE', 'BOUNDARY_CHANGE'];

/**
 * The series, oldest first, with SERIES_BREAK on each figure that a breaking event separates from the one before. A
 * figure stands for the last day of its date; an event may have happened on the first day of its own.
 */
export function markBreaks(series: readonly Coverage[], events: readonly SeriesEvent[]): Coverage[] {
  const breaks = events.filter(({ kind }) => BREAKING.includes(kind)).map(({ date }) => firstDay(date));
  return series.map((coverage, index) => {
    const before = series[index - 1];
    const isBroken =
      before !== undefined && breaks.some((day) => day > lastDay(before.date) && day <= lastDay(coverage.date));
    return isBroken ? { ...coverage, flags: [...coverage.flags, 'SERIES_BREAK'] } : coverage;
  });
}
