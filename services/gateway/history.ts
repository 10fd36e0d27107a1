import type { LogPage } from '../kit/edition.js';
import type { Instant } from '../kit/period.js';

/** What the edition log has told so far. It only grows. */
export interface History {
  add(page: LogPage): void;
  /** The last revision known: what is asked for is what comes after it. */
  revision(): number;
  /** How many redactions are known. */
  redactions(): number;
  /** Sealed instants of each dataset, ascending, with the subgraph that owns it; those ahead as well. */
  datasets(): Iterable<readonly [string, DatasetHistory]>;
  /** The first instant after `now` at which something changes; the greatest exact number when none is known. */
  nextInstant(now: Instant): Instant;
}

export interface DatasetHistory {
  readonly subgraph: string;
  readonly instants: readonly Instant[];
}

export function createHistory(): History {
  const datasets = new Map<string, DatasetHistory>();
  let revision = 0;
  let redactions = 0;
  return {
    add({ seals, redactions: told }) {
      for (const { dataset, subgraph, instant, revision: sealed } of seals) {
        const instants = new Set([...(datasets.get(dataset)?.instants ?? []), instant]);
        datasets.set(dataset, { subgraph, instants: [...instants].sort((left, right) => left - right) });
        revision = Math.max(revision, sealed);
      }
      redactions = Math.max(redactions, told);
    },
    revision: () => revision,
    redactions: () => redactions,
    datasets: () => datasets,
    nextInstant(now) {
      const later = [...datasets.values()].flatMap(({ instants }) => instants.find((instant) => instant > now) ?? []);
      return Math.min(Number.MAX_SAFE_INTEGER, ...later);
    },
  };
}
