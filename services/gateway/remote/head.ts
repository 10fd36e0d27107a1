import { CallFailure } from './failure.js';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** What stands in front of the body of an answer. */
export interface Head {
  readonly status: number;
  readonly headers: Headers;
}

const JSON_TYPE = /^application\/(json|graphql-response\+json)\s*(;|$)/i;

/**
 * Null where the body may be an answer of GraphQL: that is JSON, or does not say what it is, of any status but a redirect,
 * not packed, not too long.
 */
export function judgeHead({ status, headers }: Head, maxBytes: number): CallFailure | null {
  if (status < 200) return null; // the head of the answer is still to come
  if (status >= 300 && status < 400) return new CallFailure('invalid', `a redirect (status ${status})`);
  const type = String(headers['content-type'] ?? '');
  if (type !== '' && !JSON_TYPE.test(type)) {
    const what = `${typeName(type)} in place of JSON (status ${status})`;
    return new CallFailure(isDown(status) ? 'silent' : 'invalid', what);
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) return tooLong(maxBytes);
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity')
    return new CallFailure('invalid', 'a packed answer, which was not asked for');
  return null;
}

export function tooLong(maxBytes: number): CallFailure {
  return new CallFailure('invalid', `an answer of more than ${maxBytes} bytes`);
}

/** True for what proxies say of a service that is not there, and a service that is not well of itself. */
export function isDown(status: number): boolean {
  return status >= 500 || status === 429;
}

function typeName(type: string): string {
  return /^[\w.+-]{1,40}\/[\w.+-]{1,60}/.exec(type)?.[0] ?? 'a type without a name';
}
