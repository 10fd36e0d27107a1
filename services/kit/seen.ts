import type { Instant } from './period.js';
import type { Asked } from './series.js';

/** What readers see of this database: the instant that each dataset is read at. */
export type Seen = (dataset: string) => Instant;

/** Before every instant: a dataset of which nothing is sealed and due has no rows to be seen. */
const NOTHING: Instant = -1;

/**
 * Reads the newest instant of each dataset that is sealed here and due. Whoever sends a file is told of what readers see,
 * never of what is armed: its figures are under an embargo, for their own office as well as for others.
 */
export async function findSeen(asked: Asked, now: Instant): Promise<Seen> {
  const rows = await asked.query(
    'SELECT dataset, MAX(instant) AS instant FROM seal WHERE instant <= ? GROUP BY dataset',
    [now],
  );
  const instants = new Map(rows.map(({ dataset, instant }) => [String(dataset), Number(instant)]));
  return (dataset) => instants.get(dataset) ?? NOTHING;
}
