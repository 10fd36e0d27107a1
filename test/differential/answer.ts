import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { BUG_MESSAGE, ERROR_CODES } from '../../services/kit/errors.js';

/** An answer as it is compared. */
export interface Answer {
  /** Undefined where the whole request was refused. */
  readonly data: unknown;
  /** What subgraphs have told. */
  readonly told: readonly AnswerError[];
  /** What the gateway itself found wrong with what they gave. */
  readonly found: readonly AnswerError[];
}

export interface AnswerError {
  readonly message: string;
  readonly code: string;
  readonly path: Place;
}

/** Response names and indices. */
export type Place = readonly (string | number)[];

/** Reads the body of an answer. Apollo's gateway puts what it finds wrong into the extensions, ours into the errors. */
export function readAnswer(body: string): Answer {
  const { data, errors = [], extensions = {} } = JSON.parse(body);
  const all: readonly AnswerError[] = errors.map(errorOf);
  return {
    data,
    told: all.filter(({ code }) => code !== 'SUBGRAPH_INVALID'),
    found: [
      ...all.filter(({ code }) => code === 'SUBGRAPH_INVALID'),
      ...(extensions.valueCompletion ?? []).map(errorOf),
    ],
  };
}

/** The answer of a schema without a gateway; a value that the API does not show is what a gateway would find. */
export function readResult({ data, errors = [] }: ExecutionResult): Answer {
  if (data === undefined) return { data, told: errors.map(refusalOf), found: [] };
  const plain: unknown = JSON.parse(JSON.stringify(data));
  const isHidden = ({ message }: GraphQLError) => message.startsWith('Enum "');
  const read = (error: GraphQLError) => errorOf(masked(error.toJSON()));
  return {
    data: plain,
    told: errors.filter((error) => !isHidden(error)).map(read),
    found: errors.filter(isHidden).map(read),
  };
}

/** Only variables that are not of their types make graphql-js refuse a valid operation. */
function refusalOf({ message }: GraphQLError): AnswerError {
  return { message, path: [], code: 'BAD_USER_INPUT' };
}

/** What a gateway makes of an error without a code of ours. */
function masked(error: GraphQLFormattedError): GraphQLFormattedError {
  if (String(error.extensions?.code) in ERROR_CODES) return error;
  return { ...error, message: BUG_MESSAGE, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

function errorOf({ message, path = [], extensions = {} }: GraphQLFormattedError): AnswerError {
  return { message, path, code: String(extensions.code ?? '') };
}
