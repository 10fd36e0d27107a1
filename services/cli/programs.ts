import '../gateway/telemetry.js';
import { type Pool, request as send } from 'undici';
import type { Config } from '../config.js';
import { addDataProxy, listHosted } from '../gateway/data-proxy.js';
import { createGateway } from '../gateway/gateway.js';
import { openPool, remoteClient } from '../gateway/remote-client.js';
import { followSupergraph, readSupergraph } from '../gateway/supergraph-file.js';
import { createDataOffice } from '../kit/data-office.js';
import { openDatabase } from '../kit/database.js';
import { discover } from '../kit/discover.js';
import { ConfigError } from '../kit/env.js';
import { loadEmptyDatasets } from '../kit/first-start.js';
import { type HostedSubgraph, hostSubgraph } from '../kit/host.js';
import { createHostMetrics } from '../kit/host-metrics.js';
import type { Log } from '../kit/log.js';
import { connectEditionLog } from '../kit/log-client.js';
import { followLogClock } from '../kit/log-clock.js';
import { startPublishing } from '../kit/publication.js';
import type { Ask } from '../kit/region-directory.js';
import { createHostApp } from '../kit/serve.js';
import { settle } from '../kit/settle.js';
import { createSpool } from '../kit/spool.js';
import type { Subgraph } from '../kit/subgraph.js';
import { openSubgraphDatabase } from '../kit/subgraph-database.js';
import { startTraces } from '../kit/traces.js';
import { createRegistryApp } from '../registry/http.js';
import { createEditionLog } from '../registry/log.js';
import { REGISTRY_MIGRATIONS } from '../registry/registry.js';
import type { Running } from '../running.js';

/** The services one by one, as they are deployed: each a process of its own. */

/** The registry: holds the edition log. */
export async function startRegistry({ databaseUrl, registryToken, host, port }: Config, log: Log): Promise<Running> {
  const db = await openDatabase({ url: databaseUrl, entities: [], migrations: REGISTRY_MIGRATIONS });
  const app = createRegistryApp(createEditionLog(db, Date.now), registryToken, log);
  const url = await app.listen({ host, port });
  return { url, stoppers: [() => app.close(), db.close] };
}

/** A subgraph host: some subgraphs, or all, over HTTP. */
export async function startSubgraphs(config: Config, log: Log): Promise<Running> {
  const subgraphs = await discover(config.subgraphs ?? undefined);
  const { tracing, stop: stopTraces } = await startTraces(config.tracesUrl, 'cakupan-subgraphs', log);
  const editionLog = connectEditionLog(demandUrl(config), config.registryToken);
  const logTime = followLogClock(editionLog, Date.now);
  const clock = logTime.now;
  demandRegions(config, subgraphs);
  let isReady = false;
  const metrics = createHostMetrics({ isReady: () => isReady, logAge: logTime.age });
  const db = metrics.watchDatabase(await openSubgraphDatabase({ url: config.databaseUrl, subgraphs, tracing }));
  const { hasFieldTraces } = config;
  const hosted = await Promise.all(
    subgraphs.map((subgraph) => hostSubgraph(subgraph, { db, log, clock, hasFieldTraces })),
  );
  const spool = createSpool({ folder: config.spoolFolder, maxBytes: config.maxUploadBytes, clock: Date.now });
  await spool.removeOld();
  const office = createDataOffice({
    db,
    editionLog,
    clock,
    subgraphs,
    askRegions: askRegions(config, hosted),
    identity: config.identity,
    spool,
    writeLog: log,
  });
  const { trustedProxies } = config;
  const app = createHostApp({
    hosted: hosted.map(metrics.watch),
    office,
    loadToken: config.loadToken,
    isReady: () => isReady,
    log,
    warnings: logTime.warnings,
    trustedProxies,
    tracing,
    metrics: config.hasMetrics ? metrics : null,
  });
  const url = await app.listen({ host: config.host, port: config.port });
  await retrying(() => logTime.hear(), log);
  await retrying(() => settle(db, editionLog, office.loader.datasets, clock()), log);
  if (config.firstLoad === 'facts') await retrying(() => loadEmptyDatasets(office.loader, subgraphs, log), log);
  isReady = true;
  const publishing = startPublishing(office.publication, log);
  return { url, stoppers: [() => app.close(), publishing.stop, logTime.stop, db.close, metrics.stop, stopTraces] };
}

/** A gateway: the supergraph of a file, which it follows, with the addresses of its subgraphs from the settings. */
export async function startGateway(config: Config, log: Log): Promise<Running> {
  const { subgraphUrls, subgraphTimeoutMs: timeoutMs, subgraphBounds: bounds, supergraphFile } = config;
  const { tracing, stop: stopTraces } = await startTraces(config.tracesUrl, 'cakupan-gateway', log);
  const pools: Pool[] = [];
  const clientOf = (name: string, composedUrl: string) => {
    const url = new URL(subgraphUrls.get(name) ?? composedUrl);
    const pool = openPool(url.origin, { calls: bounds.calls, timeoutMs }); // one for each, or a slow one takes those of its host
    pools.push(pool);
    return remoteClient({ name, path: url.pathname, pool, timeoutMs, log, tracing, bounds });
  };
  const origins = [...new Set([...subgraphUrls.values()].map((url) => new URL(url).origin))];
  const supergraph = await readSupergraph(supergraphFile);
  const gateway = await createGateway({
    ...config,
    supergraph,
    clientOf,
    editionLog: connectEditionLog(demandUrl(config), null),
    clock: Date.now,
    log,
    tracing,
    listDatasets: () => listHosted(origins),
    extend: (app) => addDataProxy(app, origins),
  });
  const url = await gateway.app.listen({ host: config.host, port: config.port });
  const following = followSupergraph(supergraphFile, supergraph, gateway.swap, log);
  const closePools = () => Promise.all(pools.map((pool) => pool.close()));
  return { url, stoppers: [following.stop, gateway.stop, closePools, stopTraces] };
}

function demandUrl({ registryUrl }: Config): string {
  if (registryUrl !== null) return registryUrl;
  throw new ConfigError('REGISTRY_URL must be set: this program follows the edition log of a registry');
}

/** Where a file of these subgraphs may refer to regions, they must be here or at a known address. */
function demandRegions({ subgraphUrls }: Config, subgraphs: readonly Subgraph[]): void {
  const isKnown = subgraphUrls.has('regions') || subgraphs.some(({ name }) => name === 'regions');
  const isNeeded = subgraphs.some(({ datasets }) => datasets.some(({ place }) => place !== undefined));
  if (isNeeded && !isKnown)
    throw new ConfigError('SUBGRAPH_URLS must name regions, which is not hosted here: files refer to its codes');
}

/** The subgraph regions, here or at its address. */
function askRegions({ subgraphUrls }: Config, hosted: readonly HostedSubgraph[]): Ask {
  const here = hosted.find(({ name }) => name === 'regions');
  if (here) return async (request) => (await here.execute(request, null)).result;
  return async (request) => {
    const url = subgraphUrls.get('regions');
    if (!url) throw new Error('the address of the subgraph regions is not known');
    const { body } = await send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return (await body.json()) as Awaited<ReturnType<Ask>>; // an execution result, as hosts send it
  };
}

const TRIES = 60;

/** Services start in any order: what one needs of another is tried again for a minute. */
async function retrying(work: () => Promise<void>, log: Log, triesLeft = TRIES): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (triesLeft <= 1) throw error;
    log('warn', 'first_load.postponed', { cause: error instanceof Error ? error.message : String(error) });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await retrying(work, log, triesLeft - 1);
  }
}
