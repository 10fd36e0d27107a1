import { createMeter, one, type Sample } from '../kit/meter.js';
import { createTally } from '../kit/tally.js';
import type { Answers } from './answers.js';
import type { Editions } from './edition.js';
import { failureOf } from './outcome.js';
import type { SubgraphClient } from './subgraph-client.js';

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

export function createMetrics(): Metrics {
  const meter = createMeter<MetricsSources>();
  const { counts, gauges } = meter;
  const requests = createTally();
  const calls = createTally();
  const clients = new Map<string, SubgraphClient>();
  const timeComputed = meter.times(
    'cakupan_computed_seconds',
    'How long answers took that were computed, from the door to the last byte of the answer as text.',
  );
  const timeCall = meter.times(
    'cakupan_subgraph_seconds',
    'How long calls of a subgraph took, those that failed included.',
    ['subgraph'],
  );

  counts(
    'cakupan_requests_total',
    'Requests of /graphql. lane: the same address was answered before in this edition; kept: the answer was; joined: it was being computed; refused: nothing was. outcome: ok, stale, or the code of the first error.',
    ({ lane }) => [
      [{ way: 'lane', outcome: 'ok' }, lane.hits()],
      ...requests.entries().map(({ first, second, count }): Sample => [{ way: first, outcome: second }, count]),
    ],
    ['way', 'outcome'],
  );
  counts(
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
  gauges('cakupan_answers_kept', 'Answers that are kept.', ({ answers }) => one(answers.tally().entries));
  gauges('cakupan_answers_kept_bytes', 'About how much memory they take.', ({ answers }) => one(answers.tally().bytes));
  gauges('cakupan_edition_instant_seconds', 'The newest instant of the current edition; 0 before any.', (sources) =>
    one(sources.editions.standing().instant / 1000),
  );
  gauges('cakupan_edition_sequence', 'How many instants have come. What is sealed ahead is not counted.', (sources) =>
    one(sources.editions.standing().sequence),
  );
  gauges('cakupan_edition_log_age_seconds', 'How long ago the edition log was heard; 3 is too long.', (sources) =>
    one(sources.editions.standing().ageMs / 1000),
  );
  gauges(
    'cakupan_supergraph_info',
    'Always 1; the label names the supergraph that is answered from.',
    ({ supergraphId }) => [[{ id: supergraphId() }, 1]],
    ['id'],
  );
  counts(
    'cakupan_subgraph_calls_total',
    'Calls of a subgraph. outcome: answered, errors (an answer with errors), or the code that its fields got.',
    () => calls.entries().map(({ first, second, count }): Sample => [{ subgraph: first, outcome: second }, count]),
    ['subgraph', 'outcome'],
  );
  gauges(
    'cakupan_subgraph_resting',
    '1 while a subgraph elsewhere is left alone because it failed too often, also while one call tries whether it is well again.',
    () =>
      [...clients].flatMap(([subgraph, { isResting }]): Sample[] =>
        isResting ? [[{ subgraph }, Number(isResting())]] : [],
      ),
    ['subgraph'],
  );
  gauges('cakupan_live_listeners', 'Connections of /live.', ({ live }) => one(live.count()));
  return {
    countRequest: requests.add,
    timeComputed,
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
            timeCall(performance.now() - begun, { subgraph });
          }
        },
      };
    },
    text: meter.text,
    contentType: meter.contentType,
    stop: meter.stop,
  };
}
