import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { BUG_MESSAGE, ERROR_CODES, errorText, isRequestError } from '../kit/errors.js';
import type { Log } from '../kit/log.js';
import type { RequestId } from '../kit/request-id.js';

/** The request that an error belongs to, and a log that names it. */
export interface Inquiry {
  readonly requestId: RequestId;
  readonly log: Log;
}

/** Codes of GraphQL itself that tell the caller of a mistake of theirs. */
export const CALLER_CODES: readonly string[] = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
];

/** A caller's mistake as it is; of a bug only that it happened, and in which request. */
export function maskError(
  formatted: GraphQLFormattedError,
  error: unknown,
  { requestId, log }: Inquiry,
): GraphQLFormattedError {
  const code = String(formatted.extensions?.code ?? '');
  if (code in ERROR_CODES || CALLER_CODES.includes(code) || isRequestError(error)) return withoutInternals(formatted);
  if (code !== 'INTERNAL_SERVER_ERROR' || !formatted.extensions?.serviceName)
    log('error', 'request.failed', { cause: errorText(error) });
  const extensions = { code: 'INTERNAL_SERVER_ERROR', requestId };
  return { ...withoutInternals(formatted), message: BUG_MESSAGE, extensions };
}

/** What a request gets that is refused as a whole, as text. A bug is thrown: it is none of the caller's. */
export function refusalOf(causes: readonly unknown[], inquiry: Inquiry): string {
  const errors = causes.map((error) => {
    if (!(error instanceof GraphQLError)) throw error;
    return maskError(error.toJSON(), error, inquiry);
  });
  return `${JSON.stringify({ errors })}\n`;
}

function withoutInternals(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { serviceName: _serviceName, stacktrace: _stacktrace, ...extensions } = formatted.extensions ?? {};
  return { ...formatted, extensions };
}
