import { RequestError } from '../../kit/errors.js';
import type { Source } from '../../kit/observation.js';
import { datePrecision } from '../../kit/period.js';
import { sourcesOf } from '../../kit/source.js';
import { boundsOf, flagsOf, percentOf } from './coverage.js';
import type { FoundCoverage, FoundRevision } from './coverage-queries.js';
import type { Coverage, CoverageRevision, Indicator } from './types.js';

/** What is needed to turn findings into answers. */
export interface Known {
  readonly indicators: ReadonlyMap<string, Indicator>;
  readonly sources: ReadonlyMap<string, Source>;
}

/** A finding as the API shows it; null when its indicator is not of this edition. */
export function coverageOf(found: FoundCoverage, derived: FoundCoverage | null, known: Known): Coverage | null {
  const indicator = known.indicators.get(found.indicatorId);
  if (!indicator) return null;
  const bounds = boundsOf(found);
  return {
    percent: percentOf(found),
    asPrinted: found.asPrinted,
    qualifier: found.qualifier,
    approximate: found.qualifier !== null,
    lowerBound: bounds.lower,
    upperBound: bounds.upper,
    date: found.date,
    precision: datePrecision(found.date),
    numerator: found.numerator,
    denominator: found.denominator,
    denominatorDate: found.denominatorDate,
    origin: found.origin,
    flags: flagsOf(found),
    category: found.category,
    indicator,
    derived: derived && coverageOf(derived, null, known),
    obsStatus: found.obsStatus,
    confStatus: found.confStatus,
    unit: 'PERCENT',
    sources: [...new Set(sourcesOf(found.sourceIds, known.sources))],
    release: found.release,
    fileRow: found.fileRow,
    note: found.note,
    cells: found.cells,
  };
}

/** What was once said of a figure, as the API shows it; null when its indicator is not of this edition. */
export function revisionOf(found: FoundRevision, known: Known): CoverageRevision | null {
  const coverage = coverageOf(found, null, known);
  if (!coverage) return null;
  const { derived: _, cells: __, ...figure } = coverage;
  const { publishedFrom, publishedUntil } = found;
  const segment = found.segment as CoverageRevision['segment']; // checked against the list when it was loaded
  return { segment, publishedFrom, publishedUntil, ...figure };
}

/** The indicator of this id; throws UNKNOWN_INDICATOR. */
export function indicatorOf(indicators: ReadonlyMap<string, Indicator>, id: string): Indicator {
  const indicator = indicators.get(id);
  if (indicator) return indicator;
  throw new RequestError(
    'UNKNOWN_INDICATOR',
    `There is no indicator "${id}" in this edition: choose one of ${[...indicators.keys()].join(', ')}.`,
  );
}
