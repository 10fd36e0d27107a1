import type { Database } from './database.js';
import type { Dataset } from './dataset.js';
import { type EditionLog, SEAL_LEAD_MS, type Seal } from './edition.js';
import type { Instant } from './period.js';
import { copySeals, disarm } from './release.js';

/**
 * Finishes what a killed process left between two steps of a publication. What the log has sealed is copied here; a
 * birth copied here and missing in the log is sealed there; what was armed and can no longer be sealed is taken back.
 */
export async function settle(db: Database, log: EditionLog, datasets: readonly Dataset[], now: Instant): Promise<void> {
  const { seals } = await log.read(0);
  for (const dataset of datasets) {
    const logged = seals.filter((seal) => seal.dataset === dataset.name);
    const known = await findSealed(db, dataset.name);
    await copySeals(
      db,
      logged.filter(({ instant }) => !known.has(instant)),
    );
    if (logged.length === 0 && known.size > 0) await log.seal(await findBirth(db, dataset));
    else await takeBackLate(db, dataset, new Set(logged.map(({ instant }) => instant)), now);
  }
}

async function findSealed(db: Database, dataset: string): Promise<Set<Instant>> {
  const rows = await db.query('SELECT instant FROM seal WHERE dataset = ?', [dataset]);
  return new Set(rows.map(({ instant }) => Number(instant)));
}

async function findBirth(db: Database, { name, subgraph }: Dataset): Promise<Seal[]> {
  const rows = await db.query(
    'SELECT instant, content_hash FROM data_release WHERE dataset = ? AND instant IS NOT NULL ORDER BY instant',
    [name],
  );
  return rows.map(({ instant, content_hash }) => ({
    dataset: name,
    subgraph,
    instant: Number(instant),
    hash: String(content_hash),
    historical: true,
  }));
}

/** Armed releases that are not in the log and are too near to their instant to get there. */
async function takeBackLate(db: Database, dataset: Dataset, logged: ReadonlySet<Instant>, now: Instant): Promise<void> {
  const rows = await db.query(
    "SELECT id, instant FROM data_release WHERE dataset = ? AND instant IS NOT NULL AND kind <> 'HISTORICAL'",
    [dataset.name],
  );
  for (const { id, instant } of rows) {
    const late = Number(instant) < now + SEAL_LEAD_MS && !logged.has(Number(instant));
    if (late) await disarm(db, { dataset, releaseId: String(id), instant: Number(instant) });
  }
}
