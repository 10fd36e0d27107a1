import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Tries in a process of its own whether Hive's planner plans an operation: it is compiled code, and a mistake of it may
 * end the process that it runs in.
 */
export interface Probe {
  tryPlan(operation: string): Promise<Attempt>;
  stop(): Promise<void>;
}

export interface Attempt {
  /** What the planner says against an operation; empty where it plans it. */
  readonly problem: string;
  readonly ms: number;
}

/** The problem where the process ended. */
export const ABORTED = 'it ended its process';

const CHILD = fileURLToPath(new URL('./probe-child.mjs', import.meta.url));

export function createProbe(supergraphSdl: string): Probe {
  let child: ChildProcess | null = null;
  const demandChild = () => {
    if (child) return child;
    child = fork(CHILD, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child.send(supergraphSdl);
    return child;
  };
  return {
    async tryPlan(operation) {
      const asked = demandChild();
      asked.send(operation);
      const told = new AbortController();
      const ended = once(asked, 'exit', told).then(() => null);
      const said = await Promise.race([once(asked, 'message', told), ended]);
      told.abort();
      ended.catch(() => {}); // nobody waits for it any more
      if (said) return said[0] as Attempt; // what the child sends
      child = null;
      return { problem: ABORTED, ms: 0 };
    },
    async stop() {
      if (!child) return;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
