/**
 * The card query, uncached, through our gateway and through Apollo's stock one, in front of the same subgraph host, in
 * one run: rounds in turn, medians of the rounds. Run by `npm run bench:card`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { freePort, type Running, startProcess } from '../support/processes.js';
import { CARD_QUERY, CARD_VARIABLES } from './card-query.js';
import { median, printTable } from './table.js';

const CONNECTIONS = 32;
const isSmoke = process.argv.includes('--smoke');
const ROUNDS = isSmoke ? 1 : 5;
const SECONDS = isSmoke ? 2 : 8;
const BODY = JSON.stringify({ query: CARD_QUERY, variables: CARD_VARIABLES });
const HEADERS = { 'content-type': 'application/json' };
const TOKEN = 'a-token-for-a-bench';

interface Round {
  readonly rate: number; // requests per second
  readonly p50: number; // milliseconds
  readonly p99: number;
}

const folder = await mkdtemp(join(tmpdir(), 'cakupan-bench-'));
const programs: Running[] = [];
try {
  await run();
} finally {
  for (const program of programs.reverse()) await program.stop();
  await rm(folder, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const registry = await start(['registry'], {
    DATABASE_URL: `sqlite:${join(folder, 'registry.sqlite')}`,
    REGISTRY_TOKEN: TOKEN,
  });
  const host = await start(['subgraphs'], {
    DATABASE_URL: `sqlite:${join(folder, 'figures.sqlite')}`,
    REGISTRY_URL: registry,
    REGISTRY_TOKEN: TOKEN,
  });
  const urls = ['regions', 'participants', 'benefits', 'catalog']
    .map((name) => `${name}=${host}/${name}/graphql`)
    .join(',');
  const contenders = {
    'stock: startStandaloneServer + ApolloGateway, HTTP': await startStock(host),
    'ours, the same subgraphs over HTTP': await start(['gateway'], {
      REGISTRY_URL: registry,
      SUBGRAPH_URLS: urls,
      ANSWER_CACHE_MB: '0',
      REQUEST_SHARING: 'off',
    }),
    'ours, subgraphs in the same process': await start([], {
      DATABASE_URL: `sqlite:${join(folder, 'all.sqlite')}`,
      ANSWER_CACHE_MB: '0',
      REQUEST_SHARING: 'off',
    }),
    'ours, in one process, answers kept': await start([], { DATABASE_URL: `sqlite:${join(folder, 'kept.sqlite')}` }),
  };
  await compareAnswers(Object.values(contenders));
  const rounds = new Map(Object.keys(contenders).map((name) => [name, [] as Round[]]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, origin] of Object.entries(contenders)) rounds.get(name)?.push(await measure(origin));
  }
  const rateOf = (name: string) => median((rounds.get(name) ?? []).map(({ rate }) => rate));
  const stock = rateOf(Object.keys(contenders)[0] ?? '');
  printTable(
    [`card query, ${CONNECTIONS} connections`, 'requests/s', 'p50, ms', 'p99, ms', 'ratio to stock'],
    [...rounds].map(([name, list]) => [
      name,
      rateOf(name).toFixed(0),
      median(list.map(({ p50 }) => p50)).toFixed(1),
      median(list.map(({ p99 }) => p99)).toFixed(1),
      (rateOf(name) / stock).toFixed(2),
    ]),
  );
}

async function start(service: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const args = ['--disable-warning=ExperimentalWarning', 'dist/services/cli/main.js', 'start', ...service];
  const ready = /"event":"server\.started"/;
  const settings = { PORT: String(port), LOG_LEVEL: 'info', NODE_ENV: 'production', LOAD_TOKEN: TOKEN, ...env };
  programs.push(await startProcess({ args, env: settings, ready }));
  return origin;
}

async function startStock(host: string): Promise<string> {
  const port = await freePort();
  const env = { NODE_ENV: 'production' };
  programs.push(
    await startProcess({ args: ['dist/test/bench/stock-gateway.js', String(port), host], env, ready: /ready at/ }),
  );
  return `http://127.0.0.1:${port}`;
}

/** All contenders must give the same figures before their speed means anything. */
async function compareAnswers(origins: readonly string[]): Promise<void> {
  const answers = await Promise.all(
    origins.map(async (origin) =>
      (await fetch(`${origin}/graphql`, { method: 'POST', headers: HEADERS, body: BODY })).json(),
    ),
  );
  const data = answers.map((answer) =>
    JSON.stringify((answer as { data: unknown }).data).replace(/"publishedAt":"[^"]*"/g, ''),
  );
  if (new Set(data).size !== 1 || data[0] === undefined || !data[0].includes('"percent":21'))
    throw new Error('the contenders do not give the same answer');
}

async function measure(origin: string): Promise<Round> {
  const result = await autocannon({
    url: `${origin}/graphql`,
    method: 'POST',
    headers: HEADERS,
    body: BODY,
    connections: CONNECTIONS,
    duration: SECONDS,
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx + result.errors} requests failed at ${origin}`);
  return { rate: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
}
