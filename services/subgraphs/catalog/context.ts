import type { Release } from '../../kit/observation.js';
import type { Reader } from '../../kit/reader.js';
import { findReleases } from './queries.js';

export interface Context {
  readonly releases: (dataset: string, limit: number) => Promise<Release[]>;
}

export function createContext(reader: Reader): Context {
  return { releases: (dataset, limit) => findReleases(reader, dataset, limit) };
}
