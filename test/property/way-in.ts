import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { GraphQLError } from 'graphql';
import type { Report } from '../../services/kit/check.js';
import type { Dataset } from '../../services/kit/dataset.js';
import { dataFolder } from '../../services/kit/discover.js';
import { loadFirst } from '../../services/kit/first-load.js';
import { draftFile } from '../../services/kit/load.js';
import { dropStage, openStage, stageTable } from '../../services/kit/stage.js';
import { freshSqlite } from '../support/databases.js';
import { createWorld, type World } from '../support/world.js';
import type { Layout, Locale } from './layout.js';
import type { Told } from './relations.js';

/** What the way in made of a file; the rows are those of the stage its draft holds on to. */
export type Outcome =
  | { readonly is: 'refused'; readonly report: Report }
  | { readonly is: 'staged'; readonly report: Report; readonly rows: readonly Told[] };

/** Regions, sources and indicators, and nothing published. */
export async function createEmptyWorld(now: number): Promise<World> {
  const world = await createWorld({ url: await freshSqlite(), clock: () => now, load: false });
  for (const { name, datasets } of world.subgraphs)
    for (const dataset of datasets.filter(({ firstLoad }) => firstLoad === 'REFERENCE')) {
      const path = join(dataFolder(name), dataset.file);
      if (!existsSync(path)) continue;
      await loadFirst(world.loader, dataset, { name: dataset.file }, Readable.from([readFileSync(path)]));
    }
  return world;
}

/** Every name a warning may have: whoever sends the files stands by all of them. */
const ACKNOWLEDGED = [...Array.from({ length: 30 }, (_, index) => `W${index + 1}`), 'VANISHED'];

/** Sends a file the real way in and reads back what its draft has staged; the draft is given up again. */
export async function sendIn(world: World, layout: Layout, bytes: Buffer, locale: Locale): Promise<Outcome> {
  const dataset = world.loader.datasets.find(({ name }) => name === layout.dataset);
  if (!dataset) throw new Error(`there is no dataset ${layout.dataset}`);
  const facts = { name: 'berkas.csv', locale, kind: 'REGULAR', reason: null, supersedes: null } as const;
  const sender = { acknowledged: ACKNOWLEDGED, keepsMissing: false, createdBy: 'tok_test0001 publisher' };
  try {
    const { report, release } = await draftFile(world.loader, dataset, { ...facts, ...sender }, Readable.from([bytes]));
    if (release?.stage == null) return { is: 'staged', report, rows: [] }; // nothing new
    const rows = await readStage(world, dataset, release.stage);
    await giveUp(world, release.id, release.stage);
    return { is: 'staged', report, rows };
  } catch (error) {
    const report = error instanceof GraphQLError && error.extensions.code === 'BAD_FILE' && error.extensions.report;
    if (report) return { is: 'refused', report: report as Report }; // what BAD_FILE carries
    throw error;
  }
}

/** How many stages there are: of a file that was refused none is left. */
export async function countStages({ db }: World): Promise<number> {
  const [row] = await db.query('SELECT COUNT(*) AS n FROM stage');
  return Number(row?.n);
}

async function giveUp({ db }: World, release: string, stage: number): Promise<void> {
  await dropStage(db, stage);
  await db.write((tx) => tx.query('DELETE FROM data_release WHERE id = ?', [release]));
}

/** The rows of a stage by the columns of the layout, each value as text written in one way only. */
async function readStage({ db }: World, dataset: Dataset, id: number): Promise<Told[]> {
  const { series } = await openStage(db, dataset, id);
  const names = dataset.columns.map(({ name }) => name);
  const stored = names.filter((name) => !dataset.series?.includes(name));
  const list = stored.map((name) => `CAST(${name} AS CHAR) AS ${name}`).join(', ');
  const rows = await db.query(`SELECT ${list}, series, line, withheld, removes FROM ${stageTable(id)} ORDER BY line`);
  const decimals = new Set(dataset.columns.filter(({ kind }) => kind === 'decimal').map(({ name }) => name));
  return rows.map((row) => {
    if (row.removes !== null) throw new Error('a row vanishes although nothing was published');
    const all = { ...series?.all().get(Number(row.series)), ...row };
    const kept = row.withheld === null ? null : (JSON.parse(String(row.withheld)) as Record<string, unknown>); // ours
    const text = (name: string, value: unknown) => {
      if (value === null || value === undefined || value === '') return null;
      return decimals.has(name) ? String(Number(value)) : String(value);
    };
    return {
      line: Number(row.line),
      cells: Object.fromEntries(names.map((name) => [name, text(name, all[name])])),
      withheld: kept && Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, text(name, value)])),
    };
  });
}
