import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { type Caller, isRole } from './caller.js';
import type { Instant } from './period.js';
import { isRegionCode } from './region-code.js';

/** The identity provider of the operator, whose JWTs are taken beside tokens of our own. */
export interface IdentityProvider {
  /** Where it publishes its keys. */
  readonly jwksUrl: string;
  /** What `iss` of its JWTs must be. */
  readonly issuer: string;
  /** What `aud` must name. */
  readonly audience: string;
}

/**
 * The caller that a JWT names; null when the JWT is not good. Claims: `roles` and `datasets` (lists, or words with spaces
 * between), `region`. Without `datasets` all are meant, without `region` every region; one that is no such thing refuses
 * the JWT. Throws when the keys of the provider cannot be had.
 */
export type ReadJwt = (text: string) => Promise<Caller | null>;

/** Only signatures whose checking key is public: with `HS256` that public key would be a secret to sign with. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** How far the clocks of the provider and of ours may be apart. */
const TOLERANCE_SECONDS = 5;
/** How long keys are kept, how long an unknown key is not asked for again, how long a provider that failed is left alone. */
const KEYS_MS = { cacheMaxAge: 600_000, cooldownDuration: 30_000, timeoutDuration: 5_000 } as const;
const LEFT_ALONE_MS = 5_000;

/** What jose says of a JWT that is not good; anything else is a failure of the provider, or ours. */
const NOT_GOOD: ReadonlySet<string> = new Set([
  errors.JWTClaimValidationFailed.code,
  errors.JWTExpired.code,
  errors.JWTInvalid.code,
  errors.JWSInvalid.code,
  errors.JWSSignatureVerificationFailed.code,
  errors.JOSEAlgNotAllowed.code,
  errors.JOSENotSupported.code,
  errors.JWKSNoMatchingKey.code,
  errors.JWKSMultipleMatchingKeys.code,
]);

export function createReadJwt({ jwksUrl, issuer, audience }: IdentityProvider, clock: () => Instant): ReadJwt {
  const findKey = createRemoteJWKSet(new URL(jwksUrl), KEYS_MS);
  let failure: { readonly at: Instant; readonly cause: unknown } | null = null;
  return async (text) => {
    if (failure !== null && clock() - failure.at < LEFT_ALONE_MS) throw unavailable(failure.cause);
    try {
      const { payload } = await jwtVerify(text, findKey, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: new Date(clock()),
      });
      failure = null;
      return readCaller(payload);
    } catch (cause) {
      if (cause instanceof errors.JOSEError && NOT_GOOD.has(cause.code)) return null;
      failure = { at: clock(), cause };
      throw unavailable(cause);
    }
  };
}

/**
 * The id of whom a JWT names, which is no personal data of its own: the first 16 hexadecimal digits of the SHA-256 of
 * `["<iss>","<sub>"]`. The operator, who knows both, can tell whom an audited use was of.
 */
export function subjectId(issuer: string, subject: string): string {
  return `jwt_${createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex')
    .slice(0, 16)}`;
}

function readCaller({ iss, sub, roles, datasets, region }: JWTPayload): Caller | null {
  const words = [readWords(roles ?? []), datasets === undefined ? null : readWords(datasets)] as const;
  const isBad = words.includes(undefined) || !(region === undefined || isRegion(region));
  if (isBad || typeof iss !== 'string' || typeof sub !== 'string' || sub === '') return null;
  return {
    id: subjectId(iss, sub),
    roles: (words[0] ?? []).filter(isRole), // a provider has roles for other programs too
    datasets: words[1] ?? null,
    region: isRegion(region) ? region : null,
  };
}

/** A list of words, or words with spaces between; undefined for anything else. */
function readWords(claim: unknown): readonly string[] | undefined {
  if (typeof claim === 'string') return claim.split(' ').filter(Boolean);
  return Array.isArray(claim) && claim.every((word) => typeof word === 'string') ? claim : undefined;
}

function isRegion(claim: unknown): claim is string {
  return typeof claim === 'string' && isRegionCode(claim);
}

function unavailable(cause: unknown): Error {
  return new Error('the keys of the identity provider (JWKS_URL) cannot be had', { cause });
}
