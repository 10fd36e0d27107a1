/**
 * The card query, uncached, over tables of 10 thousand to 20 million observations that 1 to 100 releases have changed:
 * of the newest edition and of past ones. Each database is asked in turn with the smallest, so that a ratio compares
 * what was measured in the same minutes. Run by `npm run bench:asof`; `--only sqlite` or `--only mysql` takes one
 * database, `--observations 10000,1000000 --releases 1,10` other sizes, `--requests 500` fewer cards. Above ten million
 * observations only the fewest and the most releases are measured, for the time it takes to write them; `--every` takes all.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type History, REVISED, type Size } from './asof-fill.js';
import { type Asked, type Latencies, measure } from './asof-latency.js';
import { mariaDbPlace, type Place, sqlitePlace } from './asof-place.js';
import { demandPlans } from './asof-plan.js';
import { type BenchWorld, fillWorld, openWorld } from './asof-world.js';
import { cardUrl } from './card-query.js';
import { printTable } from './table.js';

const argument = (name: string, fallback: string) =>
  process.argv.includes(name) ? (process.argv[process.argv.indexOf(name) + 1] ?? fallback) : fallback;
const numbers = (name: string, fallback: string) => argument(name, fallback).split(',').map(positive);
const isSmoke = process.argv.includes('--smoke');
const OBSERVATIONS = numbers('--observations', isSmoke ? '10000,50000' : '10000,1000000,20000000');
const RELEASES = numbers('--releases', isSmoke ? '10' : '1,10,100');
const [REQUESTS = 0] = numbers('--requests', isSmoke ? '20' : '2000');
const ONLY = argument('--only', '');
const MANY = 10_000_000;

/** A filled database that answers. */
interface Filled extends Asked {
  readonly database: string;
  readonly size: Size;
  readonly history: History;
  readonly megabytes: number;
  readonly seconds: number;
  readonly world: BenchWorld;
}

if (!['', 'sqlite', 'mysql'].includes(ONLY)) throw new Error(`--only takes sqlite or mysql; it is "${ONLY}"`);
const folder = await mkdtemp(join(tmpdir(), 'cakupan-bench-'));
try {
  if (ONLY !== 'mysql') await measureIn(await sqlitePlace());
  if (ONLY !== 'sqlite') await measureIn(await mariaDbPlace());
} finally {
  await rm(folder, { recursive: true, force: true });
}

function releasesFor(observations: number): readonly number[] {
  if (observations <= MANY || process.argv.includes('--every')) return RELEASES;
  return RELEASES.filter((_, index) => index === 0 || index === RELEASES.length - 1);
}

function positive(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`"${text}" is not a whole number above 0`);
}

async function measureIn(place: Place): Promise<void> {
  const sizes = OBSERVATIONS.flatMap((observations) =>
    releasesFor(observations).map((releases) => ({ observations, releases })),
  );
  const [first, ...others] = sizes;
  if (!first) throw new Error('there is nothing to measure');
  const rows: string[][] = [];
  try {
    const smallest = await fill(place, first);
    rows.push(await compare(smallest, smallest));
    for (const size of others) {
      const filled = await fill(place, size);
      rows.push(await compare(smallest, filled));
      process.stderr.write(`${place.title}, so far: ${rows.at(-1)?.join(' | ')}\n`); // a long run is not lost with its last size
      await filled.world.stop();
      await place.drop(filled.database);
    }
    await smallest.world.stop();
  } finally {
    await place.close();
  }
  printTable(
    [
      `${place.title}: observations`,
      'releases',
      'rows',
      'size, MB',
      'filled in, s',
      'p50 now, ms',
      'p99 now, ms',
      'ratio to the smallest',
      'p50 past, ms',
      'ratio past',
      'p50 most revised, ms',
      'ratio most revised',
    ],
    rows,
  );
}

async function fill(place: Place, size: Size): Promise<Filled> {
  const database = await place.make(`asof_${size.observations}_${size.releases}`);
  const startedAt = performance.now();
  const history = await fillWorld(database, folder, size);
  const seconds = (performance.now() - startedAt) / 1000;
  const statements: { readonly sql: string; readonly parameters: readonly unknown[] }[] = [];
  let isWatching = true;
  const world = await openWorld(database, folder, (sql, parameters) => {
    if (isWatching) statements.push({ sql, parameters });
  });
  const instants = history.instants.map((instant) => new Date(instant).toISOString());
  await demandHistory({ url: world.url, instants });
  isWatching = false;
  await demandPlans(database, statements);
  const megabytes = await place.megabytes(database);
  return { url: world.url, instants, database, size, history, megabytes, seconds, world };
}

/** Every instant must answer with the figures of its own release before speed means anything. */
async function demandHistory({ url, instants }: Asked): Promise<void> {
  for (const [index, instant] of instants.entries()) {
    const answer = await (await fetch(cardUrl(url, REVISED, instant))).text();
    const releases = [...answer.matchAll(/"stated_coverage\/(\d+)"/g)].map(([, number]) => Number(number));
    const expected = REVISED.map(() => index + 1);
    if (releases.join() !== expected.join()) throw new Error(`at ${instant}, release ${index + 1} answers ${answer}`);
  }
}

async function compare(smallest: Filled, filled: Filled): Promise<string[]> {
  const regencies = filled.history.regions.filter((code) => code.includes('.'));
  const [base, ours] = await measure([smallest, filled], regencies, REQUESTS);
  if (!base || !ours) throw new Error('nothing was measured');
  const { size, history, megabytes, seconds } = filled;
  const p50 = (question: keyof Latencies) => [ours[question].p50.toFixed(2), ratio(ours, base, question)];
  const [now = '', nowRatio = ''] = p50('now');
  return [
    size.observations.toLocaleString('en'),
    String(size.releases),
    history.rows.toLocaleString('en'),
    megabytes.toFixed(0),
    seconds.toFixed(0),
    now,
    ours.now.p99.toFixed(2),
    nowRatio,
    ...p50('past'),
    ...p50('revised'),
  ];
}

function ratio(ours: Latencies, base: Latencies, question: keyof Latencies): string {
  return (ours[question].p50 / base[question].p50).toFixed(2);
}
