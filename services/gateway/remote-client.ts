import { Pool } from 'undici';
import { errorText, RequestError } from '../kit/errors.js';
import type { Log } from '../kit/log.js';
import { REQUEST_ID } from '../kit/request-id.js';
import type { Tracing } from '../kit/tracing.js';
import type { GatewayContext } from './context.js';
import { toldErrors } from './remote/answer.js';
import { rememberAskings } from './remote/asking.js';
import type { BreakerOptions } from './remote/breaker.js';
import { type CallsOptions, createCalls, type Reply } from './remote/calls.js';
import { CallFailure, invalid, toldFailure } from './remote/failure.js';
import type { Headers } from './remote/head.js';
import { notReady, type SubgraphAnswer, type SubgraphClient } from './subgraph-client.js';

export interface RemoteOptions {
  readonly name: string;
  /** Where on its host it answers. */
  readonly path: string;
  readonly pool: Pool;
  /** The longest that one call may take, however much time the request has left. */
  readonly timeoutMs: number;
  readonly log: Log;
  /** Where there are traces the subgraph is told which one it takes part in; null or not given where there are none. */
  readonly tracing?: Tracing | null;
  /** Those of REMOTE_BOUNDS that shall be others. */
  readonly bounds?: Partial<RemoteBounds>;
}

/** What one subgraph may take, and when it is left alone. */
export interface RemoteBounds extends Pick<CallsOptions, 'maxBytes' | 'calls' | 'waiting' | 'isShared'> {
  readonly breaker: Omit<BreakerOptions, 'onChange'>;
}

export const REMOTE_BOUNDS: RemoteBounds = {
  maxBytes: 32 * 1024 * 1024,
  calls: 32,
  waiting: 256,
  isShared: true,
  breaker: { window: 20, fewest: 10, share: 0.5, restMs: 1000 },
};

/** Connections to one subgraph, kept alive: as many as calls are made at once. */
export function openPool(origin: string, { calls, timeoutMs }: { calls: number; timeoutMs: number }): Pool {
  return new Pool(origin, { connections: calls, pipelining: 1, connect: { timeout: timeoutMs } });
}

/** A subgraph elsewhere. One that is down, slow, or gives what is no answer is a typed error, and its fields are null. */
export function remoteClient(options: RemoteOptions): SubgraphClient {
  const { name, path, pool, timeoutMs, log, tracing, bounds } = options;
  const { breaker, ...others } = { ...REMOTE_BOUNDS, ...bounds };
  let isResting = false;
  const calls = createCalls({
    pool,
    timeoutMs,
    ...others,
    breaker: {
      ...breaker,
      onChange(rests) {
        isResting = rests;
        log('warn', rests ? 'subgraph.rested' : 'subgraph.resumed', { subgraph: name });
      },
    },
  });

  const askingOf = rememberAskings();

  return {
    isResting: () => isResting,
    async ask({ operation, operationName, variables }, context) {
      const { edition, budget, requestId, log } = context;
      const headers = {
        'content-type': 'application/json',
        accept: 'application/json',
        'as-of': String(edition.instantOf(name)),
        redactions: String(edition.redactions),
      };
      const own = { [REQUEST_ID]: requestId, ...tracing?.headers() };
      const { text, prune } = askingOf(operation);
      const named = operationName === null ? '' : `,"operationName":${JSON.stringify(operationName)}`;
      const body = `{"query":${text},"variables":${variables}${named}}`;
      let reply: Reply;
      try {
        reply = await calls.make({ path, headers, own, body }, prune, {
          budget,
          onRetry: ({ message }) => log('info', 'subgraph.retried', { subgraph: name, cause: message }),
        });
      } catch (error) {
        if (!(error instanceof CallFailure)) throw error;
        log('warn', 'subgraph.failed', { subgraph: name, kind: error.kind, cause: errorText(error.cause ?? error) });
        throw toldFailure(name, error);
      }
      const answer = reply.take();
      if (isBehind(answer)) throw notReady(name);
      demandInstant(name, reply.headers, context);
      return tellErrors(name, answer, log);
    },
  };
}

/** What was read is of the instant that was asked for; a subgraph that does not say so keeps no past. */
function demandInstant(name: string, headers: Headers, { edition, unechoed }: GatewayContext): void {
  const asOf = edition.instantOf(name);
  const echoed = headers['as-of'];
  if (echoed === undefined) {
    unechoed.set(name, Math.min(unechoed.get(name) ?? LONGEST_MS, lifetimeOf(headers)));
    if (!edition.isPinned) return;
    const message = `Subgraph "${name}" keeps no past: leave asOf out to read its fields.`;
    throw new RequestError('AS_OF_UNSUPPORTED', message, { subgraph: name });
  }
  if (echoed !== String(asOf)) throw invalid(name, 'figures of another instant than was asked for');
}

function tellErrors(name: string, { data, errors }: SubgraphAnswer, log: Log): SubgraphAnswer {
  if (!errors) return { data };
  const told = toldErrors(name, errors);
  const unlike = errors.find(({ message }, index) => message !== told[index]?.message);
  if (unlike) log('warn', 'subgraph.erred', { subgraph: name, errors: errors.length, cause: unlike.message });
  return { data, errors: told };
}

/** How long an answer that holds fields of an unknown instant may live at most, in milliseconds. */
const LONGEST_MS = 60_000;

/** How long a subgraph lets its answer be kept, in milliseconds: what its @cacheControl became in HTTP; 0 when it says nothing. */
function lifetimeOf(headers: Headers): number {
  const text = String(headers['cache-control'] ?? '');
  const seconds = /\bmax-age=(\d{1,9})\b/.exec(text)?.[1] ?? '0';
  return /\b(no-store|no-cache|private)\b/.test(text) ? 0 : 1000 * Number(seconds);
}

/** True for a subgraph whose database has not got the edition. */
function isBehind({ errors = [] }: SubgraphAnswer): boolean {
  return errors.some(({ extensions }) => extensions?.code === 'AS_OF_NOT_SEALED');
}
