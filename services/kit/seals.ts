import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from './database.js';
import { MOST_OFFSET_MS } from './edition.js';
import { RequestError } from './errors.js';
import type { Instant } from './period.js';

/**
 * What a subgraph knows of the instants sealed for its datasets. It trusts nobody: only what its own database holds.
 * A subgraph without datasets follows all of the database.
 */
export interface Seals {
  /** The instant to read at when none is asked for: the newest sealed one that is due; 0 before anything is sealed. */
  newest(): Promise<Instant>;
  /**
   * Throws AS_OF_NOT_SEALED for an instant that is not sealed here or not due by our clock. One that comes so soon that
   * clocks may differ about it is waited for: the gateway that asks has seen it come.
   */
  demand(asOf: Instant): Promise<void>;
  /** The newest instant of a dataset that is sealed here, due by our clock and not after `at`; null when none is. */
  pick(dataset: string, at: Instant): Promise<Instant | null>;
  /** The first instant of a dataset that is sealed here and due; null while none is. Up to date after `newest`, `demand` or `pick`. */
  firstOf(dataset: string): Instant | null;
  /** How many redactions this database has; as up to date as `firstOf`. */
  redactions(): number;
}

/** How long the answer to "what is the newest instant" may be reused, in milliseconds. */
const FRESH_MS = 1000;

interface Known {
  readonly instants: ReadonlyMap<string, readonly Instant[]>;
  readonly all: ReadonlySet<Instant>;
  readonly redactions: number;
  readonly readAt: number;
}

/** `clock` is the log's, as far as this process knows it: by it editions are due, in gateways as well. */
export function createSeals(db: Database, datasets: readonly string[], clock: () => Instant): Seals {
  let known: Known = { instants: new Map(), all: new Set(), redactions: 0, readAt: Number.NEGATIVE_INFINITY };
  const refresh = async () => {
    known = await readSeals(db, datasets);
  };
  const someUnborn = () => datasets.some((dataset) => !known.instants.has(dataset));
  const isDue = (asOf: Instant) => known.all.has(asOf) && asOf <= clock();

  return {
    async newest() {
      if (Date.now() - known.readAt > FRESH_MS) await refresh();
      return Math.max(0, ...[...known.all].filter((instant) => instant <= clock()));
    },
    async demand(asOf) {
      if (!isDue(asOf) || someUnborn()) await refresh();
      const isEmpty = known.all.size === 0; // nothing published, so nothing that could be mixed
      if (asOf === 0 || isEmpty || isDue(asOf)) return;
      const wait = asOf - clock();
      if (known.all.has(asOf) && wait <= MOST_OFFSET_MS) await delay(wait + 1);
      if (isDue(asOf)) return;
      throw new RequestError(
        'AS_OF_NOT_SEALED',
        `No edition of this subgraph is sealed and due at ${new Date(asOf).toISOString()}: ask the gateway, or leave as-of out.`,
      );
    },
    async pick(dataset, at) {
      await refresh();
      const latest = Math.min(at, clock());
      return known.instants.get(dataset)?.findLast((instant) => instant <= latest) ?? null;
    },
    firstOf(dataset) {
      const first = known.instants.get(dataset)?.[0];
      return first === undefined || first > clock() ? null : first;
    },
    redactions: () => known.redactions,
  };
}

async function readSeals({ query }: Database, datasets: readonly string[]): Promise<Known> {
  const instants = new Map<string, Instant[]>();
  const which = datasets.length === 0 ? '' : `WHERE dataset IN (${datasets.map(() => '?').join(', ')})`;
  const rows = await query(
    `SELECT dataset, instant, (SELECT COUNT(*) FROM redaction) AS redactions FROM seal ${which} ORDER BY instant`,
    datasets,
  );
  for (const { dataset, instant } of rows)
    instants.set(String(dataset), [...(instants.get(String(dataset)) ?? []), Number(instant)]);
  const redactions = Number(rows[0]?.redactions ?? 0);
  return { instants, all: new Set([...instants.values()].flat()), redactions, readAt: Date.now() };
}
