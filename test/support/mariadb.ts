/**
 * MariaDB for tests: one server a run, one fresh database a test.
 *
 * This file is also the `globalSetup` of jest, which loads it outside its own module system: it may import packages,
 * nothing of ours, and only plain type annotations.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';

/** A running server; `url` is that of its administrator, without a database name. */
export interface MariaDb {
  readonly url: string;
  stop(): Promise<void>;
  /** Ends it as a power cut would; its data stay. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, at the same address. Throws what it wrote when it does not come up. */
  startAgain(): Promise<void>;
}

const run = promisify(execFile);
const LOG = 'error.log';
const PORT_TRIES = 5;
const READY_MS = 30_000;

/**
 * A new MariaDB server with empty data, listening on 127.0.0.1 only and ready for connections. `options` override ours.
 * `stop` ends it and removes its data; so does the end of the process that started it (without removing).
 * Throws what the server wrote when it does not come up.
 */
export async function startMariaDb(options: readonly string[] = []): Promise<MariaDb> {
  const folder = await mkdtemp(join(tmpdir(), 'cakupan-mariadb-'));
  try {
    await install(folder);
    return await listen(folder, PORT_TRIES, options);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The `mysql://` address of a new, empty database on the server of this test run. Throws when the run has none. */
export async function freshMariaDb(): Promise<string> {
  const server = process.env.TEST_MARIADB_URL;
  if (!server) throw new Error('There is no MariaDB for tests: run `node test/support/needs.mjs` to get it.');
  const url = new URL(`/test_${randomUUID().replaceAll('-', '')}`, server).href;
  await query(server, `CREATE DATABASE ${url.slice(url.lastIndexOf('/') + 1)}`);
  return url;
}

/**
 * Before all tests: makes the folder for their files, and starts the one server they share, if MariaDB is installed.
 * The tests find both in their environment; `teardown.ts` takes both away.
 */
export default async function setup(): Promise<void> {
  process.env.TEST_FOLDER = await mkdtemp(join(tmpdir(), 'cakupan-test-'));
  if (!(await isInstalled())) return;
  const server = await startMariaDb();
  process.env.TEST_MARIADB_URL = server.url;
  Object.assign(globalThis, { sharedMariaDb: server });
}

async function isInstalled(): Promise<boolean> {
  return run('mariadbd', ['--version'], { env: environment() }).then(
    () => true,
    () => false,
  );
}

async function install(folder: string): Promise<void> {
  const options = ['--skip-test-db', '--skip-name-resolve', '--auth-root-authentication-method=normal'];
  await run('mariadb-install-db', [...common(folder), ...options], { env: environment() });
}

/** Takes a port at random, below those the system gives to outgoing connections; another one when it is in use. */
async function listen(folder: string, triesLeft: number, options: readonly string[]): Promise<MariaDb> {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  let server = launch(folder, port, options);
  if (!(await becomesReady(server, folder))) {
    await end(server);
    const log = await readLog(folder);
    if (log.includes('Address already in use') && triesLeft > 1) return listen(folder, triesLeft - 1, options);
    throw new Error(`MariaDB did not start:\n${log.slice(-4_000)}`);
  }
  const stop = async () => {
    await end(server);
    await rm(folder, { recursive: true, force: true });
  };
  const kill = async () => {
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  const startAgain = async () => {
    await rm(join(folder, LOG));
    server = launch(folder, port, options);
    if (!(await becomesReady(server, folder))) throw new Error(`MariaDB did not start:\n${await readLog(folder)}`);
  };
  return { url: `mysql://root@127.0.0.1:${port}`, stop, kill, startAgain };
}

function launch(folder: string, port: number, more: readonly string[]): ChildProcess {
  const options = [
    `--port=${port}`,
    `--socket=${join(folder, 'socket')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--log-error=${join(folder, LOG)}`,
    `--tmpdir=${folder}`, // a server that starts clears its folder of temporary tables, those of others too
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--innodb-flush-log-at-trx-commit=2',
    '--performance-schema=OFF',
    '--max-connections=200',
  ];
  const [program, ...first] = [...dieWithParent(), 'mariadbd'];
  const server = spawn(program, [...first, ...common(folder), ...options, ...more], {
    stdio: 'ignore',
    env: environment(),
  });
  server.on('error', () => undefined); // then it has no pid, and `hasEnded` says so
  return server;
}

/** What the installer and the server have to agree on. Small buffers: tests hold few rows. */
function common(folder: string): string[] {
  const buffers = ['--innodb-buffer-pool-size=64M', '--innodb-log-file-size=32M', '--innodb-use-native-aio=OFF'];
  return ['--no-defaults', `--user=${userInfo().username}`, `--datadir=${join(folder, 'data')}`, ...buffers];
}

/** Words before a command that let Linux end it when its parent is killed; none where the tool is missing. */
function dieWithParent(): string[] {
  return existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL'] : [];
}

/** Goes by the server's own log: on its port, another server might answer. */
async function becomesReady(server: ChildProcess, folder: string): Promise<boolean> {
  const deadline = Date.now() + READY_MS;
  while (!hasEnded(server) && Date.now() < deadline) {
    if ((await readLog(folder)).includes('ready for connections')) return true;
    await delay(50);
  }
  return false;
}

function readLog(folder: string): Promise<string> {
  return readFile(join(folder, LOG), 'utf8').catch(() => '');
}

async function end(server: ChildProcess): Promise<void> {
  if (hasEnded(server)) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}

function hasEnded(server: ChildProcess): boolean {
  return server.pid === undefined || server.exitCode !== null || server.signalCode !== null;
}

async function query(url: string, sql: string): Promise<void> {
  const connection = await createConnection(url);
  await connection.query(sql).finally(() => connection.end());
}

/** Debian keeps the server in /usr/sbin, which is not on everybody's PATH. */
function environment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` };
}
