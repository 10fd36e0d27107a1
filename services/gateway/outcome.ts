import { GraphQLError } from 'graphql';
import { ERROR_CODES } from '../kit/errors.js';
import type { Answer } from './answers.js';
import { CALLER_CODES } from './masking.js';

/** How a request ended, in one word: `ok`, `stale`, or the code of its first error. The words are few and ours. */
export function outcomeOf({ isWhole, body }: Pick<Answer, 'isWhole' | 'body'>): string {
  if (isWhole) return 'ok';
  const start = body.toString('utf8', 0, LOOKED_AT);
  if (!start.startsWith('{"errors":')) return 'stale';
  return wordOf(/"code":"(\w+)"/.exec(start)?.[1]);
}

/** The same of what was thrown, with its status where it has one. */
export function failureOf(error: unknown): string {
  if (error instanceof GraphQLError) return wordOf(error.extensions.code);
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status < 500 ? 'BAD_REQUEST' : BUG;
}

/** Errors stand first in an answer; a code lies behind its message and its path. */
const LOOKED_AT = 5000;
const BUG = 'INTERNAL_SERVER_ERROR';

/** A word that a metric may have for a label: no caller and no subgraph can make new ones. */
function wordOf(code: unknown): string {
  const word = String(code);
  return word in ERROR_CODES || CALLER_CODES.includes(word) ? word : BUG;
}
