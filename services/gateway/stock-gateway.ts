import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { ApolloServerOptions } from '@apollo/server';
import { RequestError } from '../kit/errors.js';
import type { GatewayContext } from './context.js';
import { APOLLO_PLANNING, readApolloPlan } from './executor/apollo-planner.js';
import { planText } from './executor/plan-text.js';
import type { SubgraphAnswer, SubgraphClient } from './subgraph-client.js';
import type { Supergraph } from './supergraph.js';

export interface StockOptions {
  readonly supergraph: Supergraph;
  readonly clientOf: (subgraph: string, url: string) => SubgraphClient;
  readonly logger: NonNullable<ApolloServerOptions<object>['logger']>;
}

/** Apollo's own gateway in front of the same subgraphs: slower, and what our executor is compared with. */
export function stockGateway({ supergraph, clientOf, logger }: StockOptions): ApolloGateway {
  return new ApolloGateway({
    supergraphSdl: supergraph.sdl,
    buildService: ({ name, url }) => dataSourceOf(clientOf(name, url ?? '')),
    logger,
    queryPlannerConfig: APOLLO_PLANNING,
    experimental_didResolveQueryPlan: ({ queryPlan, requestContext }) => {
      const { planned } = requestContext.context as GatewayContext; // the engine makes every context
      planned.part = { id: supergraph.id, subgraphs: [...new Set(servicesOf(queryPlan.node))].sort() };
      planned.text = () => planText(readApolloPlan(queryPlan));
    },
  });
}

type Process = GraphQLDataSource['process'];

function dataSourceOf(client: SubgraphClient): GraphQLDataSource<object> {
  return {
    async process(options) {
      const { query = '', operationName = null, variables = {} } = options.request;
      const request = { operation: query, operationName, variables: JSON.stringify(variables) };
      const answer = await ask(client, request, contextOf(options));
      return answer as Awaited<ReturnType<Process>>; // Apollo reads it as any answer of a subgraph
    },
  };
}

async function ask(
  client: SubgraphClient,
  ...[request, context]: Parameters<SubgraphClient['ask']>
): Promise<SubgraphAnswer> {
  try {
    return await client.ask(request, context);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const path = request.variables.includes('"representations":') ? { path: ['_entities', 0] } : {};
    return { data: null, errors: [{ message: error.message, extensions: error.extensions, ...path }] };
  }
}

function contextOf(options: Parameters<Process>[0]): GatewayContext {
  if (!('edition' in options.context)) throw new Error('a request reached a subgraph without its edition');
  return options.context as unknown as GatewayContext; // the engine makes every context
}

interface PlanNode {
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
