import compress from '@fastify/compress';
import cors from '@fastify/cors';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { closeWhenStopping } from '../kit/drain.js';
import { replyError } from '../kit/error-reply.js';
import { RequestError } from '../kit/errors.js';
import { asksFor } from '../kit/etag.js';
import { LIFETIMES } from '../kit/lifetimes.js';
import type { Log } from '../kit/log.js';
import { type Answer, type Answers, OUTSIDE_MS } from './answers.js';
import type { Documents } from './documents.js';
import type { Edition, Editions } from './edition.js';
import type { Engine } from './engine.js';
import { questionKey, readQuestion } from './request.js';

export interface GatewayParts {
  readonly engine: Engine;
  readonly editions: Editions;
  readonly answers: Answers;
  readonly documents: Documents;
  readonly log: Log;
  /** Addresses whose word is taken for who asks, as `proxy-addr` reads them; nobody's when not given. */
  readonly trustedProxies?: readonly string[];
}

const JSON_TYPE = 'application/json; charset=utf-8';
const BODY_LIMIT = 1_000_000;

/** The gateway's side of HTTP: `/graphql`, `/livez` and `/readyz`, open to every site for reading. */
export async function createGatewayApp(parts: GatewayParts): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    requestTimeout: 30_000,
    trustProxy: [...(parts.trustedProxies ?? [])],
    routerOptions: { maxParamLength: 200 },
  });
  closeWhenStopping(app);
  await app.register(cors, { origin: '*', methods: ['GET', 'HEAD', 'POST'], maxAge: 86_400 });
  await app.register(compress, { global: true, threshold: 1024 });
  app.setErrorHandler((error, _request, reply) => replyError(error, reply, parts.log));
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: `There is nothing at ${request.method} ${request.url.split('?')[0]}.` }),
  );
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: (request, reply) => answerRequest(parts, request, reply),
  });
  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const { problem, warnings } = parts.editions.health();
    if (problem !== null) return reply.code(503).send({ status: problem });
    return { status: 'ok', ...(warnings.length > 0 ? { warnings } : {}) };
  });
  return app;
}

async function answerRequest(
  { engine, editions, answers, documents }: GatewayParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (!editions.isReady()) return refuseUnready(reply);
  const url = request.query as Readonly<Record<string, unknown>>; // fastify parses the query string to an object
  const question = readQuestion(url, request.method === 'POST' ? (request.body ?? {}) : null, documents);
  const edition = editions.pick(question.asOf);
  const answer = await answers.get(questionKey(question), edition, () => engine.answer(question, edition));
  return sendAnswer(answer, edition, request, reply);
}

/** Until it has read the edition log once a gateway does not know what is published; another one may. */
function refuseUnready(reply: FastifyReply): FastifyReply {
  const error = new RequestError(
    'EDITION_NOT_READY',
    'This gateway has not read the edition log yet: ask again in a second.',
  );
  return reply
    .code(503)
    .headers({ 'retry-after': '1', 'cache-control': LIFETIMES.none })
    .type(JSON_TYPE)
    .send(JSON.stringify({ errors: [error] }));
}

function sendAnswer(answer: Answer, edition: Edition, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, body, etag } = answer;
  const lifetime = lifetimeOf(answer, edition);
  reply.header('cache-control', lifetime).header('cross-origin-resource-policy', 'cross-origin');
  if (lifetime === LIFETIMES.none)
    return reply
      .code(status)
      .type(JSON_TYPE)
      .send(edition.isStale ? saysStale(body) : body);
  reply.header('etag', etag);
  if (request.method === 'GET' && asksFor(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.code(status).type(JSON_TYPE).send(body);
}

/** The same for every answer of its kind, whatever is sealed ahead: a lifetime that shrinks would give an embargo away. */
function lifetimeOf({ isWhole, livesMs }: Answer, { isPinned, isStale }: Edition): string {
  if (!isWhole || isStale || (livesMs !== null && livesMs < OUTSIDE_MS)) return LIFETIMES.none;
  return LIFETIMES[isPinned ? 'pinned' : 'current'];
}

/** The same answer, marked: a newer edition may be known elsewhere. */
function saysStale(body: string): string {
  const answer = JSON.parse(body) as { readonly extensions?: object }; // the engine made it
  return JSON.stringify({ ...answer, extensions: { ...answer.extensions, stale: true } });
}
