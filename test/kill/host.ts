import { setTimeout as delay } from 'node:timers/promises';
import { type Running, startProcess } from '../support/processes.js';

/** A program to be killed, on a database that others may have left in any state. */
export interface Host {
  /** Opens the database, and gives the address once it answers. */
  open(): Promise<string>;
  /** Lets an hour pass for it, and what is due appear. */
  passHour(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

export interface HostOptions {
  readonly databaseUrl: string;
  readonly spoolFolder: string;
  /** By how much its clock is before that of the machine, in milliseconds. */
  readonly ahead: number;
}

/** Starts it; it reads its program and waits. */
export async function startHost({ databaseUrl, spoolFolder, ahead }: HostOptions): Promise<Host> {
  const running = await startProcess({
    args: ['--disable-warning=ExperimentalWarning', 'test/kill/victim.mjs'],
    env: { DATABASE_URL: databaseUrl, SPOOL_FOLDER: spoolFolder, AHEAD_MS: String(ahead) },
    ready: /loaded/,
    readyMs: 60_000,
  });
  let hours = 0;
  return {
    async open() {
      process.kill(running.pid, 'SIGUSR2');
      const [, url = ''] = await written(running, /ready at (\S+)\n/);
      return url;
    },
    async passHour() {
      hours += 1;
      process.kill(running.pid, 'SIGUSR2');
      await written(running, new RegExp(`(?:an hour later\\n[^]*){${hours}}`));
    },
    kill: async () => void (await running.stop('SIGKILL')),
  };
}

const PATIENCE_MS = 60_000;

/** What it has written, once it has; throws with all of it when it ends before. */
async function written(running: Running, text: RegExp): Promise<RegExpExecArray> {
  let hasEnded = false;
  void running.exited.then(() => {
    hasEnded = true;
  });
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await delay(5)) {
    const found = text.exec(running.output());
    if (found) return found;
    if (hasEnded) break;
  }
  throw new Error(`the program wrote no ${text} but:\n${running.output()}`);
}
