/**
 * The card and a big query through our gateway, Apollo's and Hive's, in front of the same subgraphs that answer from
 * memory, in one run: rounds in turn, medians of the rounds. Nothing is kept. Run by `npm run bench:gateways`, which
 * needs wrk (Debian has it) and installs Hive Gateway beside itself.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIG_QUERY } from './big-query.js';
import { CARD_QUERY, CARD_VARIABLES } from './card-query.js';
import { type GatewayWorld, isPinned, openGatewayWorld, pinSelf, type Started } from './gateway-world.js';
import { median, printTable } from './table.js';
import { type Load, sendLoad } from './wrk.js';

const isSmoke = process.argv.includes('--smoke');
const CONNECTIONS = 50;
const ROUNDS = isSmoke ? 1 : 3;
/** Fifty of the big answer at once take stock longer than a second. */
const SECONDS = isSmoke ? 4 : 6;
const SCRIPT = join(tmpdir(), `cakupan-wrk-${process.pid}.lua`);
const HIVE = 'test/bench/hive';

const QUERIES = {
  card: { query: CARD_QUERY, variables: CARD_VARIABLES },
  big: {
    query: BIG_QUERY,
    variables: { codes: ['19.01', '19.02', '19.03', '19.04', '19.05', '19.06', '19.71', '14.71'] },
  },
} as const;

const STOCK = 'stock Apollo Server and gateway';
const OURS = 'ours';
const OURS_SHARED = 'ours, requests shared';

pinSelf();
const world = await openGatewayWorld();
try {
  await run(world);
} finally {
  await world.stop();
}

async function run(opened: GatewayWorld): Promise<void> {
  const contenders = await startContenders(opened);
  process.stdout.write(`${isPinned ? 'gateways on one core, all else on the other' : 'not pinned: one core'}\n\n`);
  for (const [name, question] of Object.entries(QUERIES)) {
    const body = JSON.stringify(question);
    const facts = await compareAnswers(contenders, body, opened.subgraphs);
    const rounds = new Map([...contenders.keys()].map((one) => [one, [] as Load[]]));
    for (const { origin, pid } of contenders.values()) await load(origin, body, pid, 1); // warm
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [one, { origin, pid }] of contenders) rounds.get(one)?.push(await load(origin, body, pid, SECONDS));
    print(`${name}: ${facts}, ${CONNECTIONS} connections`, rounds);
  }
}

async function startContenders({ start, startOurs, subgraphs }: GatewayWorld): Promise<ReadonlyMap<string, Started>> {
  const none = { ANSWER_CACHE_MB: '0' };
  const contenders = new Map<string, Started>();
  contenders.set(STOCK, await start(['dist/test/bench/stock-gateway.js', '$PORT', subgraphs]));
  if (!isSmoke) {
    if (!existsSync(`${HIVE}/node_modules`))
      execFileSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts'], {
        cwd: HIVE,
      });
    for (const planner of ['js', 'rust'])
      for (const sharing of ['alone', 'shared'])
        contenders.set(
          `Hive Gateway, ${planner} planner${sharing === 'shared' ? ', shared' : ''}`,
          await start([`${HIVE}/gateway.mjs`, '$PORT', subgraphs, planner, sharing]),
        );
  }
  const alone = { ...none, SUBGRAPH_SHARING: 'off', REQUEST_SHARING: 'off' };
  contenders.set(OURS, await startOurs(alone));
  if (isSmoke) return contenders;
  contenders.set(`${OURS}, Apollo's planner`, await startOurs({ ...alone, EXECUTOR: 'apollo' }));
  contenders.set(`${OURS}, subgraph calls shared`, await startOurs({ ...none, REQUEST_SHARING: 'off' }));
  contenders.set(OURS_SHARED, await startOurs(none));
  return contenders;
}

function load(origin: string, body: string, pid: number, seconds: number): Promise<Load> {
  return sendLoad({ url: `${origin}/graphql`, body }, { connections: CONNECTIONS, seconds, pid, script: SCRIPT });
}

/** All contenders must give the same data before their speed means anything; how large it is, and the calls it takes each. */
async function compareAnswers(contenders: ReadonlyMap<string, Started>, body: string, memo: string): Promise<string> {
  const texts = new Map<string, string>();
  const calls: number[] = [];
  for (const [name, { origin }] of contenders) {
    const before = await countCalls(memo);
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${origin}/graphql`, { method: 'POST', headers, body });
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown }; // an answer of GraphQL
    if (errors) throw new Error(`${name} answers with errors: ${JSON.stringify(errors).slice(0, 500)}`);
    texts.set(name, JSON.stringify(data));
    calls.push((await countCalls(memo)) - before);
  }
  const [first = ''] = texts.values();
  for (const [name, text] of texts) if (text !== first) throw new Error(`${name} gives another answer than ${STOCK}`);
  return `${(first.length / 1000).toFixed(1)} kB, ${Math.min(...calls)} to ${Math.max(...calls)} calls`;
}

async function countCalls(memo: string): Promise<number> {
  return Number(await (await fetch(`${memo}/calls`)).text());
}

function print(title: string, rounds: ReadonlyMap<string, readonly Load[]>): void {
  const of = (name: string, what: keyof Load) => median((rounds.get(name) ?? []).map((load) => load[what]));
  printTable(
    [title, 'requests/s', 'p50, ms', 'p99, ms', 'CPU, ms', 'rate to stock', 'CPU to stock'],
    [...rounds.keys()].map((name) => [
      name,
      of(name, 'rate').toFixed(0),
      of(name, 'p50').toFixed(1),
      of(name, 'p99').toFixed(1),
      of(name, 'cpu').toFixed(3),
      (of(name, 'rate') / of(STOCK, 'rate')).toFixed(2),
      (of(name, 'cpu') / of(STOCK, 'cpu')).toFixed(3),
    ]),
  );
}
