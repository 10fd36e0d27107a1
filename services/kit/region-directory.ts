import type { ExecutionResult } from 'graphql';
import type { RegionValidity } from './check.js';
import type { GraphQLRequest } from './execute.js';
import type { RegionDirectory } from './load.js';

/** Asks the subgraph that owns the regions, wherever it is hosted. */
export type Ask = (request: GraphQLRequest) => Promise<ExecutionResult>;

const QUERY = 'query RegionDirectory($codes: [String!]!) { regionsByCode(codes: $codes) { code validFrom validTo } }';
/** As many codes as the subgraph answers at once. */
const CHUNK = 100;

export function regionDirectory(ask: Ask): RegionDirectory {
  return async (codes) => {
    const found = new Map<string, RegionValidity>();
    for (let start = 0; start < codes.length; start += CHUNK) {
      const { data } = await ask({ query: QUERY, variables: { codes: codes.slice(start, start + CHUNK) } });
      if (!data?.regionsByCode) throw new Error('the subgraph regions did not answer');
      for (const region of data.regionsByCode as (Region | null)[]) if (region) found.set(region.code, region); // the shape asked for
    }
    return found;
  };
}

interface Region extends RegionValidity {
  readonly code: string;
}
