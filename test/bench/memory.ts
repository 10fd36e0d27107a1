/**
 * How much memory a process takes that checks and publishes one large file: a gigabyte of rows with notes, or `--rows` of
 * any number without. Run by `npm run nightly:memory`; `-- --mariadb` takes that database. Ends with 1 above the aim.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { startMariaDb } from '../support/mariadb.js';
import { makeFile } from './load-file.js';
import { approveBench, draftBench, openOffice } from './load-ours.js';
import { printTable } from './table.js';

/** The aim of issue 3, in MB. */
const AIM = 300;
/** Rows that make a gigabyte with a note of this length, which is a long one. */
const GIGABYTE = 2_500_000;
const NOTE = 'invented and of no real place; '.repeat(10).trim();
/** Small files whose difference shows what each row leaves behind. */
const SMOKE = [50_000, 400_000];

const run = promisify(execFile);
const has = (name: string) => process.argv.includes(name);
const argument = (name: string) => process.argv[process.argv.indexOf(name) + 1] ?? '';

/** What a process says of itself at its end. */
interface Measured {
  readonly checkMs: number;
  readonly publishMs: number;
  /** The most it ever had in memory, in MB. */
  readonly peak: number;
}

if (has('--child')) await child(argument('--url'), argument('--child'));
else if (has('--mariadb')) await onMariaDb();
else await onSqlite();

async function child(url: string, path: string): Promise<void> {
  const { office, close } = await openOffice(url);
  const startedAt = performance.now();
  const { release } = await draftBench(office, path);
  const checkedAt = performance.now();
  if (!release) throw new Error(`${path} made no release`);
  await approveBench(office, release.id);
  const publishMs = performance.now() - checkedAt;
  await close();
  const peak = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ checkMs: checkedAt - startedAt, publishMs, peak } satisfies Measured));
}

async function onSqlite(): Promise<void> {
  await measureAll('SQLite', async (folder, rows) => `sqlite:${join(folder, `${rows}.sqlite`)}`);
}

async function onMariaDb(): Promise<void> {
  const server = await startMariaDb();
  try {
    await measureAll('MariaDB', async (_, rows) => {
      const connection = await createConnection(server.url);
      await connection.query(`CREATE DATABASE memory_${rows}`);
      await connection.end();
      return new URL(`/memory_${rows}`, server.url).href;
    });
  } finally {
    await server.stop();
  }
}

async function measureAll(database: string, urlOf: (folder: string, rows: number) => Promise<string>): Promise<void> {
  const wanted = has('--rows') ? [Number(argument('--rows'))] : has('--smoke') ? SMOKE : [GIGABYTE];
  const note = wanted[0] === GIGABYTE ? NOTE : '';
  const lines: string[][] = [];
  for (const one of wanted) {
    const folder = await mkdtemp(join(tmpdir(), 'cakupan-memory-'));
    try {
      const path = join(folder, 'file.csv');
      const { rows, bytes } = await makeFile(path, one, false, note);
      const { checkMs, publishMs, peak } = await measure(path, await urlOf(folder, rows));
      const seconds = [checkMs, publishMs].map((ms) => (ms / 1000).toFixed(1));
      lines.push([rows.toLocaleString('en'), (bytes / 1e6).toFixed(0), ...seconds, peak.toFixed(0)]);
      if (peak > AIM) process.exitCode = 1;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  printTable([`${database}: rows`, 'file, MB', 'check, s', 'publish, s', `peak memory, MB (aim: ${AIM})`], lines);
}

async function measure(path: string, url: string): Promise<Measured> {
  const args = ['--disable-warning=ExperimentalWarning', fileURLToPath(import.meta.url), '--child', path, '--url', url];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1e7 });
  return JSON.parse(stdout) as Measured; // what `child` writes
}
