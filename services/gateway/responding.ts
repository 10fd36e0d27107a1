import type { IncomingHttpHeaders } from 'node:http';
import { RequestError } from '../kit/errors.js';
import type { RequestId } from '../kit/request-id.js';
import type { Tracing } from '../kit/tracing.js';
import type { Answers } from './answers.js';
import { askedOf } from './asked.js';
import type { Edition, Editions } from './edition.js';
import { explain } from './explain.js';
import type { Generations } from './generations.js';
import type { Lane } from './lane.js';
import type { Metrics, Way } from './metrics.js';
import type { Form, Negotiate } from './negotiate.js';
import { outcomeOf } from './outcome.js';
import { type Reply, replyOf, unchanged } from './reply.js';
import { type GraphQLQuestion, type ReadOptions, readQuestion } from './request.js';

/** A request of `/graphql`, whichever way it came in. */
export interface Incoming {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly id: RequestId;
  /** Those of its address. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** What its body is as JSON; null where it has none. */
  readonly body: unknown;
  /** Asks at the door whether an answer may be computed for it. */
  readonly demand: () => Promise<void>;
}

/** Gives what is sent for a request. Throws a RequestError for what is no question, or has no answer now. */
export type Respond = (incoming: Incoming) => Promise<Reply>;

export interface RespondingParts extends ReadOptions {
  readonly engine: Generations;
  readonly editions: Editions;
  readonly answers: Answers;
  readonly lane: Lane;
  readonly negotiate: Negotiate;
  readonly metrics: Metrics;
  readonly tracing: Tracing | null;
}

export function createRespond(parts: RespondingParts): Respond {
  const { engine, editions, answers, lane, negotiate, metrics, tracing } = parts;

  const explained = async (question: GraphQLQuestion, edition: Edition, form: Form, { id, demand }: Incoming) => {
    await demand();
    const answer = await explain({ engine: engine.current(), answers }, question, edition, id);
    metrics.countRequest('explained', answer.status === 400 ? outcomeOf(answer) : 'ok');
    return replyOf(answer, edition, form);
  };

  return async (incoming) => {
    if (!editions.isReady()) throw unready();
    const { headers, method, url, id, fields, body, demand } = incoming;
    const question = readQuestion(fields, body, parts);
    const edition = editions.pick(question.asOf);
    const generation = engine.current();
    const form = negotiate(headers.accept, headers['accept-encoding']);
    if (question.isExplained) return explained(question, edition, form, incoming);
    const asked = askedOf(engine, question);
    const kept = answers.find(asked, edition);
    let way: Way = kept ? 'kept' : 'joined';
    const compute = async () => {
      await demand();
      way = 'computed';
      const begun = performance.now();
      const computed = await engine.answer(question, edition, id);
      metrics.timeComputed(performance.now() - begun);
      return computed;
    };
    const answer = kept ?? (await answers.make(asked, edition, compute));
    const [ended, outcome] = [answer.status === 400 ? 'refused' : way, outcomeOf(answer)] as const;
    metrics.countRequest(ended, outcome);
    if (tracing !== null) tracing.note({ way: ended, outcome });
    const made = await replyOf(answer, edition, form, method !== 'POST');
    if (method === 'POST') return made;
    const isOfNow = question.asOf === null && generation === engine.current();
    if (isOfNow && answers.isKeeping) lane.learn(url, edition, answer, form, made);
    return unchanged(made, headers['if-none-match']) ?? made;
  };
}

/** Until it has read the edition log once a gateway does not know what is published; another one may. */
function unready(): RequestError {
  return new RequestError('EDITION_NOT_READY', 'This gateway has not read the edition log yet: ask again in a second.');
}
