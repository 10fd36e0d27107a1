import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { freshFolder, freshSqlite } from './support/databases.js';
import { type Exit, freePort, startProcess } from './support/processes.js';
import { findSockets, type OpenSocket } from './support/sockets.js';
import { listPaths, readSources, readText } from './support/sources.js';
import { importsOf } from './support/syntax.js';

const WATCH = pathToFileURL('test/support/watch-connections.mjs').href;
const MAIN = 'dist/services/cli/main.js';
const REGISTRY_TOKEN = 'registry token of a test';

/** A program that runs while it is watched: from within, and by the system's list of its sockets. */
interface Watched {
  readonly url: string;
  /** What the program did to reach others, so far: "connect host:port", "look up name". */
  reached(): Promise<string[]>;
  /** Stops it; gives how it ended and its sockets that were no answers on the port it listens on. */
  stop(): Promise<{ readonly exit: Exit; readonly foreign: readonly OpenSocket[] }>;
}

/** How often the sockets of a program are looked at: a connection to elsewhere takes longer to be refused or closed. */
const SAMPLE_MS = 50;

const started = async (words: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<Watched> => {
  const port = Number(settings.PORT ?? (await freePort()));
  const url = `http://127.0.0.1:${port}`;
  const folder = await freshFolder();
  const env = {
    PORT: String(port),
    DATABASE_URL: await freshSqlite(),
    SPOOL_FOLDER: folder,
    LOAD_TOKEN: 'load token of a test',
    LOG_LEVEL: 'warn',
    REGISTRY_TOKEN,
    ...settings,
  };
  const running = await startWatched([MAIN, 'start', ...words], folder, env);
  const foreign: OpenSocket[] = [];
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      const sockets = await findSockets(running.pid).catch(() => []); // it has ended
      foreign.push(...sockets.filter((socket) => socket.protocol.startsWith('udp') || socket.port !== port));
      await delay(SAMPLE_MS);
    }
  })();
  void running.exited.then(() => over.abort());
  await untilReady(url, over.signal);
  if (over.signal.aborted) throw new Error(`cakupan start ${words.join(' ')} ended: ${running.output()}`);
  return {
    url,
    reached: running.reached,
    async stop() {
      const exit = await running.stop();
      await watching;
      return { exit, foreign };
    },
  };
};

async function startWatched(args: readonly string[], folder: string, env: Readonly<Record<string, string>> = {}) {
  const file = join(folder, 'connections');
  await writeFile(file, '');
  const running = await startProcess({
    args: ['--disable-warning=ExperimentalWarning', ...args],
    env: { NODE_OPTIONS: `--import=${WATCH}`, CONNECTIONS: file, APOLLO_TELEMETRY_DISABLED: '', ...env }, // as where nobody set it
  });
  const reached = async () => [...new Set((await readFile(file, 'utf8')).split('\n').filter(Boolean))].sort();
  return { ...running, reached };
}

async function untilReady(url: string, over: AbortSignal): Promise<void> {
  const isReady = await fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
  if (isReady || over.aborted) return;
  await delay(SAMPLE_MS);
  await untilReady(url, over);
}

const ARBITRARY =
  '{ regions(search: "pangkal pinang") { nodes { code name parent { name } coverage { percent date } } } }';

/** Asks for a card, for something else, for what there is not, and for the schema; gives the keys of each answer. */
async function askAround(url: string): Promise<string[][]> {
  const card = { query: readText('schema/operations/coverage-card.graphql'), variables: { codes: ['19.03'] } };
  const questions = [card, { query: ARBITRARY }, { query: '{ nothing }' }, { query: getIntrospectionQuery() }];
  return Promise.all(
    questions.map(async (question) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(question),
      });
      return Object.keys((await response.json()) as object); // what a GraphQL server sends
    }),
  );
}

const ANSWERED = [['data', 'extensions'], ['data', 'extensions'], ['errors'], ['data']];
const STOPPED = { code: 0, signal: null };

describe('all of it in one process', () => {
  test.each(['hive', 'stock'])('turns to nobody, with the executor %s', async (executor) => {
    const program = await started([], { EXECUTOR: executor });
    const answers = await askAround(program.url);
    const { exit, foreign } = await program.stop(); // what is sent last is sent then
    expect({ answers, exit, foreign, reached: await program.reached() }).toEqual({
      answers: ANSWERED,
      exit: STOPPED,
      foreign: [],
      reached: [],
    });
  });
});

test('each program turns to those whose addresses it was given, and to nobody else', async () => {
  const [registryPort, hostPort] = [await freePort(), await freePort()];
  const REGISTRY_URL = `http://127.0.0.1:${registryPort}`;
  const names = listPaths('schema/subgraphs').map((path) => path.replace(/^.*\/|\.graphql$/g, ''));
  const SUBGRAPH_URLS = names.map((name) => `${name}=http://127.0.0.1:${hostPort}/${name}/graphql`).join(',');
  const [registry, host, gateway] = await Promise.all([
    started(['registry'], { PORT: String(registryPort) }),
    started(['subgraphs'], { PORT: String(hostPort), REGISTRY_URL, FIRST_LOAD: 'none' }),
    started(['gateway'], { REGISTRY_URL, SUBGRAPH_URLS }),
  ]);
  const [, arbitrary] = await askAround(gateway.url);
  for (const program of [gateway, host, registry]) expect((await program.stop()).exit).toEqual(STOPPED);
  expect({
    arbitrary,
    registry: await registry.reached(),
    host: await host.reached(),
    gateway: await gateway.reached(),
  }).toEqual({
    arbitrary: ['data', 'extensions'],
    registry: [],
    host: [`connect 127.0.0.1:${registryPort}`],
    gateway: [hostPort, registryPort].map((port) => `connect 127.0.0.1:${port}`).sort(),
  });
}, 60_000);

describe('the watch', () => {
  test('sees whom a program turns to', async () => {
    const code = `
      import dgram from 'node:dgram';
      import { lookup } from 'node:dns/promises';
      import { request } from 'node:http';
      const never = () => {};
      await fetch('http://192.0.2.1:4318/', { signal: AbortSignal.timeout(1000) }).catch(never);
      request('http://192.0.2.2:4318/', { timeout: 200 }).on('error', never).end().destroy();
      await lookup('home.invalid').catch(never);
      dgram.createSocket('udp4').on('error', never).send('x', 4318, '192.0.2.3');
      setTimeout(() => process.exit(), 100);`;
    const args = ['--input-type=module', '--eval', code];
    const running = await startWatched(args, await freshFolder());
    await running.exited;
    expect(await running.reached()).toEqual([
      'connect 192.0.2.1:4318',
      'connect 192.0.2.2:4318',
      'datagram 192.0.2.3:4318',
      'look up home.invalid',
    ]);
  });

  test('sees the sockets of a process from outside', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    const port = await new Promise<number>((resolve) =>
      server.once('listening', () => resolve((server.address() as AddressInfo).port)),
    ); // it listens on a port
    const code = `require('node:net').connect(${port}, '127.0.0.1', () => console.log('connected'))`;
    const running = await startProcess({ args: ['--eval', code], ready: /connected/ });
    expect(await findSockets(running.pid)).toEqual([{ protocol: 'tcp', port: expect.any(Number), farPort: port }]);
    await running.stop();
    server.close();
  });
});

describe('APOLLO_TELEMETRY_DISABLED', () => {
  const FROM_GATEWAY = /gateway\/(gateway|supergraph|engine|stock-gateway)\.js$/;

  test('is set before a program loads anything of Apollo', () => {
    const modules = readSources([...listPaths('services'), ...listPaths('test/bench')])
      .filter(({ path }) => path.endsWith('.ts') && !/\.test\.ts$|^services\/gateway\//.test(path))
      .map(({ path, text }) => ({ path, imports: importsOf(text) }));
    const loading = modules.filter(({ imports }) => imports.some((specifier) => FROM_GATEWAY.test(specifier)));
    const first = [...loading, ...modules.filter(({ path }) => path === 'services/cli/main.ts')];
    const late = first.filter(({ imports }) => !/gateway\/telemetry\.js$/.test(imports[0] ?? ''));
    expect(first.length).toBeGreaterThan(3);
    expect(late.map(({ path }) => path)).toEqual([]);
  });

  test('is set in the image and in the check as well', () => {
    expect(readText('Dockerfile')).toMatch(/^ENV .*\bAPOLLO_TELEMETRY_DISABLED=1\b/m);
    expect(readText('.ci/run')).toMatch(/^export .*\bAPOLLO_TELEMETRY_DISABLED=1\b/m);
  });
});
