import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../../services/kit/database.js';
import type { EditionLog } from '../../services/kit/edition.js';
import { openSubgraphDatabase } from '../../services/kit/subgraph-database.js';
import { createToken } from '../../services/kit/token.js';
import { createEditionLog } from '../../services/registry/log.js';
import { REGISTRY_MIGRATIONS } from '../../services/registry/registry.js';
import { subgraph as participants } from '../../services/subgraphs/participants/subgraph.js';
import { freshFolder } from '../support/databases.js';
import { type Ended, runData } from './command.js';
import { DATASET, fileOf } from './figures.js';
import { type Host, startHost } from './host.js';
import { findSeals, halfWritten, pointOf, readRounds, strayStages } from './look.js';
import { askApi, readCsv, startReaders } from './readers.js';

/** What a person does to publish a file, in this order. */
export const STEPS = ['check', 'publish', 'approve'] as const;
export type Step = (typeof STEPS)[number];

/** What was found after one kill, and after the same commands were given again. */
export interface Killed {
  /** What was left at that moment, in a word. */
  readonly point: string;
  /** How often readers saw anything meanwhile. */
  readonly looks: number;
  /** States that readers saw meanwhile and that are not one whole round. */
  readonly mixed: readonly string[];
  /** The round at every sealed instant, just after the kill; a mix where it is not one whole round. */
  readonly before: readonly Seen[];
  /** Releases that were half-written then. */
  readonly halves: readonly string[];
  /** How the commands ended that were given again. */
  readonly again: readonly string[];
  /** Stages that nobody holds, some hours later. */
  readonly stages: readonly string[];
  /** The same as `before`, once all is done and the instant has come. */
  readonly after: readonly Seen[];
  /** What the API and the CSV say then. */
  readonly newest: readonly Record<number, number>[];
  /** What `data verify` found wrong. */
  readonly wrong: readonly unknown[];
}

/** What is read at one sealed instant: the numbers of its figures by round. */
export interface Seen {
  readonly instant: number;
  readonly rounds: Record<number, number>;
}

/** One database on which round after round is published, the host being killed each time. */
export interface Chain {
  /** Publishes the next round with a host that is killed in a step, after this share of the longest it has taken. */
  kill(step: Step, share: number): Promise<Killed>;
  stop(): Promise<void>;
}

const HOUR_MS = 60 * 60 * 1000;
const WARNINGS = 'W6,W12';
const REASON = 'the next round';

interface State {
  readonly databaseUrl: string;
  readonly folder: string;
  readonly tokens: { readonly publisher: string; readonly approver: string };
  /** The longest that each step has taken, in milliseconds. */
  readonly longest: Map<Step, number>;
  /** Commands that were under way when their host was killed. */
  readonly broken: Promise<unknown>[];
  ahead: number;
  round: number;
  host: Host;
  /** One that is ready to take the place of the host. */
  next: Promise<Host>;
  url: string;
}

/** Opens an empty database and publishes two rounds undisturbed, to see how long the steps take. */
export async function startChain(databaseUrl: string): Promise<Chain> {
  const folder = await freshFolder();
  const spare = (ahead: number) => startHost({ databaseUrl, spoolFolder: join(folder, 'spool'), ahead });
  const host = await spare(0);
  const next = spare(3 * HOUR_MS);
  const url = await host.open();
  const common = { databaseUrl, folder, tokens: await makeTokens(databaseUrl), longest: new Map<Step, number>() };
  const state: State = { ...common, broken: [], ahead: HOUR_MS, round: 1, host, next, url };
  for (const round of [1, 2]) {
    state.round = round;
    await (await startRun(state)).ended;
    await host.passHour();
  }
  return {
    async kill(step, share) {
      state.round += 1;
      const killed = await killInStep(state, step, share);
      const found = await lookAfterKill(state);
      state.host = await state.next;
      state.ahead += 2 * HOUR_MS;
      state.next = spare(state.ahead + 2 * HOUR_MS);
      state.url = await state.host.open();
      return { ...killed, ...found, ...(await finish(state)) };
    },
    async stop() {
      await state.host.kill();
      await (await state.next).kill();
      await Promise.all(state.broken);
    },
  };
}

async function makeTokens(url: string): Promise<State['tokens']> {
  const { db } = await openOffice(url);
  const make = async (role: 'publisher' | 'approver') => {
    const expiresAt = Date.now() + 365 * 24 * HOUR_MS;
    return (await createToken(db, { role, datasets: null, region: null, expiresAt }, Date.now())).text;
  };
  const tokens = { publisher: await make('publisher'), approver: await make('approver') };
  await db.close();
  return tokens;
}

/** The database and its log, without a host. */
interface Office {
  readonly db: Database;
  readonly log: EditionLog;
}

async function openOffice(url: string): Promise<Office> {
  const db = await openSubgraphDatabase({ url, subgraphs: [participants], migrations: REGISTRY_MIGRATIONS });
  return { db, log: createEditionLog(db, Date.now) };
}

interface Run {
  /** Resolves when a step begins: with false where the run ended before it. */
  begins(step: Step): Promise<boolean>;
  readonly ended: Promise<void>;
}

/** Gives the commands of a round one after the other, until one of them does not end well. */
async function startRun(state: State): Promise<Run> {
  const begun = new Map(STEPS.map((step) => [step, deferred<boolean>()]));
  await writeFile(fileFor(state), fileOf(state.round));
  const ended = (async () => {
    let release = '';
    for (const step of STEPS) {
      begun.get(step)?.resolve(true);
      const { code, value } = await give(state, step, release).catch(() => ({ code: 3, value: null }));
      if (code !== 0) break;
      release = releaseOf(value) ?? release;
    }
    for (const { resolve } of begun.values()) resolve(false);
  })();
  return { ended, begins: (step) => begun.get(step)?.promise ?? Promise.resolve(false) };
}

/** Gives the command of a step, and keeps in mind how long it took where it ended well. */
async function give(state: State, step: Step, release: string): Promise<Ended> {
  const { url, tokens, longest } = state;
  const startedAt = Date.now();
  const ended = await runData(
    url,
    step === 'approve' ? tokens.approver : tokens.publisher,
    wordsOf(state, step, release),
  );
  if (ended.code === 0) longest.set(step, Math.max(longest.get(step) ?? 0, Date.now() - startedAt));
  return ended;
}

function wordsOf(state: State, step: Step, release: string): string[] {
  if (step === 'approve') return ['approve', release];
  if (step === 'check') return ['check', DATASET, fileFor(state)];
  return ['publish', DATASET, fileFor(state), '--acknowledge', WARNINGS, '--reason', REASON];
}

function fileFor({ folder, round }: Pick<State, 'folder' | 'round'>): string {
  return join(folder, `round-${round}.csv`);
}

async function killInStep(state: State, step: Step, share: number): Promise<Pick<Killed, 'looks' | 'mixed'>> {
  const readers = startReaders(state.url);
  const run = await startRun(state);
  state.broken.push(run.ended);
  if (await run.begins(step)) await delay(share * (state.longest.get(step) ?? 0));
  await state.host.kill();
  return readers.stop();
}

async function lookAfterKill({ databaseUrl, round }: State): Promise<Pick<Killed, 'point' | 'before' | 'halves'>> {
  const office = await openOffice(databaseUrl);
  const fileHash = createHash('sha256').update(fileOf(round)).digest('hex');
  const found = {
    point: await pointOf(office.db, fileHash),
    before: await readAll(office),
    halves: await halfWritten(office.db),
  };
  await office.db.close();
  return found;
}

async function readAll(office: Office): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  for (const instant of await findSeals(office)) seen.push({ instant, rounds: await readRounds(office.db, instant) });
  return seen;
}

/** Gives the commands again to the host that took the place of the one killed, and lets the instant come. */
async function finish(state: State): Promise<Pick<Killed, 'again' | 'stages' | 'after' | 'newest' | 'wrong'>> {
  const office = await openOffice(state.databaseUrl);
  const published = await give(state, 'publish', '');
  const approved = await give(state, 'approve', releaseOf(published.value) ?? '');
  await state.host.passHour();
  state.ahead += HOUR_MS;
  const verified = await runData(state.url, state.tokens.approver, ['verify', DATASET]);
  const [after, stages] = [await readAll(office), await strayStages(office.db)];
  await office.db.close();
  return {
    again: [outcomeOf(published), outcomeOf(approved)],
    stages,
    after,
    newest: [await askApi(state.url), await readCsv(state.url)],
    wrong: problemsOf(verified),
  };
}

function releaseOf(value: Ended['value']): string | null {
  return (value?.release as { id: string } | null | undefined)?.id ?? null; // as publish shapes it
}

/** What `data verify` found; that it did not answer is one thing more. */
function problemsOf({ value, errors }: Ended): readonly unknown[] {
  if (value === null) return errors;
  return (value.verified as { problems: unknown[] }[]).flatMap(({ problems }) => problems); // as verify shapes it
}

/** In a word, what a command said. */
function outcomeOf({ code, value, errors }: Ended): string {
  const { outcome } = value ?? {};
  const [refusal] = (value?.errors ?? []) as { extensions: { code: string } }[]; // as GraphQL shapes errors
  return String(outcome ?? refusal?.extensions.code ?? (code === 0 ? 'DONE' : `${code} ${errors.join('; ')}`));
}

function deferred<T>(): { readonly promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
