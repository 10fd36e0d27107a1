import { PassThrough } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tellError } from './error-reply.js';
import type { Log } from './log.js';
import type { RequestId } from './request-id.js';

/** Work that takes a while. It may tell how far it is, and ends early where nobody waits for it any more. */
export type LongWork<T> = (tell: (progress: object) => void, signal: AbortSignal) => Promise<T>;

export const NDJSON = 'application/x-ndjson';

/** How often a line is sent at most, and at the least, so that no proxy between thinks that we are gone; in milliseconds. */
const SELDOM_MS = 250;
const OFTEN_MS = 5000;

/**
 * Answers with what the work gives. Whoever accepts NDJSON gets lines `{"progress": ...}` meanwhile, and the answer, or
 * `{"errors": [...]}`, as the last line; the status is 200 then whatever comes of it.
 */
export async function answerLong<T extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
  work: LongWork<T>,
): Promise<T | FastifyReply> {
  const left = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) left.abort();
  });
  reply.header('cache-control', 'no-store');
  if (!String(request.headers.accept ?? '').includes(NDJSON)) return work(() => {}, left.signal);
  const lines = new PassThrough();
  lines.on('error', () => {}); // whoever read has left
  reply.type(NDJSON).header('x-accel-buffering', 'no');
  void writeLines(lines, left.signal, { log, id: request.id }, work);
  return reply.send(lines);
}

async function writeLines<T extends object>(
  lines: PassThrough,
  signal: AbortSignal,
  { log, id }: { readonly log: Log; readonly id: RequestId },
  work: LongWork<T>,
): Promise<void> {
  const write = (text: string) => void lines.write(`${text}\n`);
  let progress: object = {};
  let writtenAt = 0;
  const tell = () => {
    writtenAt = Date.now();
    write(JSON.stringify({ progress }));
  };
  const again = setInterval(tell, OFTEN_MS);
  try {
    const answer = await work((facts) => {
      progress = facts;
      if (Date.now() - writtenAt >= SELDOM_MS) tell();
    }, signal);
    write(JSON.stringify(answer));
  } catch (error) {
    if (!signal.aborted) write(tellError(error, log, id).text);
  } finally {
    clearInterval(again);
    lines.end();
  }
}
