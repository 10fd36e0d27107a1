import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { BUG_MESSAGE, ERROR_CODES, errorText, isRequestError, RequestError } from '../kit/errors.js';
import type { Log } from '../kit/log.js';
import type { Computed } from './answers.js';
import { createGatewayContext, type GatewayContext } from './context.js';
import type { Edition } from './edition.js';
import { demandTokens, demandWithin, type Limits, measure } from './limits.js';
import type { GraphQLQuestion } from './request.js';
import type { Supergraph } from './supergraph.js';

/** Apollo Server in front of Apollo Gateway: takes a question at an edition, gives the bytes of its answer. */
export interface Engine {
  answer(question: GraphQLQuestion, edition: Edition): Promise<Computed>;
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly supergraph: Supergraph;
  /** How a subgraph is reached; its address is the one in the supergraph. */
  readonly sourceOf: (name: string, url: string) => GraphQLDataSource<object>;
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

export async function startEngine({ supergraph, sourceOf, limits, log }: EngineOptions): Promise<Engine> {
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph.sdl,
    buildService: ({ name, url }) => sourceOf(name, url ?? ''),
    logger: loggerOf(log),
    experimental_didResolveQueryPlan: ({ queryPlan, requestContext }) => {
      const { touched } = requestContext.context as GatewayContext; // every context is made below
      for (const name of servicesOf(queryPlan.node)) touched.add(name);
    },
  });
  const server = new ApolloServer<GatewayContext>({
    gateway,
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
  return {
    async answer(question, edition) {
      demandTokens(question.query, MOST_TOKENS);
      const context = createGatewayContext(edition);
      const { query, operationName, variables } = question;
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
      const touched = context.touched.size > 0 ? [...context.touched].sort() : null;
      const livesMs = context.unechoed.size > 0 ? Math.min(...context.unechoed.values()) : null;
      return { status: response.status ?? 200, body, isWhole: !body.includes('"errors":'), touched, livesMs };
    },
    stop: () => server.stop(),
  };
}

/** A refusal at this point is a failure of ours to Apollo Server unless it says its status. */
function refusing(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const http = { status: 400, headers: new HeaderMap() };
    throw new GraphQLError(error.message, { extensions: { ...error.extensions, http }, originalError: error });
  }
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

interface PlanNode {
  readonly kind: string;
  readonly serviceName?: string;
  readonly node?: PlanNode;
  readonly nodes?: readonly PlanNode[];
  readonly ifClause?: PlanNode;
  readonly elseClause?: PlanNode;
}

/** The subgraphs a plan may call, in any of its branches. */
function servicesOf(node: object | undefined): string[] {
  if (!node) return [];
  const { serviceName, node: inner, nodes, ifClause, elseClause } = node as PlanNode; // the fields of all kinds of nodes
  return [
    ...(serviceName ? [serviceName] : []),
    ...[inner, ...(nodes ?? []), ifClause, elseClause].flatMap(servicesOf),
  ];
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
