import type { Pool } from 'undici';
import { errorText, RequestError } from '../kit/errors.js';
import type { Log } from '../kit/log.js';
import type { GatewayContext } from './context.js';
import { notReady, type SubgraphAnswer, type SubgraphClient } from './subgraph-client.js';

export interface RemoteOptions {
  readonly name: string;
  /** Where on its host it answers. */
  readonly path: string;
  readonly pool: Pool;
  readonly timeoutMs: number;
  readonly log: Log;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A subgraph elsewhere, over connections kept alive. One that is down is a typed error, and its fields are null. */
export function remoteClient(options: RemoteOptions): SubgraphClient {
  const { name, path, pool, timeoutMs, log } = options;
  return {
    async ask({ operation, operationName, variables }, context) {
      const { edition } = context;
      const asOf = edition.instantOf(name);
      const named = operationName === null ? '' : `,"operationName":${JSON.stringify(operationName)}`;
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
          body: `{"query":${JSON.stringify(operation)},"variables":${variables}${named}}`,
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
        });
        const answer = readAnswer(await body.text(), statusCode);
        if (isBehind(answer)) throw notReady(name);
        demandInstant(options, headers, asOf, context);
        return answer;
      } catch (error) {
        if (error instanceof RequestError) throw error;
        log('warn', 'subgraph.failed', { subgraph: name, cause: errorText(error) });
        throw new RequestError(
          'SUBGRAPH_UNAVAILABLE',
          `Subgraph "${name}" did not answer; its fields are null. Try again later.`,
          { subgraph: name },
        );
      }
    },
  };
}

/** What was read is of the instant that was asked for; a subgraph that does not say so keeps no past. */
function demandInstant({ name }: RemoteOptions, headers: Headers, asOf: number, context: GatewayContext): void {
  const { edition, unechoed } = context;
  const echoed = headers['as-of'];
  if (echoed === undefined) {
    unechoed.set(name, Math.min(unechoed.get(name) ?? LONGEST_MS, lifetimeOf(headers)));
    if (!edition.isPinned) return;
    const message = `Subgraph "${name}" keeps no past: leave asOf out to read its fields.`;
    throw new RequestError('AS_OF_UNSUPPORTED', message, { subgraph: name });
  }
  if (echoed !== String(asOf)) throw new Error(`asked for ${asOf}, it read ${echoed}`);
}

function readAnswer(text: string, statusCode: number): SubgraphAnswer {
  const answer: unknown = JSON.parse(text);
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer))
    throw new Error(`status ${statusCode} without a GraphQL answer`);
  const { data, errors } = answer as { data?: unknown; errors?: unknown }; // an object, of which nothing else is known
  if (errors === undefined || errors === null) return { data };
  if (!Array.isArray(errors) || !errors.every(isError)) throw new Error('it gave errors that are none of GraphQL');
  return { data, errors };
}

function isError(value: unknown): value is { message: string } {
  if (typeof value !== 'object' || value === null || !('message' in value)) return false;
  const { path } = value as { path?: unknown }; // likewise
  return typeof value.message === 'string' && (path === undefined || path === null || Array.isArray(path));
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
