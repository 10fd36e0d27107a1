import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorText, RequestError } from '../kit/errors.js';
import { someAtATime } from '../kit/in-turn.js';
import type { Log } from '../kit/log.js';
import { type RequestId, readAddress, readRequestId, type Trust } from '../kit/request-id.js';
import type { Answer, Answers } from './answers.js';
import { askedOf } from './asked.js';
import { type Channel, createChannel } from './channel.js';
import type { Door } from './door.js';
import type { Edition, Editions } from './edition.js';
import type { Generations } from './generations.js';
import { createListener, type Listener } from './listener.js';
import { eventOf, type LiveEvent, readLastEvent } from './live-event.js';
import { type GraphQLQuestion, questionKey, type ReadOptions, readQuestion } from './request.js';
import { createSeats } from './seats.js';
import { toldReply } from './told-reply.js';

export interface LiveParts extends ReadOptions {
  readonly engine: Pick<Generations, 'partOf' | 'answer'>;
  readonly editions: Editions;
  readonly answers: Answers;
  readonly log: Log;
  /** How many may listen at a time. */
  readonly mostListeners: number;
  /** How many of them may come from one address; 0 for any number. */
  readonly mostOfOne: number;
  /** Who may begin to listen. */
  readonly demand: Door['demand'];
  readonly isTrusted: Trust;
}

/**
 * Live queries: `GET /live` takes what `GET /graphql` takes, and gives the answer of now at once, as a server-sent event,
 * and again whenever an edition has really changed it. It is computed once for all who listen to the same.
 */
export interface Live {
  /** True when the request was for it. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  /** Answers all who listen anew, and tells them where that is news: what answers has changed. */
  renew(): void;
  /** How many listen. */
  count(): number;
  /** Ends every connection; clients come back by themselves, to another gateway. */
  close(): void;
}

const HEARTBEAT_MS = 15_000;
/** How many questions are answered at a time when an edition comes, those first that most listen to. */
const AT_ONCE = 24;

export function createLive(parts: LiveParts): Live {
  const { editions, log, mostListeners, isTrusted } = parts;
  const seats = createSeats(parts.mostOfOne);
  const channels = new Map<string, Channel>(); // each under the id of who came first: an error that names it stays the same
  const listeners = new Set<Listener>();

  const leave = (listener: Listener, channel: Channel) => {
    listeners.delete(listener);
    channel.remove(listener);
    if (channel.size() === 0) channels.delete(channel.question);
  };

  const channelOf = (question: GraphQLQuestion, requestId: RequestId): Channel => {
    const key = questionKey(question);
    const channel = channels.get(key) ?? createChannel(key, (edition) => compute(parts, question, edition, requestId));
    channels.set(key, channel);
    return channel;
  };

  const listen = async (request: IncomingMessage, response: ServerResponse, requestId: RequestId) => {
    const address = readAddress(request, isTrusted);
    await parts.demand({ ip: address });
    if (response.destroyed) return;
    if (listeners.size >= mostListeners) throw full();
    const url = Object.fromEntries(new URL(request.url ?? '', 'http://live').searchParams);
    const question = readLive(url, parts);
    seats.take(address);
    const channel = channelOf(question, requestId);
    const listener = createListener(response, readLastEvent(request.headers['last-event-id'] ?? url.lastEventId));
    listeners.add(listener);
    response.once('close', () => {
      seats.free(address);
      leave(listener, channel);
      request.socket.destroy(); // who leaves has only closed its half
    });
    forget(request);
    await channel.add(listener, editions.pick(null));
  };

  const tellAll = (how: 'update' | 'renew') => {
    const edition = editions.current();
    if (edition === null) return;
    const heard = [...channels.values()].sort((left, right) => right.size() - left.size());
    const tell = async (channel: Channel) => {
      const isOver = (editions.current() ?? edition) !== edition; // then the newer one tells all
      if (!isOver) await channel[how](edition);
    };
    void someAtATime(AT_ONCE, heard, tell, (error) => log('error', 'live.failed', { cause: errorText(error) }));
  };
  const unfollow = editions.onChange(() => tellAll('update'));
  const heartbeat = setInterval(() => {
    for (const listener of listeners) listener.beat();
  }, HEARTBEAT_MS).unref();

  return {
    answer(request, response) {
      if (!/^\/live(?:\?|$)/.test(request.url ?? '')) return false;
      const requestId = readRequestId(request, isTrusted);
      listen(request, response, requestId).catch((error: unknown) => refuse(response, error, log, requestId));
      return true;
    },
    renew: () => tellAll('renew'),
    count: () => listeners.size,
    close() {
      unfollow();
      clearInterval(heartbeat);
      for (const listener of listeners) listener.end();
    },
  };
}

/** A live query is of now: what was true in the past does not change. */
function readLive(url: Readonly<Record<string, string>>, options: ReadOptions): GraphQLQuestion {
  const question = readQuestion(url, null, options);
  if (question.asOf === null) return { ...question, isExplained: false };
  throw new RequestError(
    'BAD_AS_OF',
    'What was published by an instant does not change: ask /graphql for it, not /live.',
  );
}

/** What an edition answers; null where that is the same as before, because none of its datasets has changed. */
async function compute(
  { engine, answers }: LiveParts,
  question: GraphQLQuestion,
  edition: Edition,
  requestId: RequestId,
): Promise<{ readonly event: LiveEvent; readonly answer: Answer }> {
  const answer = await answers.get(askedOf(engine, question), edition, () =>
    engine.answer(question, edition, requestId),
  );
  return { event: eventOf(answer, edition), answer };
}

/** Nobody reads again what a listener said when it came: it would be kept for as long as it listens. */
function forget(request: IncomingMessage): void {
  Object.assign(request, { url: '', headers: {}, rawHeaders: [] });
}

function full(): RequestError {
  return new RequestError(
    'TOO_MANY_LISTENERS',
    'As many listen as this gateway serves: ask /graphql, or come back later.',
  );
}

function refuse(response: ServerResponse, error: unknown, log: Log, requestId: RequestId): void {
  const { status, headers, body } = toldReply(error, log, requestId);
  if (response.headersSent) {
    response.end();
    return;
  }
  response.writeHead(status, headers).end(body);
}
