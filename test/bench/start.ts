/**
 * How long a bare start takes: from the start of the process to its first federated answer, its memory then, and how
 * many statements the card query costs. Run by `npm run bench:start`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../services/config.js';
import { silent } from '../../services/kit/log.js';
import { stopAll } from '../../services/kit/stop.js';
import { startAll } from '../../services/main.js';
import { freePort, startProcess } from '../support/processes.js';
import { cardUrl } from './card-query.js';
import { residentMb } from './gateway-world.js';
import { median, printTable } from './table.js';

const ROUNDS = process.argv.includes('--smoke') ? 1 : 5;

interface Start {
  readonly ms: number;
  readonly megabytes: number;
}

const folder = await mkdtemp(join(tmpdir(), 'cakupan-bench-'));
try {
  const first: Start[] = [];
  const again: Start[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const database = `sqlite:${join(folder, `${round}.sqlite`)}`;
    first.push(await startOnce(database));
    again.push(await startOnce(database));
  }
  printTable(
    ['start', `first answer, ms (median of ${ROUNDS})`, 'worst', 'resident memory, MB'],
    [
      ['empty database, facts loaded', ...figures(first)],
      ['database already filled', ...figures(again)],
      ['aim', '2500', '', '250'],
    ],
  );
  const { cold, warm } = await countStatements(`sqlite:${join(folder, '0.sqlite')}`);
  printTable(
    ['card query', 'regions', 'participants'],
    [statementRow('first after an edition', cold), statementRow('every later one', warm), ['aim', '1', '1']],
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

function figures(starts: readonly Start[]): string[] {
  const times = starts.map(({ ms }) => ms);
  return [
    median(times).toFixed(0),
    Math.max(...times).toFixed(0),
    median(starts.map(({ megabytes }) => megabytes)).toFixed(0),
  ];
}

async function startOnce(database: string): Promise<Start> {
  const port = await freePort();
  const startedAt = performance.now();
  const running = await startProcess({
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', 'dist/services/cli/main.js', 'start'],
    env: { PORT: String(port), DATABASE_URL: database, LOG_LEVEL: 'warn' },
    ready: cardUrl(`http://127.0.0.1:${port}`),
  });
  const ms = performance.now() - startedAt;
  const megabytes = await residentMb(running.pid);
  await running.stop();
  return { ms, megabytes };
}

/** Statements by subgraph, told by the tables they read; the first card of an edition, and the next. */
async function countStatements(database: string): Promise<{ cold: string[]; warm: string[] }> {
  let statements: string[] = [];
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database,
    ANSWER_CACHE_MB: '0',
    LOAD_TOKEN: 'a-token-for-a-bench',
  });
  const running = await startAll(config, silent, { onQuery: (sql) => statements.push(sql) });
  const ask = async () => {
    statements = [];
    await (await fetch(cardUrl(running.url))).text();
    return statements.filter((sql) => !/FROM (edition|redaction_epoch|seal)\b|AND status IN/.test(sql));
  };
  const cold = await ask();
  const warm = await ask();
  await stopAll(running.stoppers, silent);
  return { cold, warm };
}

function statementRow(name: string, statements: readonly string[]): string[] {
  const ofRegions = statements.filter((sql) => / region g /.test(sql)).length;
  return [name, String(ofRegions), String(statements.length - ofRegions)];
}
