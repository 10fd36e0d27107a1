import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A span as OTLP has it in JSON. */
export interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

/** A collector of traces: the far end of OTLP over HTTP. */
export interface Collector {
  readonly origin: string;
  spans(): readonly SentSpan[];
  stop(): Promise<void>;
}

/** On that port, or on any. */
export async function startCollector(port = 0): Promise<Collector> {
  const spans: SentSpan[] = [];
  const server = createServer(async (request, response) => {
    const sent = JSON.parse(await text(request)) as Sent; // what the exporter sends
    if (request.url === '/v1/traces')
      for (const { scopeSpans } of sent.resourceSpans) spans.push(...scopeSpans.flatMap((scope) => scope.spans));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: taken } = server.address() as AddressInfo; // it listens on a port
  return {
    origin: `http://127.0.0.1:${taken}`,
    spans: () => spans,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Sent {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[] }[];
}

/** A span with what is below it, in the order in which they began to be sent. */
export type SpanTree = readonly [name: string, ...below: SpanTree[]];

/** The spans of a trace as one tree; throws where they are not one. */
export function treeOf(spans: readonly SentSpan[]): SpanTree {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const roots = spans.filter(({ parentSpanId = '' }) => !ids.has(parentSpanId));
  const [root] = roots;
  if (!root || roots.length > 1) throw new Error(`there are ${roots.length} spans without another around them`);
  const build = (span: SentSpan): SpanTree => [
    span.name,
    ...spans.filter(({ parentSpanId }) => parentSpanId === span.spanId).map(build),
  ];
  return build(root);
}

export function attributeOf({ attributes }: SentSpan, wanted: string): string | undefined {
  return attributes.find(({ key }) => key === wanted)?.value.stringValue;
}
