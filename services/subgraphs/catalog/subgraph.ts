import type { Subgraph } from '../../kit/subgraph.js';
import { createContext } from './context.js';
import { ReleaseResolver } from './resolvers.js';

/** Has no dataset of its own and so follows every edition: what it lists belongs to all datasets of its database. */
export const subgraph: Subgraph = {
  name: 'catalog',
  resolvers: [ReleaseResolver],
  types: [],
  references: {},
  datasets: [],
  migrations: [],
  context: createContext,
};
