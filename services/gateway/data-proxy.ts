import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { request as send } from 'undici';
import { RequestError } from '../kit/errors.js';

interface Listing {
  readonly datasets: readonly { readonly name: string; readonly subgraph: string }[];
}

/** Passes `/data` on to the hosts that keep the datasets, so that people need one address. Hosts are given by origin. */
export function addDataProxy(app: FastifyInstance, origins: readonly string[]): void {
  app.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
  const list = async (origin: string) => (await (await send(new URL('/data', origin))).body.json()) as Listing; // what hosts send
  app.get('/data', async () => ({
    datasets: (await Promise.all(origins.map(list))).flatMap(({ datasets }) => datasets),
  }));
  app.post<{ Params: { dataset: string } }>(
    '/data/:dataset/load',
    { bodyLimit: Number.MAX_SAFE_INTEGER },
    async (request, reply) => {
      const { dataset } = request.params;
      if (!(request.body instanceof Readable))
        throw new RequestError('BAD_FILE', 'Send the file as text/csv in the body.');
      const origin = await findOrigin(origins, dataset, list);
      const { authorization } = request.headers;
      const { statusCode, body } = await send(new URL(`/data/${encodeURIComponent(dataset)}/load`, origin), {
        method: 'POST',
        headers: { 'content-type': 'text/csv', ...(authorization ? { authorization } : {}) },
        body: request.body,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      return reply
        .code(statusCode)
        .type('application/json; charset=utf-8')
        .send(await body.text());
    },
  );
}

async function findOrigin(
  origins: readonly string[],
  dataset: string,
  list: (origin: string) => Promise<Listing>,
): Promise<string> {
  for (const origin of origins) {
    if ((await list(origin)).datasets.some(({ name }) => name === dataset)) return origin;
  }
  throw new RequestError('UNKNOWN_DATASET', `There is no dataset "${dataset}": GET /data lists those there are.`);
}
