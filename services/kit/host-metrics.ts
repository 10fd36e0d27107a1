import type { ExecutionResult } from 'graphql';
import type { Database } from './database.js';
import { ERROR_CODES } from './errors.js';
import type { HostedSubgraph } from './host.js';
import { createMeter, one, type Sample } from './meter.js';
import { createTally } from './tally.js';

/** What a subgraph host counts, in the words of the gateway's metrics. Nothing about who asks. */
export interface HostMetrics {
  /** A request has been answered: by which route, with which status, in so many milliseconds. */
  countRequest(route: string, status: number, ms: number): void;
  /** The same subgraph, its answers counted by how they ended. */
  watch(hosted: HostedSubgraph): HostedSubgraph;
  /** The same database, its statements counted and timed. */
  watchDatabase(db: Database): Database;
  /** Everything in the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
  stop(): void;
}

export interface HostStanding {
  readonly isReady: () => boolean;
  /** Milliseconds since the edition log was heard. */
  readonly logAge: () => number;
}

export function createHostMetrics({ isReady, logAge }: HostStanding): HostMetrics {
  const { counts, gauges, times, text, contentType, stop } = createMeter<null>();
  const requests = createTally();
  const answers = createTally();
  const statements = createTally();
  const served = new Map<string, number>();
  let running = 0;

  counts(
    'cakupan_host_requests_total',
    'Requests by the route that took them, and by status.',
    () => requests.entries().map(({ first, second, count }): Sample => [{ route: first, status: second }, count]),
    ['route', 'status'],
  );
  const timeRequest = times('cakupan_host_seconds', 'How long requests took, to the last byte.', ['route']);
  counts(
    'cakupan_host_answers_total',
    'Answers of a subgraph. outcome: ok, invalid (what its schema does not know), or the code of the first error.',
    () => answers.entries().map(({ first, second, count }): Sample => [{ subgraph: first, outcome: second }, count]),
    ['subgraph', 'outcome'],
  );
  gauges(
    'cakupan_edition_instant_seconds',
    'The newest instant that a subgraph has answered of; none before its first answer.',
    () => [...served].map(([subgraph, instant]): Sample => [{ subgraph }, instant / 1000]),
    ['subgraph'],
  );
  gauges('cakupan_edition_log_age_seconds', 'How long ago the edition log was heard; 60 is too long.', () =>
    one(logAge() / 1000),
  );
  gauges('cakupan_ready', '1 once gateways may ask: what was left undone is settled, and the data are loaded.', () =>
    one(Number(isReady())),
  );
  counts(
    'cakupan_statements_total',
    'What the database was asked. kind: read, a statement; write, a transaction. outcome: done or failed.',
    () => statements.entries().map(({ first, second, count }): Sample => [{ kind: first, outcome: second }, count]),
    ['kind', 'outcome'],
  );
  const timeStatement = times('cakupan_statement_seconds', 'How long it took, its wait for a connection included.', [
    'kind',
  ]);
  gauges(
    'cakupan_statements_running',
    'What the database was asked and has not answered. MySQL has ten connections: what is above waits for one.',
    () => one(running),
  );

  const watched = async <Result>(kind: 'read' | 'write', work: () => Promise<Result>): Promise<Result> => {
    const begun = performance.now();
    running += 1;
    try {
      const result = await work();
      statements.add(kind, 'done');
      return result;
    } catch (error) {
      statements.add(kind, 'failed');
      throw error;
    } finally {
      running -= 1;
      timeStatement(performance.now() - begun, { kind });
    }
  };

  return {
    countRequest(route, status, ms) {
      requests.add(route, String(status));
      timeRequest(ms, { route });
    },
    watch: (hosted) => ({
      ...hosted,
      async execute(...asked) {
        try {
          const answer = await hosted.execute(...asked);
          answers.add(hosted.name, outcomeOf(answer.result));
          served.set(hosted.name, Math.max(served.get(hosted.name) ?? 0, answer.asOf));
          return answer;
        } catch (error) {
          answers.add(hosted.name, wordOf(error));
          throw error;
        }
      },
    }),
    watchDatabase: (db) => ({
      ...db,
      query: (...asked) => watched('read', () => db.query(...asked)),
      write: (work) => watched('write', () => db.write(work)),
    }),
    text: () => text(null),
    contentType,
    stop,
  };
}

/** An error without a code is the schema's: the operation is not valid. */
function outcomeOf({ errors = [] }: ExecutionResult): string {
  const [first] = errors;
  if (first === undefined) return 'ok';
  return first.extensions.code === undefined ? 'invalid' : wordOf(first);
}

/** A word that a metric may have for a label. */
function wordOf(error: unknown): string {
  const code = error instanceof Error && 'extensions' in error ? (error.extensions as { code?: unknown }).code : null; // GraphQL's
  const word = String(code);
  return word in ERROR_CODES || word === 'BAD_USER_INPUT' ? word : 'INTERNAL_SERVER_ERROR';
}
