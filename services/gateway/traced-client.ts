import type { Tracing } from '../kit/tracing.js';
import type { SubgraphClient } from './subgraph-client.js';

/** The same client, each call of it a part of the trace; the client itself where there are none. */
export function tracedClient(subgraph: string, client: SubgraphClient, tracing: Tracing | null): SubgraphClient {
  if (tracing === null) return client;
  const name = `fetch ${subgraph}`;
  return {
    ...client,
    ask: (request, context) =>
      tracing.part(name, { 'graphql.document': request.operation }, () => client.ask(request, context)),
  };
}
