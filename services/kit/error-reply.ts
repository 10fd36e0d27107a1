import type { FastifyReply } from 'fastify';
import { GraphQLError } from 'graphql';
import { BUG_MESSAGE, errorText, isRequestError } from './errors.js';
import type { Log } from './log.js';

/** Sends anything thrown in a route, shaped as GraphQL does: a caller's mistake as it is, of a bug only that it happened. */
export function replyError(error: unknown, reply: FastifyReply, log: Log): FastifyReply {
  reply.header('cache-control', 'no-store').type('application/json; charset=utf-8');
  if (isRequestError(error) && error instanceof GraphQLError)
    return reply.code(400).send(JSON.stringify({ errors: [error] }));
  const status = statusOf(error);
  if (status === 415)
    return reply
      .code(415)
      .send(errorBody('Send the request as application/json, a data file as text/csv.', 'BAD_REQUEST'));
  if (status < 500 && error instanceof Error) return reply.code(status).send(errorBody(error.message, 'BAD_REQUEST'));
  log('error', 'request.failed', { cause: errorText(error) });
  return reply.code(500).send(errorBody(BUG_MESSAGE, 'INTERNAL_SERVER_ERROR'));
}

function errorBody(message: string, code: string): string {
  return JSON.stringify({ errors: [{ message, extensions: { code } }] });
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  return Number.isInteger(status) && status >= 400 ? status : 500;
}
