import { tellError } from '../kit/error-reply.js';
import type { Log } from '../kit/log.js';
import type { RequestId } from '../kit/request-id.js';

/** What is sent of anything thrown where the framework sends nothing, open to every site as answers are. */
export function toldReply(error: unknown, log: Log, requestId: RequestId) {
  const { status, headers, text } = tellError(error, log, requestId);
  const sent = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
    'cache-control': 'no-store',
    'access-control-allow-origin': '*',
    ...headers,
  };
  return { status, headers: sent, body: text };
}
