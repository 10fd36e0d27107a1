import './gateway/telemetry.js';
import type { Config } from './config.js';
import { createGateway } from './gateway/gateway.js';
import { hostedClient } from './gateway/hosted-client.js';
import { composeSupergraph } from './gateway/supergraph.js';
import { createDataOffice, type DataOffice } from './kit/data-office.js';
import { addDataRoutes } from './kit/data-routes.js';
import type { OnQuery } from './kit/database.js';
import { factsOf } from './kit/dataset-facts.js';
import { discover } from './kit/discover.js';
import { loadEmptyDatasets } from './kit/first-start.js';
import { type HostedSubgraph, hostSubgraph } from './kit/host.js';
import type { Log } from './kit/log.js';
import { addOpenDataRoutes } from './kit/open-data-routes.js';
import type { Instant } from './kit/period.js';
import { startPublishing } from './kit/publication.js';
import { settle } from './kit/settle.js';
import { createSpool } from './kit/spool.js';
import { openSubgraphDatabase } from './kit/subgraph-database.js';
import { startTraces } from './kit/traces.js';
import { localLoadToken } from './load-token.js';
import { createEditionLog } from './registry/log.js';
import { REGISTRY_MIGRATIONS } from './registry/registry.js';
import type { Running } from './running.js';

export interface RunningAll extends Running {
  readonly office: DataOffice;
  readonly hosted: readonly HostedSubgraph[];
  /** Makes the gateway read the edition log at once. */
  readonly poll: () => Promise<void>;
}

/** What tests replace or watch. */
export interface StartOptions {
  readonly clock?: () => Instant;
  /** Told of each reading statement. */
  readonly onQuery?: OnQuery;
}

/** Every service in one process, on one database: what `npm start` runs. */
export async function startAll(
  config: Config,
  log: Log,
  { clock = Date.now, onQuery }: StartOptions = {},
): Promise<RunningAll> {
  const { tracing, stop: stopTraces } = await startTraces(config.tracesUrl, 'cakupan', log);
  const subgraphs = await discover(config.subgraphs ?? undefined);
  const db = await openSubgraphDatabase({
    url: config.databaseUrl,
    subgraphs,
    migrations: REGISTRY_MIGRATIONS,
    ...(onQuery ? { onQuery } : {}),
    tracing,
  });
  const editionLog = createEditionLog(db, clock);
  const hosted = await Promise.all(subgraphs.map((subgraph) => hostSubgraph(subgraph, { db, log, clock })));
  const regions = hosted.find(({ name }) => name === 'regions');
  const spool = createSpool({ folder: config.spoolFolder, maxBytes: config.maxUploadBytes, clock });
  const office = createDataOffice({
    db,
    editionLog,
    clock,
    subgraphs,
    askRegions: async (request) => (regions ? (await regions.execute(request, null)).result : { data: null }),
    identity: config.identity,
    spool,
    writeLog: log,
  });
  const { loader, publication } = office;
  await spool.removeOld();
  await settle(db, editionLog, loader.datasets, clock());
  if (config.firstLoad === 'facts') await loadEmptyDatasets(loader, subgraphs, log);
  const publishing = startPublishing(publication, log);
  const loadToken = config.loadToken ?? (await localLoadToken());
  const gateway = await createGateway({
    ...config,
    supergraph: composeSupergraph(hosted),
    clientOf: (name) => hostedClient(demand(hosted, name)),
    editionLog,
    clock,
    log,
    tracing,
    listDatasets: async () => loader.datasets.map(factsOf),
    extend(app) {
      addDataRoutes(app, office, loadToken);
      addOpenDataRoutes(app, loader, log);
    },
  });
  const url = await gateway.app.listen({ host: config.host, port: config.port });
  return { url, poll: gateway.poll, office, hosted, stoppers: [gateway.stop, publishing.stop, db.close, stopTraces] };
}

function demand(hosted: readonly HostedSubgraph[], name: string): HostedSubgraph {
  const found = hosted.find((one) => one.name === name);
  if (found) return found;
  throw new Error(`subgraph ${name} is in the supergraph but not hosted here`);
}
