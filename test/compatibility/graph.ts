import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGateway } from '../../services/gateway/gateway.js';
import { openPool, remoteClient } from '../../services/gateway/remote-client.js';
import { composeSupergraph, type SubgraphSchema } from '../../services/gateway/supergraph.js';
import { loadFirst } from '../../services/kit/first-load.js';
import { silent } from '../../services/kit/log.js';
import { createHostApp } from '../../services/kit/serve.js';
import { freshSqlite } from '../support/databases.js';
import { freePort, startProcess } from '../support/processes.js';
import { createWorld } from '../support/world.js';
import { type Addresses, PACKAGE } from './cases.js';
import { products } from './products/subgraph.js';

/** Three subgraphs behind our gateway, every one reached over HTTP. */
export interface Graph extends Addresses {
  stop(): Promise<void>;
}

const TIMEOUT_MS = 5000;

/** Starts `products` on our host, the package's own `users` and `inventory`, and our gateway in front of them. */
export async function startGraph(): Promise<Graph> {
  const own = await hostProducts(); // what may fail goes first, so that no program is left behind
  const others = await Promise.all([startNeighbour('users'), startNeighbour('inventory')]);
  const pools = new Map(
    [own, ...others].map(({ name, url }) => [name, openPool(new URL(url).origin, { calls: 4, timeoutMs: TIMEOUT_MS })]),
  );
  const gateway = await createGateway({
    supergraph: composeSupergraph([own, ...others]),
    executor: 'hive',
    clientOf(name, url) {
      const pool = pools.get(name);
      if (!pool) throw new Error(`no subgraph ${name}`);
      return remoteClient({ name, path: new URL(url).pathname, pool, timeoutMs: TIMEOUT_MS, log: silent });
    },
    editionLog: own.editionLog,
    clock: Date.now,
    limits: {},
    answerCacheBytes: 1_000_000,
    log: silent,
  });
  const url = await gateway.app.listen({ host: '127.0.0.1', port: 0 });
  return {
    products: own.url,
    gateway: `${url}/graphql`,
    async stop() {
      await gateway.stop();
      for (const pool of pools.values()) await pool.close();
      for (const { stop } of [own, ...others]) await stop();
    },
  };
}

/** A subgraph that runs and listens. */
interface RunningSubgraph extends SubgraphSchema {
  readonly url: string;
  readonly stop: () => Promise<unknown>;
}

/** `products` with its figures loaded, on our host. */
async function hostProducts() {
  const world = await createWorld({
    url: await freshSqlite(),
    subgraphs: [products],
    load: false,
    hasFieldTraces: true,
  });
  for (const dataset of products.datasets) {
    const path = fileURLToPath(new URL(`products/data/${dataset.file}`, import.meta.url));
    await loadFirst(world.loader, dataset, { name: dataset.file }, createReadStream(path));
  }
  const hosted = world.hosted(products.name);
  const app = createHostApp({
    hosted: [hosted],
    office: world.office,
    loadToken: null,
    isReady: () => true,
    log: silent,
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    name: products.name,
    sdl: hosted.sdl,
    url: `${origin}/${products.name}/graphql`,
    editionLog: world.log,
    stop: () => app.close().then(world.close),
  };
}

/** A subgraph that the package brings along, on @apollo/subgraph and Apollo Server. */
async function startNeighbour(name: 'users' | 'inventory'): Promise<RunningSubgraph> {
  const folder = join(PACKAGE, 'dist', 'subgraphs', name);
  const port = await freePort();
  const { stop } = await startProcess({
    args: [join(folder, 'index.js')],
    env: { [`${name.toUpperCase()}_PORT`]: String(port) },
    ready: /subgraph ready at/,
  });
  const sdl = await readFile(join(folder, `${name}.graphql`), 'utf8');
  return { name, sdl, url: `http://127.0.0.1:${port}/`, stop: () => stop() };
}
