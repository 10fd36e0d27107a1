import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'undici';

const TRIES = 50;
const PAUSE_MS = 100;

/**
 * Has a process of Node give up all that nobody refers to any more, so that what is left is what it needs. It was started
 * with `--inspect-port` and this port, and is asked by its own debugger, which it opens at a signal.
 */
export async function collectGarbage(pid: number, port: number): Promise<void> {
  process.kill(pid, 'SIGUSR1');
  const debuggerSocket = new WebSocket(await addressOf(port));
  await once(debuggerSocket, 'open');
  debuggerSocket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }));
  await once(debuggerSocket, 'message');
  debuggerSocket.close();
}

async function addressOf(port: number): Promise<string> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
        webSocketDebuggerUrl: string;
      }[];
      if (targets[0]) return targets[0].webSocketDebuggerUrl;
    } catch {
      // not open yet
    }
    await wait(PAUSE_MS);
  }
  throw new Error(`no debugger answers at port ${port}`);
}
