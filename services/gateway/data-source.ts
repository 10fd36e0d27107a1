import type { GraphQLDataSource } from '@apollo/gateway';
import type { Pool } from 'undici';
import { type ErrorCode, errorText, RequestError } from '../kit/errors.js';
import type { HostedSubgraph } from '../kit/host.js';
import type { Log } from '../kit/log.js';
import type { GatewayContext } from './context.js';

/** How the gateway reaches a subgraph: in this process, or over HTTP. Both send the instant the edition has for it. */

type Process = GraphQLDataSource['process'];
type Answer = Awaited<ReturnType<Process>>;

/** A subgraph in this process: no HTTP, and its batches are shared within the request. */
export function hostedSource(hosted: HostedSubgraph): GraphQLDataSource<object> {
  return {
    async process(options) {
      const { edition, scope } = contextOf(options);
      const { query = '', variables, operationName } = options.request;
      const request = { query, variables, operationName };
      try {
        const { result } = await hosted.execute(request, edition.instantOf(hosted.name), scope, edition.redactions);
        return result as Answer; // an execution result is what a subgraph's answer is made of
      } catch (error) {
        if (error instanceof RequestError && error.code === 'AS_OF_NOT_SEALED') return behind(hosted.name, variables);
        throw error;
      }
    },
  };
}

/** A subgraph elsewhere, over connections kept alive. One that is down is a typed error, and its fields are null. */
export function remoteSource(
  name: string,
  path: string,
  pool: Pool,
  timeoutMs: number,
  log: Log,
): GraphQLDataSource<object> {
  return {
    async process(options) {
      const { edition, unechoed } = contextOf(options);
      const { query, variables, operationName } = options.request;
      const asOf = edition.instantOf(name);
      try {
        const { headers, statusCode, body } = await pool.request({
          method: 'POST',
          path,
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            'as-of': String(asOf),
            redactions: String(edition.redactions),
          },
          body: JSON.stringify({ query, variables, operationName }),
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
        });
        const answer = readAnswer(await body.text(), statusCode);
        const echoed = headers['as-of'];
        if (isBehind(answer)) return behind(name, variables);
        if (echoed === undefined) unechoed.set(name, Math.min(unechoed.get(name) ?? LONGEST_MS, lifetimeOf(headers)));
        if (edition.isPinned && echoed === undefined) return asOfUnsupported(name, variables);
        if (echoed !== undefined && echoed !== String(asOf)) throw new Error(`asked for ${asOf}, it read ${echoed}`);
        return answer;
      } catch (error) {
        log('warn', 'subgraph.failed', { subgraph: name, cause: errorText(error) });
        return failure(
          'SUBGRAPH_UNAVAILABLE',
          name,
          `Subgraph "${name}" did not answer; its fields are null. Try again later.`,
          variables,
        );
      }
    },
  };
}

function contextOf(options: Parameters<Process>[0]): GatewayContext {
  if (!('edition' in options.context)) throw new Error('a request reached a subgraph without its edition');
  return options.context as unknown as GatewayContext; // the gateway's HTTP side makes every context
}

function readAnswer(text: string, statusCode: number): Answer {
  const answer: unknown = JSON.parse(text);
  if (typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer))
    return answer as Answer; // checked here
  throw new Error(`status ${statusCode} without a GraphQL answer`);
}

/** How long an answer that holds fields of an unknown instant may live at most, in milliseconds. */
const LONGEST_MS = 60_000;

/** How long a subgraph lets its answer be kept, in milliseconds: what its @cacheControl became in HTTP; 0 when it says nothing. */
function lifetimeOf(headers: Readonly<Record<string, unknown>>): number {
  const text = String(headers['cache-control'] ?? '');
  const seconds = /\bmax-age=(\d{1,9})\b/.exec(text)?.[1] ?? '0';
  return /\b(no-store|no-cache|private)\b/.test(text) ? 0 : 1000 * Number(seconds);
}

/** True for a subgraph whose database has not got the edition: it refuses, rather than give older figures for it. */
function isBehind({ errors }: Answer): boolean {
  return (errors ?? []).some(({ extensions }) => extensions?.code === 'AS_OF_NOT_SEALED');
}

function behind(name: string, variables: unknown): Answer {
  return failure(
    'EDITION_NOT_READY',
    name,
    `Subgraph "${name}" has not got the edition yet; its fields are null. Ask again in a second.`,
    variables,
  );
}

function asOfUnsupported(name: string, variables: unknown): Answer {
  return failure(
    'AS_OF_UNSUPPORTED',
    name,
    `Subgraph "${name}" keeps no past: leave asOf out to read its fields.`,
    variables,
  );
}

/** One error for the whole call; where entities were asked for, it stands at the first of them. */
function failure(code: ErrorCode, subgraph: string, message: string, variables: unknown): Answer {
  const asksEntities = typeof variables === 'object' && variables !== null && 'representations' in variables;
  return {
    data: null,
    errors: [{ message, ...(asksEntities ? { path: ['_entities', 0] } : {}), extensions: { code, subgraph } }],
  };
}
