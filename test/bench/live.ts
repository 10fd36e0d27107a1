/**
 * One edition and ten thousand who listen to a hundred different answers: when the last of them has it, and what each
 * costs while nothing happens, against a bare server of Node that sends as many bytes. Run by `npm run bench:live`.
 */
import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { askData, sendFile } from '../support/data-client.js';
import { freePort } from '../support/processes.js';
import { cardUrl } from './card-query.js';
import { collectGarbage } from './collect-garbage.js';
import { type GatewayWorld, openGatewayWorld, pinSelf, residentMb, type Started } from './gateway-world.js';
import { openListeners } from './listeners.js';
import { median, printTable } from './table.js';

const isSmoke = process.argv.includes('--smoke');
const LISTENERS = isSmoke ? 500 : 10_000;
const ANSWERS = isSmoke ? 20 : 100;
const ROUNDS = isSmoke ? 1 : 3;
const MOST_MS = 60_000;
const run = promisify(execFile);

interface Measured {
  /** Memory for each listener that waits, in kB, once what is no longer needed is given up. */
  readonly idleKb: number;
  /** From the instant until half of them, 99 in 100, and all had the answer, in milliseconds. */
  readonly rounds: readonly (readonly [number, number, number])[];
}

pinSelf();
const world = await openGatewayWorld();
try {
  const ports = [await freePort(), await freePort()] as const;
  const debugged = (at: 0 | 1) => ({ NODE_OPTIONS: `--inspect-port=${ports[at]}` });
  const ours = await world.startOurs({ ...debugged(0), ANSWER_CACHE_MB: '64', MAX_LISTENERS_PER_ADDRESS: '0' });
  const paths = Array.from(
    { length: LISTENERS },
    (_, index) => `/live?${new URLSearchParams({ query: queryOf(index % ANSWERS) })}`,
  );
  const publish = await publisher(world);
  const event = await eventOf(ours, paths[0] ?? '');
  const told = await measure(ours, ports[0], paths, publish);
  const bare = await world.start(['dist/test/bench/bare-server.js', '$PORT', cardUrl(ours.origin)], debugged(1));
  const least = await measure(bare, ports[1], paths, async () => {
    const instant = Date.now();
    await fetch(`${bare.origin}/tell`, { method: 'POST', body: event });
    return instant;
  });
  print({ 'bare node:http': least, ours: told });
} finally {
  await world.stop();
}

function queryOf(index: number): string {
  return `{ region(code: "19.03") { a${index}: name participants(program: JKM, date: "2018-01") { value unit date segment status release { id publishedAt } } coverage { percent date numerator denominator } } }`;
}

async function eventOf({ origin }: Started, path: string): Promise<string> {
  const url = `${origin}${path.replace('/live', '/graphql')}`;
  const text = (await (await fetch(url)).text()).trim();
  if (text.includes('"errors"')) throw new Error(`the answer is none: ${text}`);
  return `id: 1.0.${'x'.repeat(22)}\ndata: ${text}\n\n`;
}

/** Makes releases through the data routes of the host, each with another figure; gives the instant of each. */
async function publisher({ host, database }: GatewayWorld): Promise<() => Promise<number>> {
  const tokenOf = async (role: string) => {
    const args = ['dist/services/cli/main.js', 'token', 'create', '--role', role, '--dataset', 'participant_count'];
    const { stdout } = await run(process.execPath, args, { env: { ...process.env, DATABASE_URL: database } });
    return stdout.split('\n')[0] ?? '';
  };
  const [sender, approver] = [await tokenOf('publisher'), await tokenOf('approver')];
  let count = 1000;
  return async () => {
    count += 1;
    const text = `region_code,date,segment,program,status,value,source_id\n19.03,2018-01,PU,JKM,ACTIVE,${count},antara-babel-534790\n`;
    const fields = { reason: 'a bench', acknowledge: ['W6', 'W12'] };
    const { body } = await sendFile(host, 'participant_count/releases', sender, text, fields);
    const { number } = (body.release ?? {}) as { number?: number }; // as the route shapes it
    if (number === undefined) throw new Error(`no draft was made: ${JSON.stringify(body).slice(0, 500)}`);
    const approved = await askData(host, `participant_count/releases/${number}/approve`, approver, {});
    const [release] = (approved.body.releases ?? []) as { publishedAt: string }[];
    if (!release) throw new Error(`it was not approved: ${JSON.stringify(approved.body)}`);
    return Date.parse(release.publishedAt);
  };
}

async function measure(
  server: Started,
  debugPort: number,
  paths: readonly string[],
  tell: () => Promise<number>,
): Promise<Measured> {
  const neededMb = async () => {
    await collectGarbage(server.pid, debugPort);
    return residentMb(server.pid);
  };
  const before = await neededMb();
  const listeners = await openListeners(server.origin, paths);
  try {
    await listeners.untilEvents(1, MOST_MS);
    await wait(2000);
    const idleKb = (((await neededMb()) - before) * 1024) / paths.length;
    const rounds: [number, number, number][] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const instant = await tell();
      const times = [...(await listeners.untilEvents(round + 2, MOST_MS))].sort((left, right) => left - right);
      const since = (share: number) => (times[Math.ceil(times.length * share) - 1] ?? Number.NaN) - instant;
      rounds.push([since(0.5), since(0.99), since(1)]);
    }
    return { idleKb, rounds };
  } finally {
    listeners.close();
  }
}

function print(measured: Readonly<Record<string, Measured>>): void {
  const least = Object.values(measured)[0];
  const of = ({ rounds }: Measured, at: 0 | 1 | 2) => median(rounds.map((round) => round[at]));
  printTable(
    [
      `${LISTENERS} listeners, ${ANSWERS} answers`,
      'kB each, idle',
      'p50, ms',
      'p99, ms',
      'last, ms',
      'memory to bare',
      'p99 to bare',
    ],
    Object.entries(measured).map(([name, one]) => [
      name,
      one.idleKb.toFixed(1),
      ...([0, 1, 2] as const).map((at) => of(one, at).toFixed(0)),
      (one.idleKb / (least?.idleKb ?? Number.NaN)).toFixed(2),
      (of(one, 1) / (least ? of(least, 1) : Number.NaN)).toFixed(2),
    ]),
  );
}
