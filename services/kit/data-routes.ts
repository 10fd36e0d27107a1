import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bears } from './bearer.js';
import { RequestError } from './errors.js';
import { type Loader, loadDataset } from './load.js';

/** The routes by which data come in: which datasets are here, and the first load of one. */
export function addDataRoutes(app: FastifyInstance, loader: Loader, loadToken: string | null): void {
  app.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
  app.get('/data', async () => ({ datasets: loader.datasets.map(({ name, subgraph }) => ({ name, subgraph })) }));
  app.post<{ Params: { dataset: string } }>(
    '/data/:dataset/load',
    { bodyLimit: Number.MAX_SAFE_INTEGER },
    async (request) => {
      demandToken(request, loadToken);
      const dataset = datasetOf(loader, request.params.dataset);
      if (!(request.body instanceof Readable))
        throw new RequestError('BAD_FILE', 'Send the file as text/csv in the body.');
      const armed = await loadDataset(loader, dataset, dataset.file, request.body);
      return {
        dataset: dataset.name,
        releases: armed.map(({ releaseId, instant, changedCells }) => ({
          id: releaseId,
          publishedAt: new Date(instant).toISOString(),
          changedCells,
        })),
      };
    },
  );
}

function datasetOf({ datasets }: Loader, name: string) {
  const dataset = datasets.find((one) => one.name === name);
  if (dataset) return dataset;
  throw new RequestError(
    'UNKNOWN_DATASET',
    `There is no dataset "${name}": choose one of ${datasets.map((one) => one.name).join(', ')}.`,
  );
}

function demandToken(request: FastifyRequest, token: string | null): void {
  if (bears(request.headers.authorization, token)) return;
  throw new RequestError(
    'LOAD_NOT_ALLOWED',
    'Loading needs the load token: set LOAD_TOKEN for the server and for the command.',
  );
}
