import type { Subgraph } from '../../kit/subgraph.js';
import { type Context, createContext } from './context.js';
import { DATASETS } from './datasets.js';
import { RegionsRegion1764000000101 } from './migrations/0001-region.js';
import { findRegion, RegionResolver } from './resolvers.js';
import { Region } from './types.js';

export const subgraph: Subgraph = {
  name: 'regions',
  resolvers: [RegionResolver],
  types: [Region],
  references: { Region: ({ code }: { code: string }, context: Context) => findRegion(context, code) },
  datasets: DATASETS,
  migrations: [RegionsRegion1764000000101],
  context: createContext,
};
