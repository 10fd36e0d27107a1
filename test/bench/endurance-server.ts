/**
 * A gateway whose parent plays the registry: it tells of editions and supergraphs, and asks what memory is in use. It runs
 * with --expose-gc. Arguments: the port, and the address of two subgraphs.
 */
import '../../services/gateway/telemetry.js';
import { createGateway } from '../../services/gateway/gateway.js';
import { openPool, remoteClient } from '../../services/gateway/remote-client.js';
import { composeSupergraph, supergraphOf } from '../../services/gateway/supergraph.js';
import type { SealedSeal } from '../../services/kit/edition.js';
import { silent } from '../../services/kit/log.js';
import { noLog } from '../support/far-log.js';
import { subgraphsOf } from './endurance-graph.js';

/** What the parent says. */
type Told =
  | { readonly kind: 'edition'; readonly seals: readonly SealedSeal[] }
  | { readonly kind: 'supergraph'; readonly sdl: string }
  | { readonly kind: 'memory' };

const [port = '0', subgraphs = ''] = process.argv.slice(2);
const seals: SealedSeal[] = [];
const bounds = { maxBytes: 1_000_000, calls: 64, waiting: 1000, isShared: true };
const client = (name: string) => {
  const pool = openPool(subgraphs, { calls: bounds.calls, timeoutMs: 5000 });
  return remoteClient({ name, path: `/${name}`, pool, timeoutMs: 5000, log: silent, bounds });
};
const clients = { left: client('left'), right: client('right') };

const gateway = await createGateway({
  supergraph: composeSupergraph(subgraphsOf(0)),
  clientOf: (name) => clients[name as keyof typeof clients], // the only two
  executor: 'hive',
  editionLog: {
    ...noLog(0),
    read: async (after) => ({
      now: Date.now(),
      seals: seals.filter(({ revision }) => revision > after),
      redactions: 0,
    }),
  },
  clock: Date.now,
  limits: {},
  answerCacheBytes: 8_000_000,
  log: silent,
});

process.on('message', async (told: Told) => {
  if (told.kind === 'edition') {
    seals.push(...told.seals);
    await gateway.poll();
  } else if (told.kind === 'supergraph') await gateway.swap(supergraphOf(told.sdl));
  if (told.kind === 'memory') globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({ heapMb: heapUsed / 2 ** 20, rssMb: rss / 2 ** 20 });
});
await gateway.app.listen({ host: '127.0.0.1', port: Number(port) });
process.send?.('ready');
