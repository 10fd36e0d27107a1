import type { FastifyInstance } from 'fastify';
import { addActRoutes } from './act-routes.js';
import { addChangeRoutes } from './change-routes.js';
import type { DataOffice } from './data-office.js';
import { factsOf } from './dataset-facts.js';
import { addFileRoutes } from './file-routes.js';
import { addReleaseRoutes } from './release-routes.js';
import { addUploadRoutes } from './upload-routes.js';

/** The routes of those who publish: which datasets are here, files on their way in, releases on their way out. */
export function addDataRoutes(app: FastifyInstance, office: DataOffice, loadToken: string | null): void {
  app.get('/data', async () => ({ datasets: office.loader.datasets.map(factsOf) }));
  app.register(async (routes) => {
    addUploadRoutes(routes, office, loadToken);
    addFileRoutes(routes, office, loadToken);
    addReleaseRoutes(routes, office);
    addActRoutes(routes, office);
    addChangeRoutes(routes, office);
  });
}
