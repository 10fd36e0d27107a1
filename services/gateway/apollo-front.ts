import { ApolloServer, type ApolloServerOptionsWithGateway, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { RequestError } from '../kit/errors.js';
import type { Log } from '../kit/log.js';
import { newRequestId } from '../kit/request-id.js';
import type { GatewayContext } from './context.js';
import { editionTime } from './edition-time.js';
import { maskError } from './masking.js';
import { refusing } from './refusing.js';
import type { GraphQLQuestion } from './request.js';

/** Apollo Server: parses and validates what the gateway has not seen, and has it run by a gateway. */
export interface ApolloFront {
  answer(
    question: GraphQLQuestion,
    context: GatewayContext,
  ): Promise<{ readonly status: number; readonly body: string }>;
  stop(): Promise<void>;
}

export interface ApolloFrontOptions {
  readonly gateway: ApolloServerOptionsWithGateway<GatewayContext>['gateway'];
  readonly log: Log;
}

export async function startApolloFront({ gateway, log }: ApolloFrontOptions): Promise<ApolloFront> {
  const contexts = new WeakMap<object, GatewayContext>(); // of errors, whose format is not told where they are from
  const server = new ApolloServer<GatewayContext>({
    gateway,
    introspection: true,
    csrfPrevention: false, // nothing here reads cookies, so there is no session to ride
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    logger: apolloLogger(log),
    formatError(formatted, error) {
      const known = typeof error === 'object' && error !== null ? contexts.get(error) : undefined;
      return maskError(formatted, error, known ?? { requestId: newRequestId(), log });
    },
    plugins: [
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      {
        requestDidStart: async () => ({
          didResolveOperation: async ({ operation, request }) => {
            refusing(() => demandQuery(operation, request.operationName));
          },
          didEncounterErrors: async ({ errors, contextValue }) => {
            for (const error of errors) contexts.set(error, contextValue);
          },
          willSendResponse: async ({ response, contextValue }) => {
            const edition = editionTime(contextValue);
            if (response.body.kind !== 'single' || edition === undefined) return;
            const { singleResult } = response.body;
            singleResult.extensions = { ...singleResult.extensions, edition };
          },
        }),
      },
    ],
  });
  await server.start();
  return {
    async answer({ query, operationName, variables }, context) {
      const { status = 200, body } = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: 'POST',
          headers: new HeaderMap([['content-type', 'application/json']]),
          body: { query, variables, ...(operationName === null ? {} : { operationName }) },
          search: '',
        },
        context: async () => context,
      });
      return { status, body: body.kind === 'complete' ? body.string : '' };
    },
    stop: () => server.stop(),
  };
}

/** The operation to answer: one query, named where the text holds several. */
function demandQuery(operation: OperationDefinitionNode | undefined, name = ''): OperationDefinitionNode {
  if (!operation) {
    throw new RequestError(
      'BAD_REQUEST',
      name === ''
        ? 'The text holds several operations: name the one to answer in operationName.'
        : `The text holds no operation named "${name.slice(0, 80)}": name one that it holds, or leave operationName out where it holds one only.`,
    );
  }
  if (operation.operation === OperationTypeNode.QUERY) return operation;
  throw new RequestError(
    'BAD_REQUEST',
    `A ${operation.operation} is not answered here: the API is for reading, send a query.`,
  );
}

/** What Apollo's packages have to say, for our log. */
export function apolloLogger(log: Log) {
  const write = (level: 'debug' | 'warn' | 'error') => (message?: unknown) =>
    log(level, 'apollo.told', { message: String(message) });
  return { debug: write('debug'), info: write('debug'), warn: write('warn'), error: write('error') };
}
