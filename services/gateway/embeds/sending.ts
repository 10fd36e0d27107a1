import type { FastifyReply, FastifyRequest } from 'fastify';
import { asksFor, etagOf } from '../../kit/etag.js';
import { LIFETIMES } from '../../kit/lifetimes.js';

export interface Sending {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  /** How long others may keep it; what is not to be kept has no tag. */
  readonly lifetime: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends what any site may show: with a tag, so that it is not sent again to who has it. */
export function sendOpen(request: FastifyRequest, reply: FastifyReply, sending: Sending): FastifyReply {
  const { status, type, body, lifetime, headers = {} } = sending;
  reply.headers({
    'cache-control': lifetime,
    'vary': 'Accept-Encoding',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
    ...headers,
  });
  if (lifetime !== LIFETIMES.none) {
    const etag = tagOf(body);
    reply.header('etag', etag);
    if (asksFor(request.headers['if-none-match'], etag)) return reply.code(304).send();
  }
  return reply.code(status).type(type).send(body);
}

/** Text may be packed on its way, and every packing shares its tag; pictures go as they are. */
function tagOf(body: string | Buffer): string {
  if (typeof body === 'string') return etagOf(body).replace('"', 'W/"');
  return etagOf(body.toString('base64'));
}
