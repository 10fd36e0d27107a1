import type { Release } from '../../kit/observation.js';
import type { Reader } from '../../kit/reader.js';
import { findRedactions, findReleases } from './queries.js';
import type { Redaction } from './types.js';

export interface Context {
  readonly releases: (dataset: string, limit: number) => Promise<Release[]>;
  readonly redactions: (dataset: string | null, limit: number) => Promise<Redaction[]>;
}

export function createContext(reader: Reader): Context {
  return {
    releases: (dataset, limit) => findReleases(reader, dataset, limit),
    redactions: (dataset, limit) => findRedactions(reader, dataset, limit),
  };
}
