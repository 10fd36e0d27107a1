import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { request as send } from 'undici';
import { RequestError } from '../kit/errors.js';

interface Listing {
  readonly datasets: readonly { readonly name: string; readonly subgraph: string }[];
}

/** How long a host may take to say which datasets it keeps, in milliseconds. */
const LISTING_MS = 5000;

/** Passes `/data` on to the hosts that keep the datasets, so that people need one address. Hosts are given by origin. */
export function addDataProxy(app: FastifyInstance, origins: readonly string[]): void {
  app.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
  app.get('/data', async () => {
    const listings = await Promise.all(origins.map(readListing));
    return { datasets: listings.flatMap((listing) => (listing ?? refuseIncomplete()).datasets) };
  });
  app.post<{ Params: { dataset: string } }>(
    '/data/:dataset/load',
    { bodyLimit: Number.MAX_SAFE_INTEGER },
    async (request, reply) => {
      const { dataset } = request.params;
      if (!(request.body instanceof Readable))
        throw new RequestError('BAD_FILE', 'Send the file as text/csv in the body.');
      const origin = await findOrigin(origins, dataset);
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

async function findOrigin(origins: readonly string[], dataset: string): Promise<string> {
  const listings = await Promise.all(origins.map(readListing));
  const origin = origins.find((_, index) => listings[index]?.datasets.some(({ name }) => name === dataset));
  if (origin !== undefined) return origin;
  if (listings.includes(null)) refuseIncomplete();
  throw new RequestError('UNKNOWN_DATASET', `There is no dataset "${dataset}": GET /data lists those there are.`);
}

/** The datasets a host keeps: none where it has no such route, null when it does not answer. */
async function readListing(origin: string): Promise<Listing | null> {
  try {
    const url = new URL('/data', origin);
    const { statusCode, body } = await send(url, { headersTimeout: LISTING_MS, bodyTimeout: LISTING_MS });
    if (statusCode === 200) return (await body.json()) as Listing; // what our hosts send
    await body.dump();
    return { datasets: [] };
  } catch {
    return null;
  }
}

function refuseIncomplete(): never {
  throw new RequestError(
    'SUBGRAPH_UNAVAILABLE',
    'A subgraph host did not answer, so not all datasets are known. Try again later.',
  );
}
