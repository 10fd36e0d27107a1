import compress from '@fastify/compress';
import cors from '@fastify/cors';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { closeWhenStopping } from '../kit/drain.js';
import { replyError } from '../kit/error-reply.js';
import { RequestError } from '../kit/errors.js';
import type { Log } from '../kit/log.js';
import type { Answer, Answers } from './answers.js';
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
}

const JSON_TYPE = 'application/json; charset=utf-8';
const BODY_LIMIT = 1_000_000;

/** How long others may keep an answer: one second for now, a day for an instant in the past. Never an answer with errors. */
const LIFETIMES = {
  current: 'public, max-age=0, s-maxage=1, must-revalidate',
  pinned: 'public, max-age=86400',
  none: 'no-store',
} as const;

/** The gateway's side of HTTP: `/graphql`, `/livez` and `/readyz`, open to every site for reading. */
export async function createGatewayApp(parts: GatewayParts): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    requestTimeout: 30_000,
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
  app.get('/readyz', async (_request, reply) =>
    parts.editions.isReady()
      ? { status: 'ok' }
      : reply.code(503).send({ status: 'the edition log has not been read yet' }),
  );
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

function sendAnswer(
  { status, body, etag, isWhole }: Answer,
  { isPinned }: Edition,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  reply
    .header('cache-control', isWhole ? LIFETIMES[isPinned ? 'pinned' : 'current'] : LIFETIMES.none)
    .header('cross-origin-resource-policy', 'cross-origin');
  if (isWhole) reply.header('etag', etag);
  if (isWhole && request.method === 'GET' && asksFor(request.headers['if-none-match'], etag))
    return reply.code(304).send();
  return reply.code(status).type(JSON_TYPE).send(body);
}

/** True when the condition names this tag; tags are compared weakly, as for every GET. */
function asksFor(condition: string | undefined, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return condition?.trim() === '*' || (condition ?? '').split(',').map(bare).includes(bare(etag));
}
