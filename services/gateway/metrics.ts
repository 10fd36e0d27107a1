import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Answers } from './answers.js';
import type { Editions } from './edition.js';
import { failureOf } from './outcome.js';
import type { SubgraphClient } from './subgraph-client.js';
import { createTally } from './tally.js';

/** How a request of `/graphql` was answered; see the help of `cakupan_requests_total`. */
export type Way = 'lane' | 'kept' | 'joined' | 'computed' | 'explained' | 'refused';

/**
 * What a gateway counts. Nothing about who asks, and no text that a caller made: every label is one of few words. What is
 * answered the short way only adds to a number; the rest is read when somebody asks for the metrics.
 */
export interface Metrics {
  /** A request of `/graphql` that went the long way has ended. */
  countRequest(way: Way, outcome: string): void;
  /** An answer was computed, in so many milliseconds. */
  timeComputed(ms: number): void;
  /** The same client, its calls counted and timed. */
  watch(subgraph: string, client: SubgraphClient): SubgraphClient;
  /** Everything in the text format of Prometheus. */
  text(sources: MetricsSources): Promise<string>;
  readonly contentType: string;
  stop(): void;
}

/** Whose numbers are read when metrics are asked for. */
export interface MetricsSources {
  readonly lane: { hits(): number };
  readonly answers: Pick<Answers, 'tally'>;
  readonly editions: Pick<Editions, 'standing'>;
  readonly live: { count(): number };
  readonly supergraphId: () => string;
}

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];
type Read = (sources: MetricsSources) => readonly Sample[];

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const LOOP_RESOLUTION_MS = 20;

/** The only file that knows prom-client. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const requests = createTally();
  const calls = createTally();
  const clients = new Map<string, SubgraphClient>();
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loop.enable();

  const computed = new Histogram({
    name: 'cakupan_computed_seconds',
    help: 'How long answers took that were computed, from the door to the last byte of the answer as text.',
    buckets: SECONDS,
    registers: [registry],
  });
  const called = new Histogram({
    name: 'cakupan_subgraph_seconds',
    help: 'How long calls of a subgraph took, those that failed included.',
    labelNames: ['subgraph'],
    buckets: SECONDS,
    registers: [registry],
  });
  const readers: ((sources: MetricsSources) => void)[] = [];
  const add = (Kind: typeof Counter | typeof Gauge, name: string, help: string, read: Read, labelNames = ['']) => {
    const metric = new Kind({ name, help, labelNames: labelNames.filter(Boolean), registers: [registry] });
    readers.push((sources) => {
      metric.reset();
      for (const [labels, value] of read(sources)) metric.inc(labels, value);
    });
  };
  const one = (value: number): readonly Sample[] => [[{}, value]];

  add(
    Counter,
    'cakupan_requests_total',
    'Requests of /graphql. lane: the same address was answered before in this edition; kept: the answer was; joined: it was being computed; refused: nothing was. outcome: ok, stale, or the code of the first error.',
    ({ lane }) => [
      [{ way: 'lane', outcome: 'ok' }, lane.hits()],
      ...requests.entries().map(({ first, second, count }): Sample => [{ way: first, outcome: second }, count]),
    ],
    ['way', 'outcome'],
  );
  add(
    Counter,
    'cakupan_answers_total',
    'Kept answers that were looked for, by anybody but the lane: hit, joined, or missed.',
    ({ answers }) => {
      const { hits, joins, misses } = answers.tally();
      return [
        [{ result: 'hit' }, hits],
        [{ result: 'joined' }, joins],
        [{ result: 'missed' }, misses],
      ];
    },
    ['result'],
  );
  add(Gauge, 'cakupan_answers_kept', 'Answers that are kept.', ({ answers }) => one(answers.tally().entries));
  add(Gauge, 'cakupan_answers_kept_bytes', 'About how much memory they take.', ({ answers }) =>
    one(answers.tally().bytes),
  );
  add(Gauge, 'cakupan_edition_instant_seconds', 'The newest instant of the current edition; 0 before any.', (sources) =>
    one(sources.editions.standing().instant / 1000),
  );
  add(
    Gauge,
    'cakupan_edition_sequence',
    'How many instants have come. What is sealed ahead is not counted.',
    (sources) => one(sources.editions.standing().sequence),
  );
  add(Gauge, 'cakupan_edition_log_age_seconds', 'How long ago the edition log was heard; 3 is too long.', (sources) =>
    one(sources.editions.standing().ageMs / 1000),
  );
  add(
    Gauge,
    'cakupan_supergraph_info',
    'Always 1; the label names the supergraph that is answered from.',
    ({ supergraphId }) => [[{ id: supergraphId() }, 1]],
    ['id'],
  );
  add(
    Counter,
    'cakupan_subgraph_calls_total',
    'Calls of a subgraph. outcome: answered, errors (an answer with errors), or the code that its fields got.',
    () => calls.entries().map(({ first, second, count }): Sample => [{ subgraph: first, outcome: second }, count]),
    ['subgraph', 'outcome'],
  );
  add(
    Gauge,
    'cakupan_subgraph_resting',
    '1 while a subgraph elsewhere is left alone because it failed too often, also while one call tries whether it is well again.',
    () =>
      [...clients].flatMap(([subgraph, { isResting }]): Sample[] =>
        isResting ? [[{ subgraph }, Number(isResting())]] : [],
      ),
    ['subgraph'],
  );
  add(Gauge, 'cakupan_live_listeners', 'Connections of /live.', ({ live }) => one(live.count()));
  add(
    Gauge,
    'cakupan_event_loop_delay_seconds',
    'How late the event loop was since the metrics were asked for last.',
    () => {
      const seconds = (ns: number) => Math.max(0, ns / 1e9 - LOOP_RESOLUTION_MS / 1000) || 0;
      const samples: Sample[] = [
        [{ quantile: '0.5' }, seconds(loop.percentile(50))],
        [{ quantile: '0.99' }, seconds(loop.percentile(99))],
        [{ quantile: '1' }, seconds(loop.max)],
      ];
      loop.reset();
      return samples;
    },
    ['quantile'],
  );
  add(Counter, 'process_cpu_seconds_total', 'CPU time of the process.', () => {
    const { user, system } = process.cpuUsage();
    return one((user + system) / 1e6);
  });
  add(Gauge, 'process_resident_memory_bytes', 'Memory of the process.', () => one(process.memoryUsage.rss()));

  return {
    countRequest: requests.add,
    timeComputed: (ms) => computed.observe(ms / 1000),
    watch(subgraph, client) {
      clients.set(subgraph, client);
      return {
        ...client,
        async ask(request, context) {
          const begun = performance.now();
          try {
            const answer = await client.ask(request, context);
            calls.add(subgraph, answer.errors && answer.errors.length > 0 ? 'errors' : 'answered');
            return answer;
          } catch (error) {
            calls.add(subgraph, failureOf(error));
            throw error;
          } finally {
            called.observe({ subgraph }, (performance.now() - begun) / 1000);
          }
        },
      };
    },
    text(sources) {
      for (const read of readers) read(sources);
      return registry.metrics();
    },
    contentType: registry.contentType,
    stop: () => loop.disable(),
  };
}
