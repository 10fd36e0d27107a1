import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { bears } from '../kit/bearer.js';
import { closeWhenStopping } from '../kit/drain.js';
import type { EditionLog } from '../kit/edition.js';
import { replyError } from '../kit/error-reply.js';
import { RequestError } from '../kit/errors.js';
import type { Log } from '../kit/log.js';
import { newRequestId } from '../kit/request-id.js';
import { readDataset, readSeals, readTie } from './body.js';

/** The registry's side of HTTP: gateways read the edition log, hosts that show the token write in it. */
export function createRegistryApp(editions: EditionLog, token: string | null, log: Log): FastifyInstance {
  const app = Fastify({ forceCloseConnections: 'idle', keepAliveTimeout: 65_000, genReqId: newRequestId });
  closeWhenStopping(app);
  app.setErrorHandler((error, _request, reply) => replyError(error, reply, log));
  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/readyz', async () => {
    await editions.read(Number.MAX_SAFE_INTEGER);
    return { status: 'ok' };
  });
  app.get<{ Querystring: { after?: string } }>('/editions', async ({ query }, reply) => {
    reply.header('cache-control', 'no-store');
    return editions.read(readRevision(query.after));
  });
  const post = (path: string, work: (body: unknown) => Promise<object>) =>
    app.post(path, (request, reply) => answerWriter(token, work, request, reply));
  post('/editions', async (body) => {
    await editions.seal(readSeals(body));
    return { status: 'sealed' };
  });
  post('/editions/reports', async (body) => ({ sealed: await editions.report(readTie(body), readSeals(body)) }));
  post('/editions/abandoned', async (body) => ({ abandoned: await editions.abandon(readTie(body)) }));
  post('/editions/redactions', async (body) => {
    await editions.recordRedaction(readDataset(body));
    return { status: 'recorded' };
  });
  return app;
}

async function answerWriter(
  token: string | null,
  work: (body: unknown) => Promise<object>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (!bears(request.headers.authorization, token))
    return reply.code(401).send({ error: { code: 'BAD_REQUEST', message: 'Sealing needs the registry token.' } });
  try {
    return reply.send(await work(request.body));
  } catch (error) {
    if (error instanceof RequestError)
      return reply.code(409).send({ error: { code: error.code, message: error.message } });
    throw error;
  }
}

function readRevision(text: string | undefined): number {
  const revision = Number(text ?? 0);
  if (Number.isSafeInteger(revision) && revision >= 0) return revision;
  throw new RequestError('BAD_ARGUMENT', `after "${text}" is not a revision of the log.`);
}
