import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What to run. Without `ready` the program counts as started at once. */
export interface Program {
  readonly command?: string; // default: the Node that runs the tests
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>; // added to that of the tests
  readonly ready?: RegExp | string; // a text in its output, or an address that answers 2xx
  readonly readyMs?: number; // how long to wait for it; 20,000 when not given
  readonly group?: boolean; // true for a command that starts the program as its child, such as npm: signals go to all of them
}

/** How a program ended: one of the two is null. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Running {
  readonly pid: number;
  /** Everything written so far, to stdout and to stderr, in order of arrival. */
  output(): string;
  /** Sends the signal (SIGTERM when not given), kills after 15 s, and resolves when the program has ended. */
  stop(signal?: NodeJS.Signals): Promise<Exit>;
  readonly exited: Promise<Exit>;
}

/**
 * A program, started and ready. It cannot outlive the process that started it.
 * Throws an error that holds its output when it ends, or the time is over, before it is ready.
 */
export async function startProcess(program: Program): Promise<Running> {
  const running = launch(program);
  const { ready, readyMs = 20_000 } = program;
  if (ready === undefined) return running;
  const over = new AbortController();
  try {
    await Promise.race([
      untilReady(running, ready, over.signal),
      fails(running.exited, 'ended'),
      fails(delay(readyMs, undefined, { signal: over.signal }), `was not ready after ${readyMs} ms`),
    ]);
    return running;
  } catch (error) {
    await running.stop('SIGKILL');
    const line = [program.command ?? 'node', ...program.args].join(' ');
    throw new Error(`\`${line}\` ${messageOf(error)}. It wrote:\n${running.output()}`, { cause: error });
  } finally {
    over.abort();
  }
}

/** A port of 127.0.0.1 that nothing listened on a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo; // a string only for pipes
      server.close(() => resolve(port));
    });
  });
}

function launch({ command = process.execPath, args, env, group = false }: Program): Running {
  const [first = command, ...others] = [...dieWithParent(), command, ...args];
  const child = spawn(first, others, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: group,
  });
  const exited = exitOf(child);
  let output = '';
  const collect = (chunk: string): void => {
    output += chunk;
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  child.on('error', (error) => collect(error.message));
  return { pid: child.pid ?? 0, output: () => output, stop: (signal) => stop(child, exited, group, signal), exited };
}

/** Linux ends the program when its parent is killed, so that a crashed test leaves nothing behind. */
function dieWithParent(): string[] {
  return existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL'] : [];
}

/** Resolves when the program has ended and its output is read; a grandchild may hold that open, so not for ever. */
async function exitOf(child: ChildProcess): Promise<Exit> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  await ended;
  await Promise.race([closed, delay(500, undefined, { ref: false })]);
  return { code: child.exitCode, signal: child.signalCode };
}

async function stop(
  child: ChildProcess,
  exited: Promise<Exit>,
  group: boolean,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<Exit> {
  const send = (which: NodeJS.Signals) => (group && child.pid ? signalGroup(child.pid, which) : child.kill(which));
  send(signal);
  const kill = setTimeout(() => send('SIGKILL'), 15_000);
  return exited.finally(() => clearTimeout(kill));
}

/** A group whose members have all ended cannot be signalled, which is as well. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function untilReady(running: Running, ready: RegExp | string, over: AbortSignal): Promise<void> {
  const isReady = typeof ready === 'string' ? () => answers(ready) : () => ready.test(running.output());
  while (!over.aborted && !(await isReady())) await delay(25);
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function fails(event: Promise<unknown>, message: string): Promise<never> {
  await event;
  throw new Error(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
