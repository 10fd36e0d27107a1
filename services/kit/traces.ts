import type { Stopper } from './stop.js';
import { createTracing, type Tracing } from './tracing.js';

/** Traces that are being sent. */
export interface Traces {
  readonly tracing: Tracing;
  /** Sends what is left; rejects where the collector does not take it. */
  readonly stop: Stopper;
}

/** How long a collector may take: it must not hold up a stop. */
const SEND_MS = 3000;

/** Nobody's traces: nothing is loaded, and nothing is done for them. */
const NONE = { tracing: null, stop: async () => {} } as const;

/**
 * Sends traces to a collector of OTLP over HTTP; null for none. Only then anything of the SDK is loaded, by `load`, which
 * tests replace. The SDK reads its own settings (`OTEL_SERVICE_NAME`, `OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_HEADERS`).
 */
export async function startTraces(
  endpoint: string | null,
  service: string,
  load: typeof loadSdk = loadSdk,
): Promise<Traces | typeof NONE> {
  if (endpoint === null) return NONE;
  const { base, exporter, resources } = await load();
  const named = new resources.Resource({ 'service.name': service });
  const resource = named.merge(resources.detectResourcesSync({ detectors: [resources.envDetectorSync] }));
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const processor = new base.BatchSpanProcessor(new exporter.OTLPTraceExporter({ url, timeoutMillis: SEND_MS }));
  const provider = new base.BasicTracerProvider({ resource, spanProcessors: [processor] });
  return { tracing: createTracing(provider.getTracer('cakupan')), stop: () => provider.shutdown() };
}

async function loadSdk() {
  const [base, exporter, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  return { base, exporter, resources };
}
