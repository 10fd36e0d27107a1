import type { FastifyReply } from 'fastify';
import { GraphQLError } from 'graphql';
import { tellTrouble } from './database-trouble.js';
import { BUG_MESSAGE, errorText, isRequestError } from './errors.js';
import type { Log } from './log.js';
import { logOf, REQUEST_ID, type RequestId } from './request-id.js';

/** What is told of anything thrown: a caller's mistake as it is, of a bug only that it happened. */
export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON of the shape that GraphQL gives errors. */
  readonly text: string;
}

/** Sends anything thrown in a route. What went wrong on our side carries the id of the request. */
export function replyError(error: unknown, reply: FastifyReply, log: Log): FastifyReply {
  const { id } = reply.request;
  const { status, headers, text } = tellError(error, log, id);
  if (status >= 500) reply.header(REQUEST_ID, id);
  reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').headers(headers);
  return reply.code(status).send(text);
}

/** The same where an answer has begun already. A bug is logged, and so is a database that is full or away. */
export function tellError(error: unknown, writeLog: Log, requestId: RequestId): Told {
  const log = logOf(writeLog, requestId);
  if (isRequestError(error) && error instanceof GraphQLError) return tellMistake(error);
  const trouble = tellTrouble(error);
  if (trouble !== null) {
    log('error', 'database.failed', { code: trouble.code, cause: errorText(error) });
    return tellMistake(trouble);
  }
  const status = statusOf(error);
  if (status === 415)
    return told(
      415,
      errorBody('Send the request as application/json, a data file as application/octet-stream.', 'BAD_REQUEST'),
    );
  if (status < 500 && error instanceof Error) return told(status, errorBody(error.message, 'BAD_REQUEST'));
  log('error', 'request.failed', { cause: errorText(error) });
  return told(500, errorBody(BUG_MESSAGE, 'INTERNAL_SERVER_ERROR', { requestId }));
}

/** Statuses that clients act on by themselves; every other mistake is 400. */
const STATUSES: Readonly<Record<string, number>> = {
  BAD_TOKEN: 401,
  NOT_ALLOWED: 403,
  LOAD_NOT_ALLOWED: 403,
  TOO_MANY_ATTEMPTS: 429,
  TOO_MANY_REQUESTS: 429,
  OVERLOADED: 503,
  WRONG_OFFSET: 409,
  UPLOAD_BUSY: 409,
  FILE_TOO_LARGE: 413,
  SPOOL_FULL: 507,
  DATABASE_FULL: 507,
  DATABASE_UNAVAILABLE: 503,
  EDITION_NOT_READY: 503,
  TOO_MANY_LISTENERS: 503,
};

/** After how many seconds it may be asked again. */
const RETRY_AFTER: Readonly<Record<string, string>> = {
  DATABASE_UNAVAILABLE: '10',
  EDITION_NOT_READY: '1',
  TOO_MANY_LISTENERS: '30',
};

function tellMistake(error: GraphQLError): Told {
  const { code, retryAfterSeconds } = error.extensions;
  const status = STATUSES[String(code)] ?? 400;
  const retryAfter = retryAfterSeconds === undefined ? RETRY_AFTER[String(code)] : String(retryAfterSeconds);
  const headers = {
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
  };
  return { status, headers, text: JSON.stringify({ errors: [error] }) };
}

function told(status: number, text: string): Told {
  return { status, headers: {}, text };
}

function errorBody(message: string, code: string, more: object = {}): string {
  return JSON.stringify({ errors: [{ message, extensions: { code, ...more } }] });
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  return Number.isInteger(status) && status >= 400 ? status : 500;
}
