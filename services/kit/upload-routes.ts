import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bears } from './bearer.js';
import type { DataOffice } from './data-office.js';
import { callerOf, findDataset } from './data-request.js';
import type { Dataset } from './dataset.js';
import { RequestError } from './errors.js';
import { demand } from './permission.js';
import type { Kept } from './spool.js';

export const BYTES = 'application/octet-stream';

interface FileParams {
  readonly dataset: string;
  readonly sha256: string;
}

/**
 * The routes by which the bytes of a file come in, resumable: HEAD tells how many are here, PATCH adds some. Open to
 * publishers of the dataset, and to whoever shows the load token.
 */
export function addUploadRoutes(app: FastifyInstance, office: DataOffice, loadToken: string | null): void {
  app.addContentTypeParser(BYTES, (_request, payload, done) => done(null, payload));
  app.head<{ Params: FileParams }>('/data/:dataset/files/:sha256', async (request, reply) => {
    const { dataset } = await demandSender(office, loadToken, request);
    describe(reply, await office.spool.find(dataset, request.params.sha256));
    return reply.send();
  });
  app.patch<{ Params: FileParams }>(
    '/data/:dataset/files/:sha256',
    { bodyLimit: Number.MAX_SAFE_INTEGER },
    async (request, reply) => {
      const { dataset, audit } = await demandSender(office, loadToken, request);
      const place = { offset: readBytes(request, 'upload-offset'), length: readBytes(request, 'upload-length') };
      if (!(request.body instanceof Readable)) throw new RequestError('BAD_REQUEST', `Send the bytes as ${BYTES}.`);
      const kept = await office.spool.append(dataset, request.params.sha256, place, request.body).catch(audit.refused);
      if (kept.isWhole) await audit.done();
      describe(reply, kept);
      return kept;
    },
  );
}

interface Sender {
  readonly dataset: Dataset;
  readonly audit: { done(): Promise<void>; refused(error: unknown): Promise<never> };
}

/** Throws BAD_TOKEN, NOT_ALLOWED or UNKNOWN_DATASET. What is written down of an upload is its end, not its chunks. */
async function demandSender(
  office: DataOffice,
  loadToken: string | null,
  request: FastifyRequest<{ Params: FileParams }>,
): Promise<Sender> {
  const { params, headers } = request;
  if (bears(headers.authorization, loadToken)) {
    const refused = (error: unknown) => Promise.reject(error);
    return { dataset: findDataset(office, params.dataset), audit: { done: async () => {}, refused } };
  }
  const caller = await callerOf(office, request);
  const dataset = await office.trail.tried(caller, { verb: 'upload', dataset: params.dataset, release: null }, () => {
    demand(caller, { role: 'publisher', dataset: params.dataset, region: caller.region });
    return findDataset(office, params.dataset);
  });
  const write = (outcome: string) => office.trail.audit(caller, 'upload', params.dataset, null, outcome);
  return {
    dataset,
    audit: {
      done: () => write('DONE'),
      async refused(error) {
        const code = error instanceof RequestError ? error.code : 'FAILED';
        if (code !== 'WRONG_OFFSET' && code !== 'UPLOAD_BUSY') await write(code); // those are asked again
        throw error;
      },
    },
  };
}

function describe(reply: FastifyReply, { offset, isWhole }: Kept): void {
  reply.headers({
    'upload-offset': String(offset),
    'upload-complete': isWhole ? '?1' : '?0',
    'cache-control': 'no-store',
  });
}

function readBytes({ headers }: FastifyRequest, name: string): number {
  const text = String(headers[name] ?? '');
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new RequestError('BAD_ARGUMENT', `The header ${name} must be a number of bytes.`);
}
