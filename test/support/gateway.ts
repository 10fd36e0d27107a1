import type { Executor } from '../../services/gateway/executors.js';
import { createGateway, type Gateway } from '../../services/gateway/gateway.js';
import { hostedClient } from '../../services/gateway/hosted-client.js';
import type { SubgraphClient } from '../../services/gateway/subgraph-client.js';
import { composeSupergraph } from '../../services/gateway/supergraph.js';
import type { EditionLog } from '../../services/kit/edition.js';
import type { HostedSubgraph } from '../../services/kit/host.js';
import { silent } from '../../services/kit/log.js';
import { noLog } from './far-log.js';
import type { Result } from './world.js';

export interface TestGatewayOptions {
  readonly hosted: readonly HostedSubgraph[];
  readonly log: EditionLog;
  readonly clock: () => number;
  /** Milliseconds that have passed, where time is the test's. */
  readonly elapsed: () => number;
  /** Who runs operations; our executor with its usual planner when not given. */
  readonly executor?: Executor;
  /** More subgraphs, that are elsewhere, with how they are reached. */
  readonly outside?: readonly {
    readonly name: string;
    readonly sdl: string;
    readonly client: SubgraphClient;
  }[];
}

export interface TestGateway {
  /** Asks by GET; the answer with everything that HTTP says of it, but for the time of day. */
  ask(query: string, asOf?: string): Promise<TestAnswer>;
  /** The metrics, as a scrape gets them. */
  scrape(): Promise<string>;
  ready(): Promise<{ readonly status: number; readonly body: unknown }>;
  readonly poll: () => Promise<void>;
  readonly swap: Gateway['swap'];
  stop(): Promise<void>;
}

export interface TestAnswer {
  readonly status: number;
  readonly text: string;
  readonly result: Result;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A gateway in this process, in front of subgraphs in this process, that keeps answers. It is not listening. */
export async function startTestGateway(options: TestGatewayOptions): Promise<TestGateway> {
  const { hosted, log, clock, elapsed, outside = [], executor = 'hive' } = options;
  const gateway: Gateway = await createGateway({
    supergraph: composeSupergraph([...hosted, ...outside]),
    executor,
    clientOf(name) {
      const elsewhere = outside.find((one) => one.name === name);
      const here = hosted.find((one) => one.name === name);
      if (elsewhere) return elsewhere.client;
      if (here) return hostedClient(here);
      throw new Error(`no subgraph ${name}`);
    },
    editionLog: log,
    clock,
    elapsed,
    limits: { depth: 12, fields: 500, cost: 50_000 },
    answerCacheBytes: 1_000_000,
    hasMetrics: true,
    log: silent,
  });
  return {
    async ask(query, asOf) {
      const url = `/graphql?${new URLSearchParams({ query, ...(asOf === undefined ? {} : { asOf }) })}`;
      const response = await gateway.app.inject({ method: 'GET', url });
      const { date: _date, ...headers } = response.headers;
      return { status: response.statusCode, text: response.body, result: response.json(), headers };
    },
    scrape: async () => (await gateway.app.inject('/metrics')).body,
    async ready() {
      const response = await gateway.app.inject('/readyz');
      return { status: response.statusCode, body: response.json() };
    },
    poll: gateway.poll,
    swap: gateway.swap,
    stop: () => gateway.stop(),
  };
}

/** The same in front of subgraphs elsewhere only, with an empty log of editions. */
export function startOutsideGateway(outside: NonNullable<TestGatewayOptions['outside']>): Promise<TestGateway> {
  return startTestGateway({ hosted: [], outside, log: noLog(Date.now()), clock: Date.now, elapsed: () => 0 });
}
