import type { GraphQLDataSource } from '@apollo/gateway';
import type { Pool } from 'undici';
import { type ErrorCode, errorText } from '../kit/errors.js';
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
      const { result } = await hosted.execute(
        { query, variables, operationName },
        edition.instantOf(hosted.name),
        scope,
      );
      return result as Answer; // an execution result is what a subgraph's answer is made of
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
      const { edition } = contextOf(options);
      const { query, variables, operationName } = options.request;
      const asOf = edition.instantOf(name);
      try {
        const { headers, statusCode, body } = await pool.request({
          method: 'POST',
          path,
          headers: { 'content-type': 'application/json', accept: 'application/json', 'as-of': String(asOf) },
          body: JSON.stringify({ query, variables, operationName }),
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
        });
        const answer = readAnswer(await body.text(), statusCode);
        const echoed = headers['as-of'];
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
