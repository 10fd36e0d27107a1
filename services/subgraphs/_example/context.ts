import { type Batch, batch } from '../../kit/batch.js';
import type { Reader } from '../../kit/reader.js';
import { type FoundWorkshops, findWorkshops } from './queries.js';

/** What the resolvers of one request share: by region, for a year or for all. */
export interface Context {
  readonly workshops: Batch<string, string | null, readonly FoundWorkshops[]>;
}

export function createContext(reader: Reader): Context {
  return {
    workshops: batch<string, string | null, readonly FoundWorkshops[]>(
      (codes, year) => findWorkshops(reader, codes, year),
      [],
    ),
  };
}
