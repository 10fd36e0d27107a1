import Fastify, { type FastifyInstance } from 'fastify';
import { bears } from '../kit/bearer.js';
import { closeWhenStopping } from '../kit/drain.js';
import type { EditionLog, Seal } from '../kit/edition.js';
import { replyError } from '../kit/error-reply.js';
import { RequestError } from '../kit/errors.js';
import type { Log } from '../kit/log.js';

/** The registry's side of HTTP: gateways read the edition log, hosts that show the token seal in it. */
export function createRegistryApp(editions: EditionLog, token: string | null, log: Log): FastifyInstance {
  const app = Fastify({ forceCloseConnections: 'idle', keepAliveTimeout: 65_000 });
  closeWhenStopping(app);
  app.setErrorHandler((error, _request, reply) => replyError(error, reply, log));
  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/readyz', async () => {
    await editions.read(Number.MAX_SAFE_INTEGER);
    return { status: 'ok' };
  });
  app.get<{ Querystring: { after?: string } }>('/editions', async ({ query }) =>
    editions.read(readRevision(query.after)),
  );
  app.post<{ Body: unknown }>('/editions', async (request, reply) => {
    if (!bears(request.headers.authorization, token))
      return reply.code(401).send({ error: { code: 'BAD_REQUEST', message: 'Sealing needs the registry token.' } });
    try {
      await editions.seal(readSeals(request.body));
      return { status: 'sealed' };
    } catch (error) {
      if (error instanceof RequestError)
        return reply.code(409).send({ error: { code: error.code, message: error.message } });
      throw error;
    }
  });
  return app;
}

function readRevision(text: string | undefined): number {
  const revision = Number(text ?? 0);
  if (Number.isSafeInteger(revision) && revision >= 0) return revision;
  throw new RequestError('BAD_ARGUMENT', `after "${text}" is not a revision of the log.`);
}

function readSeals(body: unknown): Seal[] {
  const seals = typeof body === 'object' && body !== null && 'seals' in body ? body.seals : null;
  if (Array.isArray(seals) && seals.length > 0 && seals.every(isSeal)) return seals;
  throw new RequestError(
    'BAD_REQUEST',
    'The body must be {"seals": [{dataset, subgraph, instant, hash, historical}]}.',
  );
}

function isSeal(value: unknown): value is Seal {
  if (typeof value !== 'object' || value === null) return false;
  const { dataset, subgraph, instant, hash, historical } = value as Record<string, unknown>; // each is checked below
  const areTexts = [dataset, subgraph, hash].every((text) => typeof text === 'string' && text !== '');
  return areTexts && Number.isSafeInteger(instant) && typeof historical === 'boolean';
}
