import { firstDay, lastDay } from '../../kit/period.js';
import type { Coverage, SeriesEvent } from './types.js';

/** Events after which a series does not go on as it was. */
const BREAKING: readonly SeriesEvent['kind'][] = ['DENOMINATOR_REBASE', 'DEFINITION_CHANGE', 'BOUNDARY_CHANGE'];

/**
 * The figures, oldest first, with SERIES_BREAK on each that a breaking event separates from the one of its indicator
 * before. A figure stands for the last day of its date; an event may have happened on the first day of its own.
 */
export function markBreaks(series: readonly Coverage[], events: readonly SeriesEvent[]): Coverage[] {
  const breaks = events.filter(({ kind }) => BREAKING.includes(kind)).map(({ date }) => firstDay(date));
  const lastOf = new Map<string, string>();
  return series.map((coverage) => {
    const { indicator, date } = coverage;
    const before = lastOf.get(indicator.id);
    lastOf.set(indicator.id, lastDay(date));
    const isBroken = before !== undefined && breaks.some((day) => day > before && day <= lastDay(date));
    return isBroken ? { ...coverage, flags: [...coverage.flags, 'SERIES_BREAK'] } : coverage;
  });
}
