import type { Database, Query } from './database.js';
import { RequestError } from './errors.js';
import type { Instant } from './period.js';

/**
 * What a subgraph knows of the instants sealed for its datasets. It trusts nobody: only what its own database holds.
 * A subgraph without datasets follows all of the database.
 */
export interface Seals {
  /** The instant to read at when none is asked for: the newest sealed one that is due; 0 before anything is sealed. */
  newest(): Promise<Instant>;
  /** Throws AS_OF_NOT_SEALED for an instant that is not sealed here or not due by the database's clock. */
  demand(asOf: Instant): Promise<void>;
  /** The first sealed instant of a dataset; null while it has none. Up to date after `newest` or `demand`. */
  firstOf(dataset: string): Instant | null;
}

/** How long the answer to "what is the newest instant" may be reused, in milliseconds. */
const FRESH_MS = 1000;

interface Known {
  readonly instants: ReadonlyMap<string, readonly Instant[]>;
  readonly all: ReadonlySet<Instant>;
  /** The database's clock minus ours. */
  readonly offset: number;
  readonly readAt: number;
}

export function createSeals(db: Database, datasets: readonly string[], clock: () => Instant): Seals {
  let known: Known = { instants: new Map(), all: new Set(), offset: 0, readAt: Number.NEGATIVE_INFINITY };
  const refresh = async () => {
    known = await readSeals(db, datasets);
  };
  const now = () => clock() + known.offset;
  const someUnborn = () => datasets.some((dataset) => !known.instants.has(dataset));
  const isDue = (asOf: Instant) => known.all.has(asOf) && asOf <= now();

  return {
    async newest() {
      if (Date.now() - known.readAt > FRESH_MS) await refresh();
      return Math.max(0, ...[...known.all].filter((instant) => instant <= now()));
    },
    async demand(asOf) {
      if (!isDue(asOf) || someUnborn()) await refresh();
      const isEmpty = known.all.size === 0; // nothing published, so nothing that could be mixed
      if (asOf === 0 || isEmpty || isDue(asOf)) return;
      throw new RequestError(
        'AS_OF_NOT_SEALED',
        `No edition of this subgraph is sealed and due at ${new Date(asOf).toISOString()}: ask the gateway, or leave as-of out.`,
      );
    },
    firstOf: (dataset) => known.instants.get(dataset)?.[0] ?? null,
  };
}

async function readSeals({ query, dialect }: Database, datasets: readonly string[]): Promise<Known> {
  const instants = new Map<string, Instant[]>();
  const before = Date.now();
  const offset = dialect === 'mysql' ? (await databaseNow(query)) - before : 0;
  const which = datasets.length === 0 ? '' : `WHERE dataset IN (${datasets.map(() => '?').join(', ')})`;
  const rows = await query(`SELECT dataset, instant FROM seal ${which} ORDER BY instant`, datasets);
  for (const { dataset, instant } of rows)
    instants.set(String(dataset), [...(instants.get(String(dataset)) ?? []), Number(instant)]);
  return { instants, all: new Set([...instants.values()].flat()), offset, readAt: Date.now() };
}

async function databaseNow(query: Query): Promise<Instant> {
  const [row] = await query('SELECT ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000) AS now');
  return Number(row?.now);
}
