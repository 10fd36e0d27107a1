import type { IncomingMessage, ServerResponse } from 'node:http';
import { textOf } from '../kit/chunks.js';
import type { Log } from '../kit/log.js';
import { REQUEST_ID, type RequestId, readAddress, readRequestId, type Trust } from '../kit/request-id.js';
import type { Door } from './door.js';
import type { ReadJson } from './json-bodies.js';
import type { Metrics } from './metrics.js';
import { failureOf } from './outcome.js';
import type { Reply } from './reply.js';
import type { Respond } from './responding.js';
import { toldReply } from './told-reply.js';

/**
 * The short way of a POST: a question in plain JSON, of a length that is told and allowed, is read and answered without
 * the web framework. Whatever else comes, and whatever is wrong with it, goes the long way, which tells it.
 */
export interface PostWay {
  /** True when it has taken the request. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  /** From now on everything goes the long way, and what is answered still is the last of its connection. */
  close(): void;
}

export interface PostWayParts {
  readonly respond: Respond;
  readonly readJson: ReadJson;
  readonly maxBytes: number;
  readonly door: Door;
  readonly isTrusted: Trust;
  readonly metrics: Pick<Metrics, 'countRequest'>;
  readonly log: Log;
}

const PLAIN_JSON = /^application\/json(; ?charset=utf-8)?$/i;

export function createPostWay(parts: PostWayParts): PostWay {
  const { respond, readJson, maxBytes, door, isTrusted, metrics, log } = parts;
  let isOpen = true;

  const reply = async (request: IncomingMessage, text: string, id: RequestId): Promise<Sent> => {
    const { url = '', headers } = request;
    const demand = () => door.demand({ ip: readAddress(request, isTrusted) });
    try {
      const body = readJson(text) ?? {};
      return await respond({ method: 'POST', url, headers, id, fields: {}, body, demand });
    } catch (error) {
      metrics.countRequest('refused', failureOf(error));
      return toldReply(error, log, id);
    }
  };

  return {
    answer(request, response) {
      if (!isOpen || !isShort(request, maxBytes)) return false;
      const id = readRequestId(request, isTrusted);
      readText(request, (text) => {
        reply(request, text, id).then((sent) => {
          const last = isOpen ? null : { connection: 'close' };
          response.writeHead(sent.status, { [REQUEST_ID]: id, ...sent.headers, ...last }).end(sent.body);
        });
      });
      return true;
    },
    close() {
      isOpen = false;
    },
  };
}

type Sent = Pick<Reply, 'status' | 'headers'> & { readonly body: Buffer | string };

function isShort({ method, url, headers }: IncomingMessage, maxBytes: number): boolean {
  if (method !== 'POST' || url !== '/graphql') return false;
  if (!PLAIN_JSON.test(headers['content-type'] ?? '') || headers['content-encoding'] !== undefined) return false;
  const length = Number(headers['content-length'] ?? 0);
  return length > 0 && length <= maxBytes;
}

/** Gives the whole body. One that is not sent whole is nobody's: its connection is gone, or the server ends it in time. */
function readText(request: IncomingMessage, take: (text: string) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => take(textOf(chunks)));
  request.on('error', () => chunks.splice(0));
}
