import type { Edition } from '../../services/gateway/edition.js';
import { type Engine, startEngine } from '../../services/gateway/engine.js';
import { EXECUTORS, type Executor } from '../../services/gateway/executors.js';
import type { SubgraphClient } from '../../services/gateway/subgraph-client.js';
import type { Supergraph } from '../../services/gateway/supergraph.js';
import { silent } from '../../services/kit/log.js';
import type { Operation } from './operation.js';

/** Everybody who answers the same operations over the same subgraphs. */
export interface Contenders {
  /** Asks twice: what was accepted once is answered on another way. */
  ask(executor: Executor, operation: Operation): Promise<Asked>;
  stop(): Promise<void>;
}

export interface Asked {
  /** The bodies of both answers. */
  readonly first: string;
  readonly again: string;
  /** The subgraphs that the plan calls; null where there is none. */
  readonly touched: readonly string[] | null;
}

/** Nothing here is too large for anybody. */
const LIMITS = { roots: 1000, depth: 1000, fields: 100_000, cost: 1e12 };

export async function startContenders(
  supergraph: Supergraph,
  clientOf: (name: string) => SubgraphClient,
  edition: Edition = NO_EDITION,
  executors: readonly Executor[] = EXECUTORS,
): Promise<Contenders> {
  const start = (executor: Executor) =>
    startEngine({ supergraph, clientOf, executor, trusted: [], limits: LIMITS, log: silent });
  const engines = new Map<Executor, Engine>();
  for (const executor of executors) engines.set(executor, await start(executor));
  return {
    async ask(executor, { text, variables }) {
      const engine = engines.get(executor);
      if (!engine) throw new Error(`${executor} does not run`);
      const question = { query: text, operationName: null, variables, asOf: null, isTrusted: false };
      const { body: first, part } = await engine.answer(question, edition, 'a-request');
      const { body: again } = await engine.answer(question, edition, 'a-request');
      return { first: first.toString(), again: again.toString(), touched: part?.subgraphs ?? null };
    },
    async stop() {
      await Promise.all([...engines.values()].map((engine) => engine.stop()));
    },
  };
}

/** Generated data has no editions. */
const NO_EDITION: Edition = {
  isPinned: false,
  isStale: false,
  redactions: 0,
  id: 'none',
  instantOf: () => 0,
  keyOf: () => '',
};
