import { GraphQLError } from 'graphql';

/** Every code a caller can get, with what it means. docs/errors.md lists the same codes; a test compares them. */
export const ERROR_CODES = {
  BAD_REGION_CODE: 'The region code is not of a form we know.',
  UNKNOWN_REGION: 'The code is well-formed but names no region of this edition.',
  UNKNOWN_INDICATOR: 'No indicator has this id.',
  NOT_COMPARABLE: 'Figures of different definitions were to be compared or ranked.',
  BAD_DATE: 'A date is not a day, month or year.',
  BAD_PERIOD: 'A period is not a date or two dates with a slash between.',
  BAD_ARGUMENT: 'An argument has a value outside its range or list.',
  BAD_AS_OF: 'asOf is not a date or an instant.',
  AS_OF_IN_FUTURE: 'asOf lies after now.',
  AS_OF_UNSUPPORTED: 'A field comes from a subgraph that keeps no past.',
  AS_OF_NOT_SEALED: 'A subgraph was asked for an instant that no edition sealed.',
  EDITION_NOT_READY: 'The gateway, or the database of a subgraph, has not got the edition yet.',
  NOT_YET_KEPT: 'asOf lies before the first edition of the dataset.',
  SUBGRAPH_UNAVAILABLE: 'A subgraph did not answer; its fields are null.',
  SUBGRAPH_INVALID: 'A subgraph gave what its schema does not allow; its fields are null.',
  QUERY_TOO_COSTLY: 'The operation is too deep, too broad or too costly.',
  TOO_MANY_REQUESTS:
    'More was asked for from one address than is done for one: answers computed, or live answers to listen to.',
  OVERLOADED: 'The server has more to do than it can.',
  UNKNOWN_DOCUMENT: 'No trusted document has this id.',
  UNTRUSTED_DOCUMENT: 'This gateway answers its own documents only.',
  PERSISTED_QUERY_NOT_FOUND: 'No document with this hash was sent here before.',
  TOO_MANY_LISTENERS: 'As many listen to live answers as this gateway serves.',
  BAD_REQUEST: 'The request is not a GraphQL request.',
  UNKNOWN_DATASET: 'No dataset has this name.',
  DATASET_NOT_EMPTY: 'A first load met a dataset that already has releases.',
  BAD_FILE: 'A data file was refused; the report says where and why.',
  UNKNOWN_FILE: 'No whole file with this hash has been sent.',
  WRONG_OFFSET: 'Bytes of a file were sent that do not go on where it ends so far.',
  HASH_MISMATCH: 'The bytes of a file are not those that its hash names.',
  UPLOAD_BUSY: 'The same file is being sent, or published, by somebody else.',
  FILE_TOO_LARGE: 'A data file is larger than this server takes.',
  SPOOL_FULL: 'The disk of the server is full.',
  DATABASE_FULL: 'The database of the server has no room left.',
  DATABASE_UNAVAILABLE: 'The database of the server does not answer.',
  LOAD_NOT_ALLOWED: 'The token is good, but a first load needs the load token.',
  BAD_TOKEN: 'There is no token, or it is not good.',
  NOT_ALLOWED: 'The token is good, but not for this.',
  TOO_MANY_ATTEMPTS: 'Too many tokens that are not good came from one place.',
  WARNINGS_NOT_ACKNOWLEDGED: 'A data file has warnings that were not acknowledged by name.',
  UNKNOWN_RELEASE: 'No release has this id.',
  RELEASE_NOT_READY: 'A release is not in the state that the step needs.',
  RELEASE_BUSY: 'Another release is being published, and this one has to wait for it.',
  STALE_DRAFT: 'Others have published since the draft was compared.',
  OWN_RELEASE: 'A release was to be approved by its creator.',
  BAD_INSTANT: 'An instant of publication is in the past, too near, too far ahead, or missing.',
  REASON_MISSING: 'A correction, withdrawal or redaction, or a file that changes what is published, gave no reason.',
  SEAL_TOO_LATE: 'A seal came too near to its instant; the instant is not used.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** A mistake of the caller. The message says what came, what was expected and what to do. Everything else is a bug. */
export class RequestError extends GraphQLError {
  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message, { extensions: { ...details, code } });
    this.name = 'RequestError';
  }

  get code(): ErrorCode {
    return this.extensions.code as ErrorCode; // the constructor put it there
  }
}

/** True for a mistake of the caller, also when graphql-js has wrapped it with a path. */
export function isRequestError(error: unknown): boolean {
  if (error instanceof RequestError) return true;
  return error instanceof GraphQLError && error.originalError instanceof RequestError;
}

/** All that a caller learns of a bug. */
export const BUG_MESSAGE = 'Something went wrong on our side; it is logged.';

/** The text of anything thrown, for a log line. */
export function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
