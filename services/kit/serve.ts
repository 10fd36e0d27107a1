import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { DataOffice } from './data-office.js';
import { addDataRoutes } from './data-routes.js';
import { closeWhenStopping } from './drain.js';
import { replyError } from './error-reply.js';
import { RequestError } from './errors.js';
import type { GraphQLRequest } from './execute.js';
import type { HostedSubgraph } from './host.js';
import type { HostMetrics } from './host-metrics.js';
import type { Log } from './log.js';
import { addMetricsRoute } from './metrics-route.js';
import { addOpenDataRoutes } from './open-data-routes.js';
import { readRequestId, trustOf } from './request-id.js';
import type { Tracing } from './tracing.js';

export interface HostParts {
  readonly hosted: readonly HostedSubgraph[];
  readonly office: DataOffice;
  readonly loadToken: string | null;
  /** True once what was left undone is settled and the first load has ended: until then gateways should not ask. */
  readonly isReady: () => boolean;
  readonly log: Log;
  /** What an operator should know, for `/readyz`: a clock that is off, say. Nothing when not given. */
  readonly warnings?: () => readonly string[];
  /** Addresses whose word is taken for who asks, those of gateways; nobody's when not given. */
  readonly trustedProxies?: readonly string[];
  /** Goes on with the traces of gateways; null or not given where there are none. */
  readonly tracing?: Tracing | null;
  /** Told by `/metrics`; null or not given where nothing is counted. */
  readonly metrics?: HostMetrics | null;
}

interface Body {
  readonly query?: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

/** A subgraph host's side of HTTP: `/<name>/graphql` for gateways, the data routes, `/livez`, `/readyz` and `/metrics`. */
export function createHostApp(parts: HostParts): FastifyInstance {
  const { hosted, office, loadToken, isReady, log, warnings = () => [], trustedProxies = [], tracing = null } = parts;
  const isTrusted = trustOf(trustedProxies);
  const app = Fastify({
    forceCloseConnections: 'idle',
    keepAliveTimeout: 65_000,
    trustProxy: [...trustedProxies],
    genReqId: (request) => readRequestId(request, isTrusted),
  });
  closeWhenStopping(app);
  app.setErrorHandler((error, _request, reply) => replyError(error, reply, log));
  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    if (!isReady()) return reply.code(503).send({ status: 'the data are not loaded yet' });
    await office.loader.db.query('SELECT 1 AS ok');
    const told = warnings();
    return { status: 'ok', ...(told.length > 0 ? { warnings: told } : {}) };
  });
  if (parts.metrics) addMetrics(app, parts.metrics);
  addDataRoutes(app, office, loadToken);
  addOpenDataRoutes(app, office.loader, log);
  const traceOf = ({ socket, headers }: FastifyRequest) =>
    isTrusted(socket.remoteAddress) ? headers.traceparent?.toString() : undefined;
  for (const subgraph of hosted) {
    const name = `subgraph ${subgraph.name}`;
    const execute = (asked: GraphQLRequest, headers: FastifyRequest['headers']) =>
      subgraph.execute(asked, readAsOfHeader(headers['as-of']), undefined, readRedactionsHeader(headers.redactions));
    app.post<{ Body: Body | null }>(`/${subgraph.name}/graphql`, async (request, reply) => {
      const { query, operationName, variables } = request.body ?? {};
      if (typeof query !== 'string')
        throw new RequestError('BAD_REQUEST', 'The request has no query: send {"query": "..."} as application/json.');
      const isTraced = request.headers[TRACE_FIELDS] === 'ftv1';
      const asked = { query, operationName, variables, requestId: request.id, isTraced };
      const { result, asOf } = await (tracing === null
        ? execute(asked, request.headers)
        : tracing.whole(name, { 'request.id': request.id }, traceOf(request), () => execute(asked, request.headers)));
      return reply.header('as-of', String(asOf)).send(result);
    });
  }
  return app;
}

/** Asks for what `field-trace.ts` tells, as Apollo's routers send it. */
const TRACE_FIELDS = 'apollo-federation-include-trace';

/** Counts every request, and tells what is counted to who asks the host itself: readers come through a proxy. */
function addMetrics(app: FastifyInstance, metrics: HostMetrics): void {
  app.addHook('onResponse', async (request, reply) =>
    metrics.countRequest(request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime),
  );
  addMetricsRoute(app, metrics);
}

/** The instant a gateway asks for; null for the newest. Throws BAD_AS_OF. */
function readAsOfHeader(header: string | readonly string[] | undefined): number | null {
  if (header === undefined) return null;
  if (typeof header === 'string' && /^\d{1,16}$/.test(header)) return Number(header);
  throw new RequestError('BAD_AS_OF', 'The header as-of must be an instant in milliseconds since 1970.');
}

/** The redaction epoch that a gateway knows; null where none is said. */
function readRedactionsHeader(header: string | readonly string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : null;
}
