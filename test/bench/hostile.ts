/**
 * What refused requests cost the gateway: the CPU time of its process for each, beside that of ten cards that are not
 * kept. Run by `npm run bench:hostile`; ends with 1 where one of them costs more.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { BODY_BYTES } from '../../services/gateway/json-bodies.js';
import { CARD_QUERY, CARD_VARIABLES } from './card-query.js';
import { HOSTILE } from './hostile-documents.js';
import { median, printTable } from './table.js';

const isSmoke = process.argv.includes('--smoke');
const ROUNDS = isSmoke ? 3 : 7;
const REQUESTS = isSmoke ? 5 : 20;
const CARD = JSON.stringify({ query: CARD_QUERY, variables: CARD_VARIABLES });

interface Answered {
  readonly status: number;
  readonly text: string;
}

const folder = await mkdtemp(join(tmpdir(), 'cakupan-bench-'));
const server = fork(new URL('./hostile-server.js', import.meta.url), {
  env: {
    ...process.env,
    NODE_ENV: 'production',
    PORT: '0',
    DATABASE_URL: `sqlite:${join(folder, 'all.sqlite')}`,
    SPOOL_FOLDER: join(folder, 'spool'),
    LOAD_TOKEN: 'a-token-for-a-bench',
    ANSWER_CACHE_MB: '0',
  },
});
try {
  await run(new Pool((await heard<{ url: string }>(server)).url, { connections: 1 }));
} finally {
  server.kill();
  await rm(folder, { recursive: true, force: true });
}

async function run(pool: Pool): Promise<void> {
  const send = async (body: string): Promise<Answered> => {
    const headers = { 'content-type': 'application/json' };
    try {
      const response = await pool.request({ method: 'POST', path: '/graphql', headers, body });
      return { status: response.statusCode, text: await response.body.text() };
    } catch (error) {
      if (body.length < BODY_BYTES) throw error;
      return { status: 413, text: '' }; // it answers and hangs up before it has read all; which comes first is chance
    }
  };
  const card = await send(CARD);
  if (card.status !== 200 || card.text.includes('"errors"')) throw new Error(`the card is not answered: ${card.text}`);
  const told = new Map<string, string>();
  for (const { name, body } of HOSTILE) told.set(name, codeOf(name, await send(body)));
  await cpuOf(() => send(CARD), 200); // warm

  const cards: number[] = [];
  const costs = new Map<string, number[]>(HOSTILE.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    cards.push(10 * (await cpuOf(() => send(CARD), 10 * REQUESTS)));
    for (const { name, body } of HOSTILE) costs.get(name)?.push(await cpuOf(() => send(body), REQUESTS));
  }
  await pool.close();

  const tenCards = median(cards);
  const rows = [...costs].map(([name, list]) => ({ name, ms: median(list) })).sort((left, right) => right.ms - left.ms);
  printTable(
    ['refused request', 'told', 'CPU, ms', 'ratio to ten cards'],
    [
      ['ten cards, answered', '', tenCards.toFixed(2), '1.00'],
      ...rows.map(({ name, ms }) => [name, told.get(name) ?? '', ms.toFixed(2), (ms / tenCards).toFixed(2)]),
    ],
  );
  if (rows.some(({ ms }) => ms > tenCards)) process.exitCode = 1;
}

function codeOf(name: string, { status, text }: Answered): string {
  if (status === 413) return 'too long';
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: { extensions: { code: string } }[] }; // an answer of the gateway
  const code = errors?.[0]?.extensions.code;
  if (status >= 500 || code === undefined || data !== undefined)
    throw new Error(`${name} was not refused: ${text.slice(0, 300)}`);
  return code;
}

/** The CPU time that the gateway's process uses for one call, in milliseconds. */
async function cpuOf(call: () => Promise<unknown>, calls: number): Promise<number> {
  const before = await usedMs();
  for (let done = 0; done < calls; done += 1) await call();
  return ((await usedMs()) - before) / calls;
}

async function usedMs(): Promise<number> {
  const answer = heard<{ cpu: NodeJS.CpuUsage }>(server);
  server.send('cpu');
  const { cpu } = await answer;
  return (cpu.user + cpu.system) / 1000;
}

/** What the child says next. */
function heard<Message>(child: ChildProcess): Promise<Message> {
  const over = new AbortController();
  const says = once(child, 'message', { signal: over.signal }).then(([message]) => message as Message); // what was asked
  const ends = once(child, 'exit', { signal: over.signal }).then(([code]) => {
    throw new Error(`the gateway ended with ${code}`);
  });
  ends.catch(() => {}); // given up once it has spoken
  return Promise.race([says, ends]).finally(() => over.abort());
}
