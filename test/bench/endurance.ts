/**
 * Five hundred editions and two hundred supergraphs while questions are asked all the time: memory and latency at the
 * beginning and at the end, and answers that failed, mixed two editions or were early. Run by `npm run bench:endurance`.
 */
import '../../services/gateway/telemetry.js';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Pool } from 'undici';
import { composeSupergraph } from '../../services/gateway/supergraph.js';
import { freePort } from '../support/processes.js';
import { answerOf, QUERY, subgraphsOf } from './endurance-graph.js';
import { median, printTable } from './table.js';

const isSmoke = process.argv.includes('--smoke');
const EDITIONS = isSmoke ? 20 : 500;
const SUPERGRAPHS = isSmoke ? 8 : 200;
const CONNECTIONS = 32;
/** How many texts are asked, so that most are kept and some are not. */
const TEXTS = 50;

interface Memory {
  readonly heapMb: number;
  readonly rssMb: number;
}

const subgraphs = createServer(async (request, response) => {
  const { query } = JSON.parse(await text(request)) as { query: string }; // what a gateway of ours sends
  const asOf = String(request.headers['as-of'] ?? '0');
  const body = JSON.stringify(answerOf(request.url?.slice(1) ?? '', query, Number(asOf)));
  response.writeHead(200, { 'content-type': 'application/json', 'as-of': asOf }).end(body);
}).listen(0, '127.0.0.1');
await once(subgraphs, 'listening');
const { port: subgraphPort } = subgraphs.address() as AddressInfo; // it listens on a port
const port = await freePort();
const child = fork('dist/test/bench/endurance-server.js', [String(port), `http://127.0.0.1:${subgraphPort}`], {
  execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
  env: { ...process.env, NODE_ENV: 'production' },
});
const pool = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS });
let isOver = false;
let answered = 0;
const wrong: string[] = [];
let latencies: number[] = [];

try {
  await heard(child);
  await run();
} finally {
  isOver = true;
  await pool.destroy();
  child.kill();
  subgraphs.closeAllConnections();
  subgraphs.close();
}

async function run(): Promise<void> {
  await tellEdition(1);
  const loops = Array.from({ length: CONNECTIONS }, (_, index) => ask(index));
  await steps(Math.ceil(EDITIONS / 10), 2, 0); // warm
  const before = await look();
  const first = latenciesSoFar();
  await steps(EDITIONS, Math.ceil(EDITIONS / SUPERGRAPHS), Math.ceil(EDITIONS / 10));
  const last = latenciesSoFar();
  const after = await look();
  isOver = true;
  await Promise.all(loops);
  print(before, after, first, last);
  if (wrong.length > 0) throw new Error(`${wrong.length} wrong answers: ${wrong.slice(0, 3).join('; ')}`);
}

/** So many editions, and a supergraph with every few of them. */
async function steps(count: number, every: number, from: number): Promise<void> {
  for (let step = 0; step < count; step += 1) {
    if (step === count - Math.ceil(count / 10)) latencies = []; // the last tenth counts
    await tellEdition(2 + from + step);
    if (step % every === 0) await tell({ kind: 'supergraph', sdl: composeSupergraph(subgraphsOf(from + step)).sdl });
  }
}

/** Both subgraphs get a new instant, the same; it is over when it is seen. */
async function tellEdition(revision: number): Promise<void> {
  const instant = Date.now() + 40;
  const seal = (subgraph: string) => ({
    dataset: subgraph,
    subgraph,
    instant,
    hash: String(revision),
    historical: false,
  });
  await tell({
    kind: 'edition',
    seals: ['left', 'right'].map((name, index) => ({ ...seal(name), revision: revision * 2 + index })),
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
}

async function ask(index: number): Promise<void> {
  for (let count = index; !isOver; count += 1) {
    const query = `${QUERY}${' '.repeat(count % TEXTS)}`;
    const startedAt = performance.now();
    const askedAt = Date.now();
    const { statusCode, body } = await pool.request({
      path: `/graphql?${new URLSearchParams({ query })}`,
      method: 'GET',
    });
    const answer = await body.text();
    latencies.push(performance.now() - startedAt);
    answered += 1;
    check(statusCode, answer, askedAt);
  }
}

/** Both sides say at which instant they read: it has to be the same, and not one that is to come. */
function check(status: number, answer: string, askedAt: number): void {
  const { data, errors } = JSON.parse(answer) as {
    data?: { thing: { left: number; right: number } };
    errors?: unknown;
  };
  const { left, right } = data?.thing ?? {};
  const isRight = status === 200 && errors === undefined && left !== undefined && left === right && left <= Date.now();
  if (!isRight) wrong.push(`${status} asked at ${askedAt}: ${answer.slice(0, 200)}`);
}

function latenciesSoFar(): readonly [number, number] {
  const sorted = [...latencies].sort((left, right) => left - right);
  return [median(sorted), sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN];
}

async function look(): Promise<Memory> {
  return tell({ kind: 'memory' });
}

async function tell(what: object): Promise<Memory> {
  const answer = heard<Memory>(child);
  child.send(what);
  return answer;
}

async function heard<Message>(from: ChildProcess): Promise<Message> {
  const [message] = await once(from, 'message');
  return message as Message; // what was asked
}

function print(before: Memory, after: Memory, first: readonly [number, number], last: readonly [number, number]): void {
  const row = (name: string, { heapMb, rssMb }: Memory, [p50, p99]: readonly [number, number]) => [
    name,
    heapMb.toFixed(1),
    rssMb.toFixed(0),
    p50.toFixed(2),
    p99.toFixed(2),
  ];
  printTable(
    [`${EDITIONS} editions, ${SUPERGRAPHS} supergraphs`, 'heap, MB', 'resident, MB', 'p50, ms', 'p99, ms'],
    [
      row('before', before, first),
      row('after', after, last),
      ['ratio', after.heapMb / before.heapMb, after.rssMb / before.rssMb, last[0] / first[0], last[1] / first[1]].map(
        (cell) => (typeof cell === 'string' ? cell : cell.toFixed(2)),
      ),
    ],
  );
  process.stdout.write(`${answered} answers, ${wrong.length} failed or mixed\n\n`);
}
