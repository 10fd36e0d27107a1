import type { Dispatcher, Pool } from 'undici';
import { textOf } from '../../kit/chunks.js';
import { CallFailure, late } from './failure.js';
import { type Head, judgeHead, tooLong } from './head.js';

/** One POST of JSON. */
export interface Call {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Headers that only tell whom it is made for: without them it is still the same call. */
  readonly own: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface CallBounds {
  /** From now to the last byte of the answer. */
  readonly timeoutMs: number;
  /** True where that is less than the subgraph may take: that it did not answer in time says nothing of it. */
  readonly isCut: boolean;
  readonly maxBytes: number;
}

export interface Received extends Head {
  readonly text: string;
}

/**
 * Sends a call and takes the whole answer, of which `read` makes something. Redirects are not followed. Throws a CallFailure, and lets go of the
 * connection, as soon as it is certain that there will be no answer: a body that is too long, or of another type, is not read.
 */
export function send<Result>(
  pool: Pool,
  call: Call,
  { timeoutMs, isCut, maxBytes }: CallBounds,
  read: (received: Received) => Result,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null;
    let head: Head | null = null;
    let isOver = false;
    let chunks: Buffer[] = [];
    let size = 0;

    const end = () => {
      isOver = true;
      clearTimeout(timer);
      chunks = [];
    };
    const fail = (failure: CallFailure) => {
      if (isOver) return;
      end();
      reject(failure);
      controller?.abort(failure);
    };
    const timer = setTimeout(() => {
      const silent = () => new CallFailure('silent', `no answer within ${timeoutMs} ms`, { isEarly: head === null });
      fail(isCut ? late() : silent());
    }, timeoutMs);

    const { path, body, own } = call;
    const headers = Object.assign({}, call.headers, own);
    pool.dispatch(
      { path, body, headers, method: 'POST', headersTimeout: 0, bodyTimeout: 0 }, // the timer above bounds the whole
      {
        onRequestStart(started) {
          controller = started;
          if (isOver) started.abort(new Error('nobody waits for it'));
        },
        onResponseStart(_, status, headers) {
          head = { status, headers };
          const failure = judgeHead(head, maxBytes);
          if (failure) fail(failure);
        },
        onResponseData(_, chunk) {
          size += chunk.length;
          if (size > maxBytes) fail(tooLong(maxBytes));
          else if (!isOver) chunks.push(chunk);
        },
        onResponseEnd() {
          if (isOver || head === null) return;
          const { status, headers } = head;
          const text = textOf(chunks);
          end();
          try {
            resolve(read({ status, headers, text }));
          } catch (error) {
            reject(error);
          }
        },
        onResponseError: (_, error) => fail(brokenOff(error, head === null)),
      },
    );
  });
}

function brokenOff(error: Error, isEarly: boolean): CallFailure {
  const code = 'code' in error ? String(error.code) : '';
  if (error.name === 'HTTPParserError' || code === 'UND_ERR_HEADERS_OVERFLOW')
    return new CallFailure('invalid', 'what is not HTTP', { cause: error });
  return new CallFailure('silent', 'the connection broke', { isEarly, cause: error });
}
