import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { EditionLog } from '../kit/edition.js';
import { errorText } from '../kit/errors.js';
import { oneAtATime } from '../kit/in-turn.js';
import type { Log } from '../kit/log.js';
import type { Instant } from '../kit/period.js';
import { ROOT } from '../kit/root.js';
import type { Tracing } from '../kit/tracing.js';
import { createAnswers } from './answers.js';
import { addBuilder } from './builder/builder-routes.js';
import { createPlaces } from './builder/places.js';
import { addCatalog, type ListDatasets } from './catalog.js';
import { readDocuments } from './documents.js';
import type { DoorOptions } from './door.js';
import { followEditions } from './edition.js';
import { addCardRoutes } from './embeds/card-routes.js';
import { figureFinder } from './embeds/figure.js';
import { addFramePage } from './embeds/frame-page.js';
import { addOembed } from './embeds/oembed.js';
import { figureSayer } from './embeds/page-head.js';
import { createPngs } from './embeds/png.js';
import { createPublicBase } from './embeds/public-base.js';
import { startEngine } from './engine.js';
import type { Executor } from './executors.js';
import { createGenerations } from './generations.js';
import { createGatewayApp } from './http.js';
import { BODY_BYTES } from './json-bodies.js';
import type { Limits } from './limits.js';
import { createMetrics } from './metrics.js';
import { regionFinder } from './page-region.js';
import { addPages } from './pages.js';
import { prepareElsewhere } from './preparation-thread.js';
import { addRegionPages } from './region-page.js';
import type { SubgraphClient } from './subgraph-client.js';
import type { Supergraph } from './supergraph.js';
import { tracedClient } from './traced-client.js';
import { addWidgetFiles } from './widget-files.js';

export interface GatewayOptions {
  readonly supergraph: Supergraph;
  /** How a subgraph is reached; its address is the one in the supergraph. */
  readonly clientOf: (name: string, url: string) => SubgraphClient;
  readonly executor: Executor;
  readonly editionLog: EditionLog;
  readonly clock: () => Instant;
  /** Counts milliseconds and is never set; that of the process when not given. */
  readonly elapsed?: () => number;
  /** Those of DEFAULT_LIMITS that shall be others. */
  readonly limits: Partial<Limits>;
  /** How long one request may ask subgraphs, all calls together. */
  readonly requestMs?: number;
  /** The longest body of JSON; BODY_BYTES when not given. */
  readonly bodyBytes?: number;
  /** The longest head of a request; 16 kB when not given. */
  readonly headerBytes?: number;
  /** How long a request may take to come in, whole; half a minute when not given. */
  readonly receiveMs?: number;
  /** Who may have an answer computed; everybody when not given. */
  readonly door?: DoorOptions;
  readonly answerCacheBytes: number;
  /** False where requests for the same at once are not answered together; true when not given. */
  readonly isShared?: boolean;
  /** True where only the documents of `schema/operations/` are answered; false when not given. */
  readonly trustedOnly?: boolean;
  /** Whether `/metrics` is answered; false when not given. */
  readonly hasMetrics?: boolean;
  /** Follows requests; null or not given where there are no traces. */
  readonly tracing?: Tracing | null;
  /** How many may listen to live answers at a time; 20,000 when not given. */
  readonly mostListeners?: number;
  /** How many of them may come from one address; any number when not given. */
  readonly mostOfOne?: number;
  readonly log: Log;
  /** Whose word is taken for the address of who asks; nobody's when not given. */
  readonly trustedProxies?: readonly string[];
  /** Tells of every dataset, for the catalogue and the pages; of none when not given. */
  readonly listDatasets?: ListDatasets;
  /** Where readers reach it, for addresses that are written out; what their requests call it when not given. */
  readonly publicUrl?: string | null;
  /** Adds the routes of others that are reached through the gateway, before it listens. */
  readonly extend?: (app: FastifyInstance) => void;
}

/** The document that the tag sends for a card. */
const CARD_DOCUMENT = join(ROOT, 'schema', 'operations', 'coverage-page.graphql');
const MOST_LISTENERS = 20_000;
const HEADER_BYTES = 16_384;
const RECEIVE_MS = 30_000;
const OPEN_DOOR: DoorOptions = { perMinute: 0, maxDelayMs: 0 };

export interface Gateway {
  readonly app: FastifyInstance;
  /** Reads what is new in the edition log at once, rather than within a second. */
  readonly poll: () => Promise<void>;
  /**
   * Answers by another supergraph from when that is ready; requests that run end by the one they began with. Throws where
   * it cannot be used, and goes on as before.
   */
  swap(supergraph: Supergraph): Promise<void>;
  stop(): Promise<void>;
}

/** A gateway ready to listen: its engine started, the edition log read, all routes in place. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const {
    supergraph,
    executor,
    limits,
    requestMs,
    log,
    clock,
    listDatasets = async () => [],
    trustedProxies = [],
    tracing = null,
  } = options;
  const metrics = createMetrics();
  const clientOf = onceEach((name, url) =>
    tracedClient(name, metrics.watch(name, options.clientOf(name, url)), tracing),
  );
  const documents = await readDocuments(join(ROOT, 'schema', 'operations'));
  const engineOptions = { clientOf, executor, trusted: documents.trusted, limits, requestMs, log, tracing };
  const [first, editions] = await Promise.all([
    startEngine({ ...engineOptions, supergraph }),
    followEditions(options.editionLog, { clock, elapsed: options.elapsed }, log),
  ]);
  let served = supergraph;
  const swapsInTurn = oneAtATime();
  const engine = createGenerations(first, (error) => log('error', 'engine.failed', { cause: errorText(error) }));
  const answers = createAnswers(options.answerCacheBytes, options.isShared);
  const { trustedOnly = false, mostListeners = MOST_LISTENERS, mostOfOne = 0, door = OPEN_DOOR } = options;
  const { app, door: atDoor } = await createGatewayApp({
    engine,
    editions,
    answers,
    documents,
    trustedOnly,
    mostListeners,
    mostOfOne,
    door,
    bodyBytes: options.bodyBytes ?? BODY_BYTES,
    headerBytes: options.headerBytes ?? HEADER_BYTES,
    receiveMs: options.receiveMs ?? RECEIVE_MS,
    log,
    trustedProxies,
    metrics,
    tracing,
    hasMetrics: options.hasMetrics ?? false,
    supergraphId: () => served.id,
  });
  await addPages(app, {
    pages: join(ROOT, 'services', 'gateway', 'pages'),
    nodeModules: join(ROOT, 'node_modules'),
  });
  const scripts = await addWidgetFiles(app, {
    built: join(ROOT, 'dist', 'widget'),
    version: (JSON.parse(await readFile(join(ROOT, 'widget', 'package.json'), 'utf8')) as { version: string }).version, // npm demands one
    released: join(ROOT, 'widget', 'released'),
  });
  addCatalog(app, listDatasets);
  const embeds = {
    findFigure: figureFinder({ engine, editions, answers, document: await readFile(CARD_DOCUMENT, 'utf8') }),
    pngs: createPngs(Math.ceil(options.answerCacheBytes / 4)),
    base: createPublicBase(options.publicUrl ?? null),
    door: atDoor,
  };
  addCardRoutes(app, embeds);
  addFramePage(app, embeds);
  addOembed(app, embeds);
  addBuilder(app, { ...embeds, places: await createPlaces({ engine, editions, answers }), clock, scripts });
  addRegionPages(app, regionFinder({ engine, answers }, editions), listDatasets, figureSayer(embeds));
  options.extend?.(app);
  return {
    app,
    poll: () => editions.poll(),
    swap: (next) =>
      swapsInTurn(async () => {
        const known = engine.current().newest();
        engine.swap(await startEngine({ ...engineOptions, supergraph: next, known, prepare: prepareElsewhere }));
        served = next;
        log('info', 'supergraph.swapped', { supergraph: next.id });
      }),
    async stop() {
      editions.stop();
      await app.close();
      await engine.stop();
      metrics.stop();
    },
  };
}

type ClientOf = GatewayOptions['clientOf'];

/** A client outlives a supergraph, with its connections and its breaker. */
function onceEach(create: ClientOf): ClientOf {
  const clients = new Map<string, SubgraphClient>();
  return (name, url) => {
    const client = clients.get(`${name} ${url}`) ?? create(name, url);
    clients.set(`${name} ${url}`, client);
    return client;
  };
}
