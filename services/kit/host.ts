import type { ExecutionResult } from 'graphql';
import type { Database } from './database.js';
import { createExecute, type GraphQLRequest } from './execute.js';
import { tracingFields } from './field-trace.js';
import type { Log } from './log.js';
import type { Instant } from './period.js';
import { createMemory, createReader } from './reader.js';
import { createSeals } from './seals.js';
import { buildSubgraph, type Subgraph } from './subgraph.js';

/** A subgraph ready to answer, in this process. */
export interface HostedSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly subgraph: Subgraph;
  /**
   * Answers one request at a sealed instant, the newest where none is given. Requests with the same `scope` share
   * their batches: parts of one operation ask the database together. `redactions` is the log's redaction epoch as the
   * gateway knows it; null where nobody says, and then this database's own count is good for a second.
   */
  execute(
    request: GraphQLRequest,
    asOf: Instant | null,
    scope?: object,
    redactions?: number | null,
  ): Promise<HostedAnswer>;
}

export interface HostedAnswer {
  readonly result: ExecutionResult;
  /** The instant that was read; the gateway checks that it is the one it asked for. */
  readonly asOf: Instant;
}

export interface HostOptions {
  readonly db: Database;
  readonly log: Log;
  readonly clock: () => Instant;
  /** Whether it may be asked when each field was resolved; false when not given. */
  readonly hasFieldTraces?: boolean;
}

/** Makes a subgraph of a folder answer on the given database. */
export async function hostSubgraph(subgraph: Subgraph, options: HostOptions): Promise<HostedSubgraph> {
  const { db, log, clock, hasFieldTraces = false } = options;
  const { schema, sdl } = await buildSubgraph(subgraph);
  const plain = createExecute(schema, (level, event, facts) =>
    log(level, event, { subgraph: subgraph.name, ...facts }),
  );
  const execute = hasFieldTraces ? await tracingFields(schema, plain) : plain;
  const seals = createSeals(
    db,
    subgraph.datasets.map(({ name }) => name),
    clock,
  );
  const memory = createMemory();
  const scopes = new WeakMap<object, Map<Instant, object>>();

  const contextFor = (asOf: Instant, scope: object, redactions: number | null) => {
    const contexts = scopes.get(scope) ?? new Map<Instant, object>();
    scopes.set(scope, contexts);
    const epoch = redactions === null ? `own ${seals.redactions()}` : String(redactions);
    const context = contexts.get(asOf) ?? subgraph.context(createReader(db, seals, memory, asOf, epoch));
    contexts.set(asOf, context);
    return context;
  };

  return {
    name: subgraph.name,
    sdl,
    subgraph,
    async execute(request, asked, scope = {}, redactions = null) {
      const asOf = asked ?? (await seals.newest());
      if (asked !== null) await seals.demand(asked);
      return { result: await execute(request, contextFor(asOf, scope, redactions)), asOf };
    },
  };
}
