import { RequestError } from '../../kit/errors.js';

/** Why a call of a subgraph brought no answer that could be used. */
export type FailureKind =
  /** Nothing came, or not all of it. */
  | 'silent'
  /** What came is no answer of GraphQL, or more of it than is taken. */
  | 'invalid'
  /** The time of the request was over. */
  | 'late'
  /** Too many calls of the subgraph are under way. */
  | 'full'
  /** It failed too often, and is not asked for a while. */
  | 'resting';

export interface FailureFacts {
  /** True when no part of an answer had come, so that asking once more cannot do harm. */
  readonly isEarly?: boolean;
  readonly cause?: unknown;
}

/** `message` says what happened: for the log, and for what is invalid also for the caller. */
export class CallFailure extends Error {
  override name = 'CallFailure';
  readonly kind: FailureKind;
  readonly isEarly: boolean;

  constructor(kind: FailureKind, message: string, { isEarly = false, cause }: FailureFacts = {}) {
    super(message, cause === undefined ? {} : { cause });
    this.kind = kind;
    this.isEarly = isEarly;
  }
}

export function late(): CallFailure {
  return new CallFailure('late', 'the time of the request is over');
}

/** What the caller of the gateway is told: a typed error in the place of the fields, and when to ask again. */
export function toldFailure(subgraph: string, { kind, message }: CallFailure): RequestError {
  const again = { subgraph, retryAfterSeconds: 1 };
  const name = `Subgraph "${subgraph}"`;
  switch (kind) {
    case 'silent':
      return unavailable(`${name} did not answer; its fields are null. Try again later.`, { subgraph });
    case 'full':
      return unavailable(`${name} is asked too much at once; its fields are null. Ask again in a second.`, again);
    case 'resting':
      return unavailable(`${name} failed too often and is left alone; its fields are null. Try again later.`, again);
    case 'late':
      return unavailable(`${name} had no time left to answer; its fields are null. Ask for less at once.`, {
        subgraph,
      });
    case 'invalid':
      return invalid(subgraph, message);
  }
}

/** `what` came instead of an answer. */
export function invalid(subgraph: string, what: string): RequestError {
  const message = `Subgraph "${subgraph}" gave ${what}; its fields are null. Tell who runs it.`;
  return new RequestError('SUBGRAPH_INVALID', message, { subgraph });
}

function unavailable(message: string, details: Readonly<Record<string, unknown>>): RequestError {
  return new RequestError('SUBGRAPH_UNAVAILABLE', message, details);
}
