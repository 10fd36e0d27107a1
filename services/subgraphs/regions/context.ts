import { type Batch, batch } from '../../kit/batch.js';
import type { Reader } from '../../kit/reader.js';
import { findByBpsCodes, findChildren, findRegionPage, findRegions, type RegionFilter } from './queries.js';
import type { Region } from './types.js';

/** What the resolvers of one request share. */
export interface Context {
  readonly regions: Batch<string, null, Region | null>;
  readonly children: Batch<string, null, readonly Region[]>;
  /** By BPS code. */
  readonly byBpsCode: Batch<string, null, readonly Region[]>;
  readonly regionPage: (filter: RegionFilter) => Promise<Region[]>;
}

export function createContext(reader: Reader): Context {
  return {
    regions: batch<string, null, Region | null>((codes) => findRegions(reader, codes), null),
    children: batch<string, null, readonly Region[]>((codes) => findChildren(reader, codes), []),
    byBpsCode: batch<string, null, readonly Region[]>((codes) => findByBpsCodes(reader, codes), []),
    regionPage: (filter) => findRegionPage(reader, filter),
  };
}
