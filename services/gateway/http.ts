import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import compress from '@fastify/compress';
import cors from '@fastify/cors';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { closeWhenStopping } from '../kit/drain.js';
import { replyError } from '../kit/error-reply.js';
import type { Log } from '../kit/log.js';
import { addMetricsRoute } from '../kit/metrics-route.js';
import { REQUEST_ID, readRequestId, trustOf } from '../kit/request-id.js';
import type { Tracing } from '../kit/tracing.js';
import type { Answers } from './answers.js';
import type { Documents } from './documents.js';
import { createDoor, type Door, type DoorOptions } from './door.js';
import type { Editions } from './edition.js';
import type { Generations } from './generations.js';
import { boundJsonBodies } from './json-bodies.js';
import { createLane, type Lane } from './lane.js';
import { createLive } from './live.js';
import type { Metrics } from './metrics.js';
import { createNegotiate } from './negotiate.js';
import { failureOf } from './outcome.js';
import { createPostWay } from './post-way.js';
import type { Reply } from './reply.js';
import { createRespond, type Incoming } from './responding.js';

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
  /** The longest body of JSON. */
  readonly bodyBytes: number;
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

export interface GatewayApp {
  readonly app: FastifyInstance;
  /** For the routes that are added to it: they have answers computed as well. */
  readonly door: Door;
}

/** The gateway's side of HTTP: `/graphql`, `/livez` and `/readyz`, open to every site for reading. */
export async function createGatewayApp(parts: GatewayParts): Promise<GatewayApp> {
  const { metrics, tracing } = parts;
  const negotiate = createNegotiate();
  const lane = createLane(parts.editions, negotiate);
  const isTrusted = trustOf(parts.trustedProxies ?? []);
  const live = createLive({ ...parts, isTrusted, demand: (visitor) => door.demand(visitor) });
  const ways = new Set<ShortWay>([lane, live]);
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
        shortWay(ways, handle),
      ),
  });
  app.addHook('preClose', async () => {
    for (const way of ways) way.close();
  });
  closeWhenStopping(app);
  await app.register(cors, { origin: '*', methods: ['GET', 'HEAD', 'POST'], maxAge: 86_400 });
  await app.register(compress, { global: true, threshold: 1024 });
  const door = await createDoor(app, parts.door);
  const readJson = boundJsonBodies(app, parts.bodyBytes);
  const respond = createRespond({ ...parts, lane, negotiate });
  if (tracing === null) {
    const { bodyBytes: maxBytes, log } = parts;
    ways.add(createPostWay({ respond, readJson, maxBytes, door, isTrusted, metrics, log }));
  }
  app.setErrorHandler((error, request, reply) => {
    if (request.routeOptions.url === '/graphql') metrics.countRequest('refused', failureOf(error));
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
      const answer = () => answerRequest(request, reply);
      if (tracing === null) return answer();
      const from = isTrusted(request.socket.remoteAddress) ? request.headers.traceparent : undefined;
      return tracing.whole('request', { 'request.id': request.id }, from?.toString(), answer);
    },
  });
  const answerRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    const { headers, method, url, id } = request;
    if (method === 'POST') reply.header(REQUEST_ID, id); // what a GET brings may be shared
    const fields = request.query as Incoming['fields']; // fastify parses the query string to an object
    const body = method === 'POST' ? (request.body ?? {}) : null;
    return send(reply, await respond({ method, url, headers, id, fields, body, demand: () => door.demand(request) }));
  };
  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const { problem, warnings } = parts.editions.health();
    if (problem !== null) return reply.code(503).send({ status: problem });
    return { status: 'ok', ...(warnings.length > 0 ? { warnings } : {}) };
  });
  const { hasMetrics, answers, editions, supergraphId } = parts;
  const sources = { lane, live, answers, editions, supergraphId };
  if (hasMetrics) addMetricsRoute(app, { contentType: metrics.contentType, text: () => metrics.text(sources) });
  return { app, door };
}

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** Node's own handler, before fastify: most requests are for what was answered a moment ago, and listeners stay long. */
function shortWay(ways: Iterable<ShortWay>, handle: Handle): Handle {
  return (request, response) => {
    for (const way of ways) if (way.answer(request, response)) return;
    handle(request, response);
  };
}

/** Answers some requests before the framework looks at them, until it is closed. */
type ShortWay = Pick<Lane, 'answer' | 'close'>;

function send(reply: FastifyReply, { status, headers, body }: Reply): FastifyReply {
  reply.code(status).headers(headers);
  return body.length > 0 ? reply.send(body) : reply.send();
}
