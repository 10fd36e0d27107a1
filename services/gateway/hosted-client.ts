import { RequestError } from '../kit/errors.js';
import type { HostedSubgraph } from '../kit/host.js';
import { notReady, type SubgraphClient } from './subgraph-client.js';

/** A subgraph in this process: no HTTP, and its batches are shared within the request. */
export function hostedClient(hosted: HostedSubgraph): SubgraphClient {
  return {
    async ask({ operation, operationName, variables }, { edition, scope, requestId }) {
      const request = { query: operation, operationName, variables: JSON.parse(variables), requestId };
      try {
        const { result } = await hosted.execute(request, edition.instantOf(hosted.name), scope, edition.redactions);
        const { data, errors } = result;
        return { data, errors: errors?.map((error) => error.toJSON()) };
      } catch (error) {
        if (error instanceof RequestError && error.code === 'AS_OF_NOT_SEALED') throw notReady(hosted.name);
        throw error;
      }
    },
  };
}
