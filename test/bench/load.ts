/**
 * How fast a large file is checked and published, against csv-parse feeding multi-row inserts of the same file, on the
 * same database in the same run; each step a process of its own, so that its memory is its own. Run by
 * `npm run bench:load`; `--rows 10000000` makes a file of about a gigabyte, `--only sqlite` or `--only mysql` takes one.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startMariaDb } from '../support/mariadb.js';
import { loadMysql, loadSqlite } from './load-baseline.js';
import { makeFile } from './load-file.js';
import { loadOurs, type Step } from './load-ours.js';
import { printTable } from './table.js';

const run = promisify(execFile);
const argument = (name: string) => process.argv[process.argv.indexOf(name) + 1];
const has = (name: string) => process.argv.includes(name);

/** What one process of its own measured. */
interface Measured {
  readonly steps: readonly Step[];
  readonly megabytes: number;
}

if (has('--child')) await child(argument('--child') ?? '', argument('--url') ?? '', argument('--folder') ?? '');
else await compare();

/** One contender, in this process. */
async function child(contender: string, url: string, folder: string): Promise<void> {
  const path = join(folder, 'file.csv');
  const steps = await (async (): Promise<readonly Step[]> => {
    if (contender === 'ours') return loadOurs(url, path, join(folder, 'turned.csv'));
    const load = url.startsWith('sqlite:') ? loadSqlite : loadMysql;
    return [{ name: contender, ms: await load(path, url.replace('sqlite:', ''), contender === 'fastest') }];
  })();
  process.stdout.write(JSON.stringify({ steps, megabytes: process.resourceUsage().maxRSS / 1024 }));
}

async function compare(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cakupan-bench-'));
  const only = has('--only') ? argument('--only') : null;
  const wanted = has('--rows') ? Number(argument('--rows')) : has('--smoke') ? 20_000 : 1_000_000;
  try {
    const { rows, bytes } = await makeFile(join(folder, 'file.csv'), wanted);
    await makeFile(join(folder, 'turned.csv'), wanted, true);
    process.stdout.write(`${rows} rows, ${(bytes / 1e6).toFixed(0)} MB\n\n`);
    if (only !== 'mysql') await compareOn('SQLite', folder, rows, (name) => `sqlite:${join(folder, `${name}.sqlite`)}`);
    if (only !== 'sqlite') await compareOnMariaDb(folder, rows);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compareOnMariaDb(folder: string, rows: number): Promise<void> {
  const server = await startMariaDb();
  try {
    const { createConnection } = await import('mysql2/promise');
    const connection = await createConnection(server.url);
    await connection.query('CREATE DATABASE bench');
    await connection.end();
    await compareOn('MariaDB', folder, rows, () => new URL('/bench', server.url).href);
  } finally {
    await server.stop();
  }
}

async function compareOn(
  database: string,
  folder: string,
  rows: number,
  urlOf: (contender: string) => string,
): Promise<void> {
  const measure = async (contender: string): Promise<Measured> => {
    const args = ['--disable-warning=ExperimentalWarning', fileURLToPath(import.meta.url), '--child', contender];
    const { stdout } = await run(process.execPath, [...args, '--url', urlOf(contender), '--folder', folder], {
      maxBuffer: 1e7,
    });
    return JSON.parse(stdout) as Measured; // what `child` writes
  };
  const baseline = await measure('baseline');
  const fastest = await measure('fastest');
  const ours = await measure('ours');
  const base = baseline.steps[0]?.ms ?? Number.NaN;
  const lineOf = (name: string, ms: number, megabytes: number | null) => [
    name,
    (ms / 1000).toFixed(2),
    Math.round((rows * 1000) / ms).toLocaleString('en'),
    (base / ms).toFixed(2),
    megabytes === null ? '' : megabytes.toFixed(0),
  ];
  printTable(
    [database, 'seconds', 'rows/s', 'rate against baseline', 'peak memory, MB'],
    [
      lineOf('baseline: csv-parse and multi-row inserts', base, baseline.megabytes),
      lineOf("the database's fastest bulk load", fastest.steps[0]?.ms ?? Number.NaN, fastest.megabytes),
      ...ours.steps.map(({ name, ms }) => lineOf(name, ms, name === 'ours: check and publish' ? ours.megabytes : null)),
    ],
  );
}
