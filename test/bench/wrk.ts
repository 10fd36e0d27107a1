import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { usedMs } from './gateway-world.js';

const run = promisify(execFile);

/** Requests to send, again and again. */
export interface Shot {
  readonly url: string;
  /** A body to POST as JSON; a GET when not given. */
  readonly body?: string;
}

export interface Load {
  /** Requests per second. */
  readonly rate: number;
  readonly p50: number; // milliseconds
  readonly p99: number;
  /** Processor time of the server for each request, in milliseconds. */
  readonly cpu: number;
}

/** Sends the same for some seconds over some connections, and says what came of it. Throws where an answer was not 2xx. */
export async function sendLoad(
  { url, body }: Shot,
  { connections, seconds, pid, script }: { connections: number; seconds: number; pid: number; script: string },
): Promise<Load> {
  await writeFile(script, scriptOf(body));
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '--timeout', '20s', '-s', script, url];
  const before = await usedMs(pid);
  const { stdout } = await run('wrk', args);
  const used = (await usedMs(pid)) - before;
  const failed = /Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)/.exec(stdout);
  if (failed) throw new Error(`${url} failed under load: ${failed[0]}`);
  const requests = Number(/(\d+) requests in/.exec(stdout)?.[1]);
  return {
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    p50: milliseconds(/50%\s+(\S+)/.exec(stdout)?.[1]),
    p99: milliseconds(/99%\s+(\S+)/.exec(stdout)?.[1]),
    cpu: used / requests,
  };
}

function scriptOf(body: string | undefined): string {
  if (body === undefined) return 'wrk.method = "GET"\nwrk.headers["Accept-Encoding"] = "identity"\n';
  return `wrk.method = "POST"\nwrk.body = ${JSON.stringify(body).replace(/\\u/g, '\\\\u')}\nwrk.headers["Content-Type"] = "application/json"\n`;
}

function milliseconds(text = ''): number {
  const value = Number.parseFloat(text);
  if (text.endsWith('us')) return value / 1000;
  return text.endsWith('ms') ? value : value * 1000;
}
