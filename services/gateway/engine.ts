import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { BUG_MESSAGE, ERROR_CODES, errorText, isRequestError, RequestError } from '../kit/errors.js';
import type { Log } from '../kit/log.js';
import type { Computed } from './answers.js';
import { compiledGateway } from './compiled-gateway.js';
import { createGatewayContext, type GatewayContext } from './context.js';
import type { Edition } from './edition.js';
import type { CompiledOperation } from './executor/operation.js';
import type { Executor } from './executors.js';
import { demandTokens, demandWithin, type Limits, measure } from './limits.js';
import { acceptTrusted, createOperations } from './operations.js';
import { refusing } from './refusing.js';
import type { GraphQLQuestion } from './request.js';
import { stockGateway } from './stock-gateway.js';
import type { SubgraphClient } from './subgraph-client.js';
import type { Supergraph } from './supergraph.js';

/** Takes a question at an edition, gives the bytes of its answer. */
export interface Engine {
  answer(question: GraphQLQuestion, edition: Edition): Promise<Computed>;
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly supergraph: Supergraph;
  /** How a subgraph is reached; its address is the one in the supergraph. */
  readonly clientOf: (name: string, url: string) => SubgraphClient;
  readonly executor: Executor;
  /** Documents that are compiled at the start. */
  readonly trusted: Iterable<string>;
  readonly limits: Limits;
  readonly log: Log;
}

const MOST_TOKENS = 5000;

/** Codes of Apollo Server that tell the caller of a mistake of theirs. */
const CALLER_CODES = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
];

/**
 * Apollo Server in front of an executor. What it has accepted once our executor knows, and answers from then on without
 * it: the same bytes, without its pipeline.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { supergraph, clientOf, executor, trusted, limits, log } = options;
  const operations = executor === 'stock' ? null : createOperations({ supergraph, clientOf, planner: executor });
  if (operations) acceptTrusted(operations, trusted, log);
  const server = new ApolloServer<GatewayContext>({
    gateway: operations
      ? compiledGateway(operations, supergraph.sdl)
      : stockGateway({ supergraph, clientOf, logger: loggerOf(log) }),
    introspection: true,
    csrfPrevention: false, // nothing here reads cookies, so there is no session to ride
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    logger: loggerOf(log),
    formatError: (formatted, error) => maskError(formatted, error, log),
    plugins: [
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      {
        requestDidStart: async () => ({
          didResolveOperation: async ({ schema, document, operation, request }) => {
            refusing(() =>
              demandWithin(limits, measure(schema, document, demandQuery(operation), request.variables ?? {})),
            );
          },
          willSendResponse: async ({ response, contextValue: { edition, touched } }) => {
            if (response.body.kind !== 'single' || touched.size === 0) return;
            response.body.singleResult.extensions = {
              ...response.body.singleResult.extensions,
              edition: editionTime(edition, touched),
            };
          },
        }),
      },
    ],
  });
  await server.start();

  const answerNew = async ({ query, operationName, variables }: GraphQLQuestion, context: GatewayContext) => {
    demandTokens(query, MOST_TOKENS);
    const response = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: 'POST',
        headers: new HeaderMap([['content-type', 'application/json']]),
        body: { query, variables, ...(operationName === null ? {} : { operationName }) },
        search: '',
      },
      context: async () => context,
    });
    const body = response.body.kind === 'complete' ? response.body.string : '';
    return { status: response.status ?? 200, body, isWhole: !body.includes('"errors":') };
  };

  const answerKnown = async (known: CompiledOperation, question: GraphQLQuestion, context: GatewayContext) => {
    const { document, operation, subgraphs } = known;
    for (const name of subgraphs) context.touched.add(name);
    try {
      if (operations) demandWithin(limits, measure(operations.schema, document, operation, question.variables));
      const { data, errors } = await known.run(known.readVariables(question.variables), context);
      const told = errors.map((error) => maskError(error, error, log));
      return { status: 200, body: bodyOf(data, told, context), isWhole: told.length === 0 };
    } catch (error) {
      return { status: 400, body: refusalOf(error, log), isWhole: false };
    }
  };

  return {
    async answer(question, edition) {
      const context = createGatewayContext(edition);
      const known = operations?.find(question.query, question.operationName);
      const answered = await (known ? answerKnown(known, question, context) : answerNew(question, context));
      const touched = context.touched.size > 0 ? [...context.touched].sort() : null;
      const livesMs = context.unechoed.size > 0 ? Math.min(...context.unechoed.values()) : null;
      return { ...answered, touched, livesMs };
    },
    stop: () => server.stop(),
  };
}

/** The same bytes as Apollo Server gives. */
function bodyOf(data: string, errors: readonly GraphQLFormattedError[], { edition, touched }: GatewayContext): string {
  const first = errors.length > 0 ? `"errors":${JSON.stringify(errors)},` : '';
  const last = touched.size > 0 ? `,"extensions":${JSON.stringify({ edition: editionTime(edition, touched) })}` : '';
  return `{${first}"data":${data}${last}}\n`;
}

/** What a request gets that is refused as a whole. A bug is thrown: it is none of the caller's. */
function refusalOf(error: unknown, log: Log): string {
  if (!(error instanceof GraphQLError)) throw error;
  return `${JSON.stringify({ errors: [maskError(error.toJSON(), error, log)] })}\n`;
}

/** The operation to answer: one query, named where the text holds several. */
function demandQuery(operation: OperationDefinitionNode | undefined): OperationDefinitionNode {
  if (!operation) {
    throw new RequestError(
      'BAD_REQUEST',
      'The text holds several operations: name the one to answer in operationName.',
    );
  }
  if (operation.operation === OperationTypeNode.QUERY) return operation;
  throw new RequestError(
    'BAD_REQUEST',
    `A ${operation.operation} is not answered here: the API is for reading, send a query.`,
  );
}

/** The newest instant among those read, for people; null where only reference data was. */
function editionTime(edition: Edition, touched: ReadonlySet<string>): string | null {
  const instant = Math.max(...[...touched].map((name) => edition.instantOf(name)));
  return instant === 0 ? null : new Date(instant).toISOString();
}

/** A caller's mistake as it is; of a bug only that it happened. */
function maskError(formatted: GraphQLFormattedError, error: unknown, log: Log): GraphQLFormattedError {
  const code = String(formatted.extensions?.code ?? '');
  if (code in ERROR_CODES || CALLER_CODES.includes(code) || isRequestError(error)) return withoutInternals(formatted);
  if (code !== 'INTERNAL_SERVER_ERROR' || !formatted.extensions?.serviceName)
    log('error', 'request.failed', { cause: errorText(error) });
  return { ...withoutInternals(formatted), message: BUG_MESSAGE, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

function withoutInternals(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { serviceName: _serviceName, stacktrace: _stacktrace, ...extensions } = formatted.extensions ?? {};
  return { ...formatted, extensions };
}

function loggerOf(log: Log) {
  const write = (level: 'debug' | 'warn' | 'error') => (message?: unknown) =>
    log(level, 'apollo.told', { message: String(message) });
  return { debug: write('debug'), info: write('debug'), warn: write('warn'), error: write('error') };
}
