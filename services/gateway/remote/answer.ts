import type { GraphQLFormattedError } from 'graphql';
import { ERROR_CODES } from '../../kit/errors.js';
import { isBeyond } from '../json-bounds.js';
import type { SubgraphAnswer } from '../subgraph-client.js';
import { CallFailure } from './failure.js';
import { isDown } from './head.js';
import type { Received } from './transport.js';

/** How many errors of one answer are passed on, and how much of each message. */
const MOST_ERRORS = 100;
const LONGEST_MESSAGE = 1000;

/** How deep an answer may be nested: seen before it is parsed where it is long. */
const BOUNDS = { depth: 500, members: Number.POSITIVE_INFINITY, values: Number.POSITIVE_INFINITY };
const LONG_TEXT = 100_000;

/** Reads what a subgraph sent, of which nothing is known yet. Throws a CallFailure where it is no answer of GraphQL. */
export function readAnswer({ status, text }: Received): SubgraphAnswer {
  const kind = isDown(status) ? 'silent' : 'invalid';
  if (text.length > LONG_TEXT && isBeyond(text, BOUNDS)) throw new CallFailure('invalid', 'values nested without end');
  const answer = parseObject(text);
  if (answer === null) throw new CallFailure(kind, `what is no object of JSON (status ${status})`);
  const { data, errors } = answer;
  if (errors !== undefined && errors !== null && !(Array.isArray(errors) && errors.every(isError)))
    throw new CallFailure('invalid', 'errors that are none of GraphQL');
  const hasErrors = Array.isArray(errors) && errors.length > 0;
  if ((data === undefined || data === null) && !hasErrors)
    throw new CallFailure(kind, `neither data nor errors (status ${status})`);
  if (data !== undefined && data !== null && (typeof data !== 'object' || Array.isArray(data)))
    throw new CallFailure('invalid', 'data that is no object');
  return hasErrors ? { data, errors: errors.slice(0, MOST_ERRORS) } : { data };
}

/**
 * Errors as the caller of the gateway may see them. A code of ours, or of a wrong argument, stays as it is: the caller can
 * do something about it. Of anything else only that the subgraph failed, and for a query it did not understand that it has
 * another schema than the supergraph; what it said itself is for the log.
 */
export function toldErrors(subgraph: string, errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  return errors.map(({ message, path, extensions }) => {
    const code = String(extensions?.code ?? '');
    const place = path ? { path } : {};
    if (Object.hasOwn(ERROR_CODES, code) || code === 'BAD_USER_INPUT')
      return { message: message.slice(0, LONGEST_MESSAGE), ...place, extensions: { ...extensions, code } };
    if (code === 'GRAPHQL_VALIDATION_FAILED' || code === 'GRAPHQL_PARSE_FAILED') {
      const text = `Subgraph "${subgraph}" does not know what its schema says; its fields are null. Tell who runs it.`;
      return { message: text, ...place, extensions: { code: 'SUBGRAPH_INVALID', subgraph } };
    }
    const text = `Subgraph "${subgraph}" failed here; what it belongs to is null. Try again later.`;
    return { message: text, ...place, extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph } };
  });
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : null; // an object has fields
  } catch {
    return null;
  }
}

function isError(value: unknown): value is GraphQLFormattedError {
  if (typeof value !== 'object' || value === null || !('message' in value)) return false;
  const { message, path, extensions } = value as Record<string, unknown>; // an object has fields
  return typeof message === 'string' && isPath(path) && ['object', 'undefined'].includes(typeof extensions);
}

function isPath(path: unknown): boolean {
  if (path === undefined || path === null) return true;
  return Array.isArray(path) && path.every((part) => typeof part === 'string' || typeof part === 'number');
}
