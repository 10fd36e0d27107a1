import type { Subgraph } from '../../kit/subgraph.js';
import { createContext } from './context.js';
import { DATASETS } from './datasets.js';
import { CreateWorkshop } from './migrations/0001-workshop.js';
import { NAME } from './name.js';
import { WorkshopResolver } from './resolvers.js';
import { Region } from './types.js';

export const subgraph: Subgraph = {
  name: NAME,
  resolvers: [WorkshopResolver],
  types: [Region],
  references: { Region: ({ code }: { code: string }) => ({ code }) },
  datasets: DATASETS,
  migrations: [CreateWorkshop],
  context: createContext,
};
