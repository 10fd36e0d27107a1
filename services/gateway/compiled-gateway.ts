import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Tracing } from '../kit/tracing.js';
import type { GatewayContext } from './context.js';
import type { Operations } from './operations.js';
import { refusing } from './refusing.js';

/** Our executor as the gateway of Apollo Server: what it accepts is compiled, run, and known from then on. */
export function compiledGateway(
  operations: Operations,
  supergraphSdl: string,
  tracing: Tracing | null = null,
): ApolloServerOptionsWithGateway<GatewayContext>['gateway'] {
  return {
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: operations.schema, coreSupergraphSdl: supergraphSdl });
      return () => {};
    },
    async load() {
      return {
        async executor({ document, source, request, context }) {
          const { operationName = null, variables = {} } = request;
          const accept = () => operations.accept(source, operationName, document);
          const compiled = tracing === null ? accept() : tracing.part('plan', {}, accept);
          const read = refusing(() => compiled.readVariables(variables));
          const gatewayContext = context as GatewayContext; // the engine makes every context
          gatewayContext.planned.part = compiled.part;
          const { data, errors } = await compiled.run(read, gatewayContext);
          return {
            data: JSON.parse(data.toString()),
            ...(errors.length > 0 ? { errors: errors.map(asGraphQLError) } : {}),
          };
        },
      };
    },
    async stop() {},
  };
}

function asGraphQLError({ message, path, extensions }: GraphQLFormattedError): GraphQLError {
  return new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null });
}
