import { PassThrough, Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { type Dispatcher, request as send } from 'undici';
import type { DatasetFacts } from '../kit/dataset-facts.js';
import { RequestError } from '../kit/errors.js';
import { REQUEST_ID } from '../kit/request-id.js';

interface Listing {
  readonly datasets: readonly DatasetFacts[];
}

/** How long a host may take to say which datasets it keeps, and how long that is believed, in milliseconds. */
const LISTING_MS = 5000;
const BELIEVED_MS = 30_000;

/** What is passed on of a request; of everything else, such as `as-of`, a host hears nothing. */
const REQUEST_HEADERS = [
  'accept',
  'accept-encoding',
  'authorization',
  'content-type',
  'content-length',
  'if-none-match',
  'upload-offset',
  'upload-length',
] as const;

/** What is between two programs only, and is not passed on of an answer. */
const BETWEEN = ['connection', 'keep-alive', 'transfer-encoding', 'trailer', 'upgrade', 'date'];

/**
 * Passes `/data` on to the hosts that keep the datasets, so that people need one address: any verb, bytes streaming
 * both ways. Hosts are given by origin.
 */
export function addDataProxy(app: FastifyInstance, origins: readonly string[]): void {
  app.get('/data', async () => ({ datasets: await listHosted(origins) }));
  const findOrigin = originFinder(origins);
  app.register(async (routes) => {
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    routes.route({
      method: ['GET', 'HEAD', 'POST', 'PATCH'],
      url: '/data/*',
      bodyLimit: Number.MAX_SAFE_INTEGER,
      compress: false,
      handler: async (request, reply) => pass(await findOrigin(datasetOf(request)), request, reply),
    });
  });
}

/** `participant_count` of `/data/participant_count.csv.gz` and of `/data/participant_count/releases`. */
function datasetOf({ params }: FastifyRequest): string {
  const { '*': rest } = params as { readonly '*': string }; // the route has it
  return /^[^/.]*/.exec(rest)?.[0] ?? '';
}

async function pass(origin: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const left = new AbortController();
  reply.raw.once('close', () => left.abort());
  const { statusCode, headers, body } = await send(new URL(request.url, origin), {
    method: request.method as Dispatcher.HttpMethod, // the route takes these only
    headers: { ...passedHeaders(request), 'x-forwarded-for': request.ip, [REQUEST_ID]: request.id },
    body: bodyOf(request),
    headersTimeout: 0,
    bodyTimeout: 0,
    signal: left.signal,
  }).catch((error: unknown) => {
    if (left.signal.aborted) throw error;
    throw unavailable();
  });
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !BETWEEN.includes(name)) reply.header(name, value);
  return reply.code(statusCode).send(body);
}

/** A stream of its own: a host that refuses it early destroys it, and the answer still has to reach who asked. */
function bodyOf({ body }: FastifyRequest): Readable | null {
  if (!(body instanceof Readable)) return null;
  const through = new PassThrough();
  through.once('close', () => body.unpipe(through).resume()); // what nobody wants is read, or the connection waits for it
  return body.pipe(through);
}

function passedHeaders({ headers }: FastifyRequest): Record<string, string> {
  const entries = REQUEST_HEADERS.map((name) => [name, headers[name]] as const);
  return Object.fromEntries(
    entries.filter((entry): entry is [(typeof entry)[0], string] => typeof entry[1] === 'string'),
  );
}

/** Finds the host of a dataset, asking all of them again when what is known may be old. Throws UNKNOWN_DATASET. */
function originFinder(origins: readonly string[]): (dataset: string) => Promise<string> {
  const known = new LRUCache<string, string>({ max: 1000, ttl: BELIEVED_MS });
  return async (dataset) => {
    const before = known.get(dataset);
    if (before !== undefined) return before;
    const listings = await Promise.all(origins.map(readListing));
    const origin = origins.find((_, index) => listings[index]?.datasets.some(({ name }) => name === dataset));
    if (origin !== undefined) {
      known.set(dataset, origin);
      return origin;
    }
    if (listings.includes(null)) throw incomplete();
    throw new RequestError(
      'UNKNOWN_DATASET',
      `There is no dataset "${dataset.slice(0, 80)}": GET /data lists those there are.`,
    );
  };
}

/** The datasets of all hosts. Throws SUBGRAPH_UNAVAILABLE where one of them does not answer. */
export async function listHosted(origins: readonly string[]): Promise<readonly DatasetFacts[]> {
  const listings = await Promise.all(origins.map(readListing));
  return listings.flatMap((listing) => {
    if (listing) return listing.datasets;
    throw incomplete();
  });
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

function incomplete(): RequestError {
  return new RequestError(
    'SUBGRAPH_UNAVAILABLE',
    'A subgraph host did not answer, so not all datasets are known. Try again later.',
  );
}

function unavailable(): RequestError {
  return new RequestError('SUBGRAPH_UNAVAILABLE', 'The host of this dataset did not answer. Try again later.');
}
