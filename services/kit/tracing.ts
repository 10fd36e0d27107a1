import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  type Context,
  INVALID_SPANID,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';

/** Where a trace goes on, as `traceparent` says it. */
export interface TraceHeaders {
  readonly traceparent?: string;
}

/**
 * Follows a request through what it asks. There is one where traces are on; elsewhere null stands for it, and nothing is
 * done for a trace but to see that.
 */
export interface Tracing {
  /** Does work as the first span of a process: one of a trace that another process has begun, where a header says so. */
  whole<Result>(name: string, attributes: Attributes, from: string | undefined, work: () => Result): Result;
  /** Does work as a part of what is traced around it; outside of a trace just does it. */
  part<Result>(name: string, attributes: Attributes, work: () => Result): Result;
  /** Adds to the span that is open. */
  note(attributes: Attributes): void;
  /** What another process is sent, so that it goes on with the trace. */
  headers(): TraceHeaders;
}

export function createTracing(tracer: Tracer): Tracing {
  const open = new AsyncLocalStorage<Context>();
  const spanOf = (context: Context | undefined) => context && trace.getSpan(context);

  const within = <Result>(context: Context, span: Span, work: () => Result): Result =>
    open.run(trace.setSpan(context, span), () => {
      try {
        const result = work();
        if (!(result instanceof Promise)) span.end();
        else
          result.then(
            () => span.end(),
            (error: unknown) => fail(span, error),
          );
        return result;
      } catch (error) {
        fail(span, error);
        throw error;
      }
    });

  return {
    whole(name, attributes, from, work) {
      const context = readParent(from);
      return within(context, tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, context), work);
    },
    part(name, attributes, work) {
      const context = open.getStore();
      return context === undefined ? work() : within(context, tracer.startSpan(name, { attributes }, context), work);
    },
    note: (attributes) => void spanOf(open.getStore())?.setAttributes(attributes),
    headers() {
      const found = spanOf(open.getStore())?.spanContext();
      if (found === undefined || found.spanId === INVALID_SPANID) return {};
      const { traceId, spanId, traceFlags } = found;
      return { traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}` };
    },
  };
}

/** What failed is in the log, under the id of the request; a message may hold what a caller wrote. */
function fail(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
  span.end();
}

function readParent(from = ''): Context {
  const [, traceId = '', spanId = '', flags = '0'] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(from) ?? [];
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(parent) ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
}
