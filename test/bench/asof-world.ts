import { join } from 'node:path';
import { readConfig } from '../../services/config.js';
import { copySeals } from '../../services/kit/arming.js';
import type { OnQuery } from '../../services/kit/database.js';
import { discover } from '../../services/kit/discover.js';
import { loadEmptyDatasets } from '../../services/kit/first-start.js';
import { silent } from '../../services/kit/log.js';
import { stopAll } from '../../services/kit/stop.js';
import { type RunningAll, startAll } from '../../services/main.js';
import { TABLES } from './asof-figures.js';
import { type History, type Size, writeHistory } from './asof-fill.js';

/** Every service on one database, as `npm start` runs them, without kept answers. */
export interface BenchWorld {
  readonly url: string;
  stop(): Promise<void>;
}

export async function openWorld(database: string, folder: string, onQuery: OnQuery): Promise<BenchWorld> {
  const running = await start(database, folder, onQuery);
  return { url: running.url, stop: () => stopAll(running.stoppers, silent) };
}

/** Fills an empty database: the regions and reference data of the data folders, and an invented history of figures. */
export async function fillWorld(database: string, folder: string, size: Size): Promise<History> {
  const running = await start(database, folder, () => {});
  const { db, log, clock } = running.office.loader;
  try {
    const subgraphs = await discover();
    const others = subgraphs.map((one) => ({
      ...one,
      datasets: one.datasets.filter(({ name }) => !TABLES.some((table) => table === name)),
    }));
    await loadEmptyDatasets(running.office.loader, others, silent);
    const history = await writeHistory(db, size, clock());
    const seals = TABLES.flatMap((dataset) =>
      history.instants.map((instant, index) => {
        const hash = `${dataset}/${index + 1}`;
        return { dataset, subgraph: 'participants', instant, hash, historical: true };
      }),
    );
    await copySeals(db, seals);
    await log.seal(seals);
    return history;
  } finally {
    await stopAll(running.stoppers, silent);
  }
}

function start(database: string, folder: string, onQuery: OnQuery): Promise<RunningAll> {
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database,
    FIRST_LOAD: 'none',
    ANSWER_CACHE_MB: '0',
    LOAD_TOKEN: 'a-token-for-a-bench',
    SPOOL_FOLDER: join(folder, 'spool'),
  });
  return startAll(config, silent, { onQuery });
}
