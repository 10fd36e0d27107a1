import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Attempts, createAttempts } from './attempts.js';
import { type AuditTrail, createAuditTrail } from './audit.js';
import type { Caller } from './caller.js';
import type { Database } from './database.js';
import { RequestError } from './errors.js';
import { createReadJwt, type IdentityProvider, type ReadJwt } from './identity.js';
import type { Log } from './log.js';
import type { Instant } from './period.js';
import { findToken } from './token.js';

/**
 * Who sends a request, by its `authorization` header. Throws BAD_TOKEN, in the same words whatever is wrong with it, and
 * TOO_MANY_ATTEMPTS after too many of those from this address.
 */
export type Authenticate = (
  headers: { readonly authorization?: string | undefined },
  address: string,
) => Promise<Caller>;

export interface AuthenticateOptions {
  readonly db: Database;
  /** Whose JWTs are taken too; null for nobody's. */
  readonly identity: IdentityProvider | null;
  readonly clock: () => Instant;
  readonly log: Log;
}

interface Parts extends AuthenticateOptions {
  readonly trail: AuditTrail;
  readonly readJwt: ReadJwt | null;
}

/** Credentials that were good within the hour need not wait for what others at the same address do. */
const PROVEN = { max: 1000, ttl: 60 * 60 * 1000 } as const;

export function createAuthenticate(options: AuthenticateOptions): Authenticate {
  const { db, identity, clock, log } = options;
  const readJwt = identity && createReadJwt(identity, clock);
  const parts: Parts = { ...options, readJwt, trail: createAuditTrail(db, clock) };
  const attempts: Attempts = createAttempts(clock);
  const proven = new LRUCache<string, true>({ ...PROVEN, perf: { now: clock }, ttlResolution: 0 });

  return async ({ authorization }, address) => {
    const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (given === undefined) throw refusal(); // nothing was tried
    const name = createHash('sha256').update(given).digest('hex');
    if (!proven.has(name)) attempts.demand(address);
    const caller = await findCaller(parts, given);
    if (caller !== null) {
      proven.set(name, true);
      return caller;
    }
    proven.delete(name);
    attempts.fail(address);
    log('warn', 'credential.refused');
    throw refusal();
  };
}

/** Null for a credential that is not good. The use of a known token that has ended is written down. */
async function findCaller({ db, clock, readJwt, trail }: Parts, given: string): Promise<Caller | null> {
  const isJwt = given.split('.').length === 3;
  if (isJwt) return (await readJwt?.(given)) ?? null;
  const shown = await findToken(db, given, clock());
  if (shown === null) return null;
  if (shown.fault === null) return shown.caller;
  await trail.audit(shown.caller, 'authenticate', null, null, shown.fault);
  return null;
}

function refusal(): RequestError {
  return new RequestError(
    'BAD_TOKEN',
    'This needs a token that is good: send "authorization: Bearer ..." with one that `cakupan token create` has made.',
  );
}
