import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Log } from './log.js';
import type { Stopper } from './stop.js';
import { createTracing, type Tracing } from './tracing.js';

/** Traces that are being sent. */
export interface Traces {
  readonly tracing: Tracing;
  /** Sends what is left. */
  readonly stop: Stopper;
}

/** How long a collector may take: it must not hold up a stop. */
const SEND_MS = 3000;

/** Nobody's traces: nothing is loaded, and nothing is done for them. */
const NONE = { tracing: null, stop: async () => {} } as const;

/**
 * Sends traces to a collector of OTLP over HTTP; null for none. Only then anything of the SDK is loaded, by `load`, which
 * tests replace. A collector that is away costs its spans, and one line of the log until it takes some again. The SDK reads its own settings (`OTEL_SERVICE_NAME`, `OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_HEADERS`).
 */
export async function startTraces(
  endpoint: string | null,
  service: string,
  log: Log,
  load: typeof loadSdk = loadSdk,
): Promise<Traces | typeof NONE> {
  if (endpoint === null) return NONE;
  const { base, exporter, resources } = await load();
  const named = new resources.Resource({ 'service.name': service });
  const resource = named.merge(resources.detectResourcesSync({ detectors: [resources.envDetectorSync] }));
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const sender = telling(new exporter.OTLPTraceExporter({ url, timeoutMillis: SEND_MS }), new URL(url).host, log);
  const processor = new base.BatchSpanProcessor(sender);
  const provider = new base.BasicTracerProvider({ resource, spanProcessors: [processor] });
  return { tracing: createTracing(provider.getTracer('cakupan')), stop: () => provider.shutdown() };
}

/** The same exporter, which tells the log when spans begin to be lost and when they no longer are. It never fails. */
function telling(exporter: SpanExporter, collector: string, log: Log): SpanExporter {
  let isLosing = false;
  return {
    export(spans, done) {
      exporter.export(spans, ({ code, error }) => {
        const isLost = code !== SUCCESS;
        if (isLost && !isLosing) log('warn', 'traces.lost', { collector, cause: causeOf(error) });
        if (!isLost && isLosing) log('info', 'traces.resumed', { collector });
        isLosing = isLost;
        done({ code: SUCCESS });
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}

/** ExportResultCode.SUCCESS of the SDK, which is not loaded for this. */
const SUCCESS = 0;

/** Errors of connections may have a code and no message. */
function causeOf(error: Error | undefined): string {
  if (error === undefined) return 'it was not taken';
  return error.message || ('code' in error ? String(error.code) : error.name);
}

async function loadSdk() {
  const [base, exporter, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  return { base, exporter, resources };
}
