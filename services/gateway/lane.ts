import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Answer } from './answers.js';
import type { Edition, Editions } from './edition.js';
import type { Form, Negotiate } from './negotiate.js';
import { type Reply, unchanged } from './reply.js';

/**
 * The short way of a read: an address that was answered before in this edition is answered with the same bytes at once,
 * before anything else looks at the request. What it does not know goes the long way, which tells it.
 */
export interface Lane {
  /** True when it has answered. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  /** Learns the reply to an address that asks for what is true now. */
  learn(url: string, edition: Edition, answer: Answer, form: Form, reply: Reply): void;
  /** Forgets all: what answers has changed. */
  forget(): void;
  /** How many requests it has answered. */
  hits(): number;
  /** From now on everything goes the long way, which ends connections. */
  close(): void;
}

/** What an address was answered with, in the edition that was the current one then. */
interface Known {
  readonly edition: Edition;
  readonly answer: Answer;
  readonly replies: Map<Form, Reply>;
}

const MOST_ADDRESSES = 10_000;
const MOST_BYTES = 16_000_000;

export function createLane(editions: Pick<Editions, 'current'>, negotiate: Negotiate): Lane {
  const known = new LRUCache<string, Known>({
    max: MOST_ADDRESSES,
    maxSize: MOST_BYTES,
    sizeCalculation: (_, url) => url.length + 200,
  });
  let isOpen = true;
  let hits = 0;
  return {
    answer(request, response) {
      const { method, url = '', headers } = request;
      if (method !== 'GET' || !isOpen) return false;
      const found = known.get(url);
      if (!found || found.edition !== editions.current()) return false;
      const reply = found.replies.get(negotiate(headers.accept, headers['accept-encoding']));
      if (!reply) return false;
      send(response, unchanged(reply, headers['if-none-match']) ?? reply);
      hits += 1;
      return true;
    },
    learn(url, edition, answer, form, reply) {
      if (edition !== editions.current() || reply.etag === null || answer.livesMs !== null) return;
      const before = known.get(url);
      const replies = before?.answer === answer ? before.replies : new Map<Form, Reply>();
      replies.set(form, reply);
      known.set(url, { edition, answer, replies });
    },
    forget: () => known.clear(),
    hits: () => hits,
    close() {
      isOpen = false;
      known.clear();
    },
  };
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, headers);
  response.end(body);
}
