import { writeFile } from 'node:fs/promises';
import { freePort, type Program, startProcess } from '../support/processes.js';
import type { Engine } from './engine.js';

export interface Driver {
  readonly name: string;
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  readonly capabilities: object;
  readonly hasScreenshots: boolean;
}

/** A WebKit behind its own driver, by W3C WebDriver over HTTP: no package is needed for the six commands we send. */
export async function startDriver({ name, command, env, capabilities, hasScreenshots }: Driver): Promise<Engine> {
  const port = await freePort();
  const program: Program = { command, args: [`--port=${port}`], env, ready: `http://127.0.0.1:${port}/status` };
  const driver = await startProcess(program);
  const root = `http://127.0.0.1:${port}/session`;
  const { sessionId } = await send<{ sessionId: string }>('POST', root, {
    capabilities: { alwaysMatch: capabilities },
  });
  const session = `${root}/${sessionId}`;
  await send('POST', `${session}/timeouts`, { script: 60_000, pageLoad: 30_000 });
  const evaluate = async <T>(expression: string) => {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${expression}\n)).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await send<{ value: T; error?: string }>('POST', `${session}/execute/async`, {
      script,
      args: [],
    });
    if (error) throw new Error(error);
    return value;
  };
  return {
    name,
    open: (url) => send('POST', `${session}/url`, { url }),
    evaluate,
    screenshot: hasScreenshots
      ? async (file) => writeFile(file, Buffer.from(await send<string>('GET', `${session}/screenshot`), 'base64'))
      : null,
    close: async () => {
      await send('DELETE', session).catch(() => {}); // a browser that has crashed is closed
      await driver.stop();
    },
  };
}

async function send<T>(method: string, url: string, body?: object): Promise<T> {
  const response = await fetch(url, {
    method,
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(90_000),
  });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname}: ${value?.error} ${value?.message}`);
  return value;
}
