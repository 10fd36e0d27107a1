import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';
import type { Log } from './log.js';

/** Names a request, in every line of the log that is about it. */
export type RequestId = string;

export const REQUEST_ID = 'x-request-id';

/** True for an address whose word is taken for what is true of a request. */
export type Trust = (address: string | undefined) => boolean;

/** Reads addresses and ranges as fastify does; nobody is trusted where there are none. */
export function trustOf(trustedProxies: readonly string[]): Trust {
  const isTrusted = proxyAddr.compile([...trustedProxies]);
  return (address) => address !== undefined && isTrusted(address, 0);
}

/** The address of who asks, as trusted proxies say it; empty once the connection is gone. */
export function readAddress(request: IncomingMessage, isTrusted: Trust): string {
  return request.socket.remoteAddress === undefined ? '' : proxyAddr(request, isTrusted);
}

/** A short plain word: nothing that a log or a header could be broken with. */
const PLAIN = /^[\w.-]{8,64}$/;

/** The id that a trusted proxy gave a request, or a new one. */
export function readRequestId({ headers, socket }: IncomingMessage, isTrusted: Trust): RequestId {
  const given = headers[REQUEST_ID];
  return typeof given === 'string' && PLAIN.test(given) && isTrusted(socket.remoteAddress) ? given : newRequestId();
}

export function newRequestId(): RequestId {
  return randomUUID();
}

/** A log each line of which names the request. */
export function logOf(log: Log, requestId: RequestId): Log {
  return (level, event, facts) => log(level, event, { requestId, ...facts });
}
