import { type Batch, batch } from '../../kit/batch.js';
import type { Reader } from '../../kit/reader.js';
import type { Known } from './answer.js';
import {
  type CoverageFilter,
  type CoverageHistoryFilter,
  type FoundCoverage,
  type FoundRevision,
  findCoverage,
  findCoverageHistory,
  findCoveredCodes,
} from './coverage-queries.js';
import {
  type BaseFilter,
  type CountFilter,
  type CountHistoryFilter,
  findAllSources,
  findBaseCells,
  findCountCells,
  findCountHistory,
  findIndicators,
  findKnownEvents,
  findParticipantCounts,
  findPopulationBases,
  findSeriesEvents,
  findTargets,
  type Indicators,
} from './queries.js';
import type { ParticipantCount, ParticipantRevision, PopulationBase, SeriesEvent, Target } from './types.js';

/** What the resolvers of one request share. */
export interface Context {
  readonly coverage: Batch<string, CoverageFilter, readonly FoundCoverage[]>;
  readonly participants: Batch<string, CountFilter, readonly ParticipantCount[]>;
  readonly populationBases: Batch<string, BaseFilter, readonly PopulationBase[]>;
  /** By the key of its cell. */
  readonly countCells: Batch<string, null, ParticipantCount | null>;
  readonly baseCells: Batch<string, null, PopulationBase | null>;
  readonly coverageHistory: Batch<string, CoverageHistoryFilter, readonly FoundRevision[]>;
  readonly countHistory: Batch<string, CountHistoryFilter, readonly ParticipantRevision[]>;
  readonly targets: Batch<string, string | null, readonly Target[]>;
  readonly events: Batch<string, null, readonly SeriesEvent[]>;
  /** The same where they only complete an answer. */
  readonly knownEvents: Batch<string, null, readonly SeriesEvent[]>;
  readonly indicators: () => Promise<Indicators>;
  readonly known: () => Promise<Known>;
  readonly coveredCodes: (indicator: string, prefix: string, length: number) => Promise<string[]>;
}

export function createContext(reader: Reader): Context {
  const indicators = () => findIndicators(reader);
  return {
    coverage: batch<string, CoverageFilter, readonly FoundCoverage[]>(
      (codes, filter) => findCoverage(reader, codes, filter),
      [],
    ),
    participants: batch<string, CountFilter, readonly ParticipantCount[]>(
      (codes, filter) => findParticipantCounts(reader, codes, filter),
      [],
    ),
    populationBases: batch<string, BaseFilter, readonly PopulationBase[]>(
      (codes, filter) => findPopulationBases(reader, codes, filter),
      [],
    ),
    countCells: batch<string, null, ParticipantCount | null>((cells) => findCountCells(reader, cells), null),
    baseCells: batch<string, null, PopulationBase | null>((cells) => findBaseCells(reader, cells), null),
    coverageHistory: batch<string, CoverageHistoryFilter, readonly FoundRevision[]>(
      (codes, filter) => findCoverageHistory(reader, codes, filter),
      [],
    ),
    countHistory: batch<string, CountHistoryFilter, readonly ParticipantRevision[]>(
      (codes, filter) => findCountHistory(reader, codes, filter),
      [],
    ),
    targets: batch<string, string | null, readonly Target[]>(
      (codes, indicator) => findTargets(reader, codes, indicator),
      [],
    ),
    knownEvents: batch<string, null, readonly SeriesEvent[]>((codes) => findKnownEvents(reader, codes), []),
    events: batch<string, null, readonly SeriesEvent[]>((codes) => findSeriesEvents(reader, codes), []),
    indicators,
    known: async () => ({ indicators: await indicators(), sources: await findAllSources(reader) }),
    coveredCodes: (indicator, prefix, length) => findCoveredCodes(reader, indicator, prefix, length),
  };
}
