import { copySeals } from './arming.js';
import type { Database } from './database.js';
import type { Dataset } from './dataset.js';
import type { EditionLog, Seal } from './edition.js';
import type { Instant } from './period.js';
import { dropLeftStages } from './stage.js';

/**
 * Finishes, at the start, what a killed process left: seals of the log that are not copied here, a birth copied here and
 * missing in the log, stages nobody holds. What is armed is looked after by the publication itself, each second.
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
  }
  await dropLeftStages(db, datasets, now);
}

async function findSealed(db: Database, dataset: string): Promise<Set<Instant>> {
  const rows = await db.query('SELECT instant FROM seal WHERE dataset = ?', [dataset]);
  return new Set(rows.map(({ instant }) => Number(instant)));
}

async function findBirth(db: Database, { name, subgraph }: Dataset): Promise<Seal[]> {
  const rows = await db.query(
    "SELECT instant, chain_hash FROM data_release WHERE dataset = ? AND kind = 'HISTORICAL' AND instant IS NOT NULL ORDER BY instant",
    [name],
  );
  return rows.map(({ instant, chain_hash }) => ({
    dataset: name,
    subgraph,
    instant: Number(instant),
    hash: String(chain_hash),
    historical: true,
  }));
}
