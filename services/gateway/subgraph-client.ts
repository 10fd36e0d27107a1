import type { GraphQLFormattedError } from 'graphql';
import { RequestError } from '../kit/errors.js';
import type { GatewayContext } from './context.js';

/** What is asked of a subgraph. */
export interface SubgraphRequest {
  readonly operation: string;
  readonly operationName: string | null;
  /** The variables as JSON text. */
  readonly variables: string;
}

/** What a subgraph said, read from its JSON and not trusted: its data may be of any shape. */
export interface SubgraphAnswer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
}

/** How the gateway reaches one subgraph, in this process or elsewhere. */
export interface SubgraphClient {
  /**
   * Its answer at the instant that the edition of the context has for it. Throws a RequestError where there is none, such
   * as SUBGRAPH_UNAVAILABLE. What it gives belongs to the caller, who may change it.
   */
  ask(request: SubgraphRequest, context: GatewayContext): Promise<SubgraphAnswer>;
  /** True while it is left alone because it failed too often; not there where that does not happen. */
  readonly isResting?: () => boolean;
}

/** A subgraph whose database has not got the edition refuses, rather than give older figures for it. */
export function notReady(subgraph: string): RequestError {
  return new RequestError(
    'EDITION_NOT_READY',
    `Subgraph "${subgraph}" has not got the edition yet; its fields are null. Ask again in a second.`,
    { subgraph },
  );
}
