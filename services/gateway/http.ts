import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import compress from '@fastify/compress';
import cors from '@fastify/cors';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { closeWhenStopping } from '../kit/drain.js';
import { replyError } from '../kit/error-reply.js';
import { RequestError } from '../kit/errors.js';
import type { Log } from '../kit/log.js';
import { REQUEST_ID, readRequestId, trustOf } from '../kit/request-id.js';
import type { Tracing } from '../kit/tracing.js';
import type { Answers } from './answers.js';
import { askedOf } from './asked.js';
import type { Documents } from './documents.js';
import { createDoor, type Door, type DoorOptions } from './door.js';
import type { Editions } from './edition.js';
import { explain } from './explain.js';
import type { Generations } from './generations.js';
import { createLane, type Lane } from './lane.js';
import { createLive } from './live.js';
import type { Metrics, Way } from './metrics.js';
import { createNegotiate, type Negotiate } from './negotiate.js';
import { failureOf, outcomeOf } from './outcome.js';
import { type Reply, replyOf, unchanged } from './reply.js';
import { readQuestion } from './request.js';

export interface GatewayParts {
  readonly engine: Generations;
  readonly editions: Editions;
  readonly answers: Answers;
  readonly documents: Documents;
  /** True where only documents of ours are answered. */
  readonly trustedOnly: boolean;
  /** How many may listen to live answers at a time. */
  readonly mostListeners: number;
  /** How many of them may come from one address; 0 for any number. */
  readonly mostOfOne: number;
  /** Who may have an answer computed. */
  readonly door: DoorOptions;
  /** The longest head of a request. */
  readonly headerBytes: number;
  /** How long a request may take to come in, whole. */
  readonly receiveMs: number;
  readonly log: Log;
  /** Addresses whose word is taken for who asks, as `proxy-addr` reads them; nobody's when not given. */
  readonly trustedProxies?: readonly string[];
  readonly metrics: Metrics;
  /** Null where there are no traces. */
  readonly tracing: Tracing | null;
  /** Whether they are told to who asks for them. */
  readonly hasMetrics: boolean;
  readonly supergraphId: () => string;
}

const BODY_LIMIT = 1_000_000;
/** In how many steps it is looked whether a request has taken too long to come in. */
const RECEIVE_STEPS = 6;
/** Longer than what is in front of us keeps a connection, so that it is never closed under a request. */
const KEEP_ALIVE_MS = 72_000;

/** The gateway's side of HTTP: `/graphql`, `/livez` and `/readyz`, open to every site for reading. */
export async function createGatewayApp(parts: GatewayParts): Promise<FastifyInstance> {
  const negotiate = createNegotiate();
  const lane = createLane(parts.editions, negotiate);
  const isTrusted = trustOf(parts.trustedProxies ?? []);
  const live = createLive({ ...parts, isTrusted, demand: (visitor) => door.demand(visitor) });
  parts.engine.onSwap(() => {
    lane.forget();
    live.renew();
  });
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    requestTimeout: parts.receiveMs,
    genReqId: (request) => readRequestId(request, isTrusted),
    trustProxy: [...(parts.trustedProxies ?? [])],
    routerOptions: { maxParamLength: 200 },
    serverFactory: (handle) =>
      createServer(
        {
          requestTimeout: parts.receiveMs,
          connectionsCheckingInterval: Math.ceil(parts.receiveMs / RECEIVE_STEPS),
          keepAliveTimeout: KEEP_ALIVE_MS,
          maxHeaderSize: parts.headerBytes,
        },
        shortWay([lane, live], handle),
      ),
  });
  app.addHook('preClose', async () => {
    lane.close();
    live.close();
  });
  closeWhenStopping(app);
  await app.register(cors, { origin: '*', methods: ['GET', 'HEAD', 'POST'], maxAge: 86_400 });
  await app.register(compress, { global: true, threshold: 1024 });
  const door = await createDoor(app, parts.door);
  app.setErrorHandler((error, request, reply) => {
    if (request.routeOptions.url === '/graphql') parts.metrics.countRequest('refused', failureOf(error));
    return replyError(error, reply, parts.log);
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: `There is nothing at ${request.method} ${request.url.split('?')[0]}.` }),
  );
  app.route({
    method: ['GET', 'HEAD', 'POST'],
    url: '/graphql',
    compress: false, // kept answers are packed once
    handler(request, reply) {
      const { tracing } = parts;
      if (tracing === null) return answerRequest({ ...parts, lane, negotiate, door }, request, reply);
      const answer = () => answerRequest({ ...parts, lane, negotiate, door }, request, reply);
      const from = isTrusted(request.socket.remoteAddress) ? request.headers.traceparent : undefined;
      return tracing.whole('request', { 'request.id': request.id }, from?.toString(), answer);
    },
  });
  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const { problem, warnings } = parts.editions.health();
    if (problem !== null) return reply.code(503).send({ status: problem });
    return { status: 'ok', ...(warnings.length > 0 ? { warnings } : {}) };
  });
  const { metrics, hasMetrics, answers, editions, supergraphId } = parts;
  const sources = { lane, live, answers, editions, supergraphId };
  app.get('/metrics', async (request, reply) => {
    if (!hasMetrics || request.headers['x-forwarded-for'] !== undefined) return reply.callNotFound(); // readers come through a proxy
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.text(sources));
  });
  return app;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** Node's own handler, before fastify: most requests are for what was answered a moment ago, and listeners stay long. */
function shortWay(ways: readonly Pick<Lane, 'answer'>[], handle: Handle): Handle {
  return (request, response) => {
    if (!ways.some((way) => way.answer(request, response))) handle(request, response);
  };
}

interface RequestParts extends Omit<GatewayParts, 'door'> {
  readonly door: Door;
  readonly lane: Lane;
  readonly negotiate: Negotiate;
}

async function answerRequest(
  { engine, editions, answers, lane, negotiate, door, metrics, tracing, ...options }: RequestParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { headers, method, url, id } = request;
  if (method === 'POST') reply.header(REQUEST_ID, id); // what a GET brings may be shared
  if (!editions.isReady()) throw unready();
  const fields = request.query as Readonly<Record<string, unknown>>; // fastify parses the query string to an object
  const question = readQuestion(fields, method === 'POST' ? (request.body ?? {}) : null, options);
  const edition = editions.pick(question.asOf);
  const generation = engine.current();
  const form = negotiate(headers.accept, headers['accept-encoding']);
  if (question.isExplained) {
    await door.demand(request);
    const explained = await explain({ engine: generation, answers }, question, edition, id);
    metrics.countRequest('explained', explained.status === 400 ? outcomeOf(explained) : 'ok');
    return send(reply, await replyOf(explained, edition, form));
  }
  const asked = askedOf(engine, question);
  const kept = answers.find(asked, edition);
  let way: Way = kept ? 'kept' : 'joined';
  const compute = async () => {
    await door.demand(request);
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
  if (method === 'POST') return send(reply, made);
  const isOfNow = question.asOf === null && generation === engine.current();
  if (isOfNow && answers.isKeeping) lane.learn(url, edition, answer, form, made);
  return send(reply, unchanged(made, headers['if-none-match']) ?? made);
}

function send(reply: FastifyReply, { status, headers, body }: Reply): FastifyReply {
  reply.code(status).headers(headers);
  return body.length > 0 ? reply.send(body) : reply.send();
}

/** Until it has read the edition log once a gateway does not know what is published; another one may. */
function unready(): RequestError {
  return new RequestError('EDITION_NOT_READY', 'This gateway has not read the edition log yet: ask again in a second.');
}
