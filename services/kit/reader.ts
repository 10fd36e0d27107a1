import { LRUCache } from 'lru-cache';
import type { Database, Dialect, Query } from './database.js';
import { RequestError } from './errors.js';
import type { Instant } from './period.js';
import type { Seals } from './seals.js';

/** Reads one state of the data: everything a request asks for is read at the same sealed instant. */
export interface Reader {
  readonly asOf: Instant;
  readonly dialect: Dialect;
  readonly query: Query;
  /** False while the dataset has no release yet; throws NOT_YET_KEPT when as-of lies before its first. */
  keeps(dataset: string): boolean;
  /** The same for what only completes an answer: false, and no error, where as-of lies before its first release. */
  has(dataset: string): boolean;
  /** A small reference table as of this instant, found once and remembered: an edition never changes but for a redaction. */
  remember<T extends object>(name: string, find: () => Promise<T>): Promise<T>;
}

export type Memory = LRUCache<string, Promise<object>>;

/** How many reference tables are remembered over all instants in use. */
const REMEMBERED = 200;

export function createMemory(): Memory {
  return new LRUCache({ max: REMEMBERED });
}

/** `redactions` names the redaction epoch: what was remembered in another is found anew. */
export function createReader(
  { dialect, query }: Database,
  seals: Seals,
  memory: Memory,
  asOf: Instant,
  redactions = '',
): Reader {
  return {
    asOf,
    dialect,
    query,
    keeps(dataset) {
      const first = seals.firstOf(dataset);
      if (first === null) return false;
      if (first <= asOf) return true;
      const since = new Date(first).toISOString();
      throw new RequestError(
        'NOT_YET_KEPT',
        `${dataset} is kept from ${since} on and the edition asked for is older: ask for that instant or a later one.`,
        { dataset, keptFrom: since },
      );
    },
    has(dataset) {
      const first = seals.firstOf(dataset);
      return first !== null && first <= asOf;
    },
    async remember<T extends object>(name: string, find: () => Promise<T>) {
      const key = `${asOf} ${seals.firstOf(name) ?? ''} ${redactions} ${name}`;
      const known = memory.get(key) ?? find();
      memory.set(key, known);
      known.catch(() => memory.delete(key));
      return known as Promise<T>; // the name stands for one type: each caller remembers its own
    },
  };
}
