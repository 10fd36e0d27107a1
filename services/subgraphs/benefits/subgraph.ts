import type { Subgraph } from '../../kit/subgraph.js';
import { createContext } from './context.js';
import { DATASETS } from './datasets.js';
import { BenefitsDisbursement1764000000301 } from './migrations/0001-disbursement.js';
import { DisbursementResolver } from './resolvers.js';
import { Region } from './types.js';

export const subgraph: Subgraph = {
  name: 'benefits',
  resolvers: [DisbursementResolver],
  types: [Region],
  references: { Region: ({ code }: { code: string }) => ({ code }) },
  datasets: DATASETS,
  migrations: [BenefitsDisbursement1764000000301],
  context: createContext,
};
