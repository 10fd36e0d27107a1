import type { Subgraph } from '../../kit/subgraph.js';
import type { Context } from './context.js';
import { createContext } from './context.js';
import { CoverageResolver } from './coverage-resolvers.js';
import { DATASETS } from './datasets.js';
import { HistoryResolver } from './history-resolvers.js';
import { ParticipantsFigures1764000000201 } from './migrations/0001-figures.js';
import { IndicatorResolver, RegionResolver } from './resolvers.js';
import { Indicator, Region } from './types.js';

export const subgraph: Subgraph = {
  name: 'participants',
  resolvers: [RegionResolver, CoverageResolver, HistoryResolver, IndicatorResolver],
  types: [Region, Indicator],
  references: {
    Region: ({ code }: { code: string }) => ({ code }),
    Indicator: async ({ id }: { id: string }, { indicators }: Context) => (await indicators()).get(id) ?? null,
  },
  datasets: DATASETS,
  migrations: [ParticipantsFigures1764000000201],
  context: createContext,
};
