import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type Running, startProcess } from '../support/processes.js';

/** Gateways have one core to themselves; what asks them and what they ask have the other. */
export const GATEWAY_CORE = '0';
const OTHER_CORE = '1';
const TOKEN = 'a-token-for-a-bench';
/** All contenders have as much room for young objects as our image gives: answers die young. */
const YOUNG = '--max-semi-space-size=64';
const READY = /"event":"server\.started"/;

/** A program of the bench. */
export interface Started {
  readonly origin: string;
  readonly pid: number;
}

/** A registry, a host of all our subgraphs, and in front of it subgraphs that answer from memory. */
export interface GatewayWorld {
  readonly registry: string;
  /** The host behind them, and its database. */
  readonly host: string;
  readonly database: string;
  /** The address of the subgraphs from memory; a subgraph answers at `/<name>/graphql`. */
  readonly subgraphs: string;
  /** Settings of a gateway of ours in front of them. */
  readonly settings: Readonly<Record<string, string>>;
  /** Starts a program on the core of gateways. `$PORT` in its arguments is its port. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>, ready?: RegExp): Promise<Started>;
  /** Starts a gateway of ours there. */
  startOurs(env: Readonly<Record<string, string>>): Promise<Started>;
  stop(): Promise<void>;
}

export const isPinned = cpus().length > 1;

/** Takes this process, which sends the load, to the other core. */
export function pinSelf(): void {
  if (isPinned) execFileSync('taskset', ['-cp', OTHER_CORE, String(process.pid)], { stdio: 'ignore' });
}

export async function openGatewayWorld(): Promise<GatewayWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'cakupan-bench-'));
  const programs: Running[] = [];
  const start = async (core: string, args: readonly string[], env: Readonly<Record<string, string>>, ready: RegExp) => {
    const port = String(await freePort());
    const words = ['--disable-warning=ExperimentalWarning', YOUNG, ...args.map((word) => word.replace('$PORT', port))];
    const pinned = isPinned ? ['taskset', '-c', core, process.execPath, ...words] : [process.execPath, ...words];
    const [command = '', ...rest] = pinned;
    const settings = { PORT: port, NODE_ENV: 'production', LOG_LEVEL: 'info', ...env };
    const running = await startProcess({ command, args: rest, env: settings, ready, readyMs: 60_000 });
    programs.push(running);
    return { origin: `http://127.0.0.1:${port}`, pid: running.pid };
  };
  const service = (name: string, env: Readonly<Record<string, string>>) =>
    start(OTHER_CORE, ['dist/services/cli/main.js', 'start', name], { REGISTRY_TOKEN: TOKEN, ...env }, READY);
  const { origin: registry } = await service('registry', { DATABASE_URL: `sqlite:${join(folder, 'registry.sqlite')}` });
  const database = `sqlite:${join(folder, 'figures.sqlite')}`;
  const host = await service('subgraphs', {
    DATABASE_URL: database,
    REGISTRY_URL: registry,
    LOAD_TOKEN: TOKEN,
  });
  const memo = await start(OTHER_CORE, ['dist/test/bench/memo-subgraphs.js', '$PORT', host.origin], {}, /ready at/);
  const names = ['regions', 'participants', 'benefits', 'catalog'];
  const settings = {
    REGISTRY_URL: registry,
    SUBGRAPH_URLS: names.map((name) => `${name}=${memo.origin}/${name}/graphql`).join(','),
    MAX_DELAY_MS: '0',
    MAX_COST: '10000000', // the big query is bigger than everybody may ask
  };
  const startHere: GatewayWorld['start'] = (args, env = {}, ready = /ready at/) =>
    start(GATEWAY_CORE, args, env, ready);
  return {
    registry,
    host: host.origin,
    database,
    subgraphs: memo.origin,
    settings,
    start: startHere,
    startOurs: (env) => startHere(['dist/services/cli/main.js', 'start', 'gateway'], { ...settings, ...env }, READY),
    async stop() {
      for (const program of programs.reverse()) await program.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The processor time that a process has used, in milliseconds, as the kernel counts it in hundredths of a second. */
export async function usedMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** What a process has in memory, in MB. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
