import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { BUG_MESSAGE, errorText, isRequestError } from './errors.js';
import type { Log } from './log.js';
import { logOf, type RequestId } from './request-id.js';

export interface GraphQLRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  /** The request it is a part of, for the log. */
  readonly requestId?: RequestId | undefined;
  /** True where it is asked when each field was resolved; told only by a host that traces fields. */
  readonly isTraced?: boolean;
}

export type Execute = (request: GraphQLRequest, context: object) => Promise<ExecutionResult>;

/** How many operations stay parsed and validated. */
const DOCUMENTS = 1000;

/** Runs operations against a schema; each text is parsed and validated once. Bugs are logged and masked. */
export function createExecute(schema: GraphQLSchema, log: Log): Execute {
  const documents = new LRUCache<string, DocumentNode | readonly GraphQLError[]>({ max: DOCUMENTS });
  return async ({ query, operationName, variables, requestId }, contextValue) => {
    const document = documents.get(query) ?? prepare(schema, query);
    documents.set(query, document);
    if (!('kind' in document)) return { errors: document };
    const result = await execute({
      schema,
      document,
      contextValue,
      variableValues: variables ?? {},
      operationName: operationName ?? null,
    });
    if (!result.errors) return result;
    const named = requestId === undefined ? log : logOf(log, requestId);
    return { ...result, errors: result.errors.map((error) => masked(error, named)) };
  };
}

function prepare(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    return errors.length > 0 ? errors : document;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

/** A mistake of the caller stays as it is; of anything else the caller learns only that it happened. */
export function masked(error: GraphQLError, log: Log): GraphQLError {
  const isOurs = isRequestError(error) || error.originalError === undefined;
  if (isOurs) return error;
  if (isWrongArgument(error.originalError)) return toldAs('BAD_USER_INPUT', error.message, error);
  log('error', 'field.failed', { path: error.path?.join('.'), cause: errorText(error.originalError) });
  return toldAs('INTERNAL_SERVER_ERROR', BUG_MESSAGE, error);
}

/** An argument that its variable gives a value the schema does not allow, such as null for one with a default. */
function isWrongArgument(error: unknown): boolean {
  return error instanceof GraphQLError && error.nodes !== undefined; // of what a resolver throws it knows no place
}

function toldAs(code: string, message: string, { nodes, path }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { nodes: nodes ?? null, path: path ?? null, extensions: { code } });
}
