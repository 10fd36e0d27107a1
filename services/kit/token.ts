import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Caller, isRole, type Role } from './caller.js';
import type { Database, DbRow } from './database.js';
import { RequestError } from './errors.js';
import { endOfDate, type Instant, isDate } from './period.js';

/** What a token is made for. */
export interface TokenGrant {
  readonly role: Role;
  /** Names of datasets; null for all. */
  readonly datasets: readonly string[] | null;
  /** A region code, with everything below it; null for all. */
  readonly region: string | null;
  readonly expiresAt: Instant;
}

/** A new token. The text is what its holder shows; it is kept nowhere and cannot be told again. */
export interface NewToken {
  readonly id: string;
  readonly text: string;
}

/** A token as it is kept, without its text. */
export interface KeptToken extends TokenGrant {
  readonly id: string;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
  /** When it was last used; null for never. */
  readonly usedAt: Instant | null;
}

/** A token that was shown. Its fault is null while it is good; known tokens may be good no more. */
export interface Shown {
  readonly caller: Caller;
  readonly fault: 'REVOKED' | 'EXPIRED' | null;
}

const ID_LETTERS = 'abcdefghjkmnpqrstuvwxyz023456789'; // 32, so that five random bits are one letter
const ID_LENGTH = 8;
const FORM = /^cak_([a-z0-9]{8})_[A-Za-z0-9_-]{43}$/;

const DAY_MS = 24 * 60 * 60 * 1000;
const UNITS_MS = { h: 60 * 60 * 1000, d: DAY_MS } as const;
const LONGEST_DAYS = 731;

/** Makes a token and keeps its hash. Its 256 random bits cannot be guessed from a plain SHA-256, so no pepper is needed. */
export async function createToken(db: Database, grant: TokenGrant, now: Instant): Promise<NewToken> {
  const letters = randomLetters();
  const token = { id: `tok_${letters}`, text: `cak_${letters}_${randomBytes(32).toString('base64url')}` };
  const { role, datasets, region, expiresAt } = grant;
  await db.write((tx) =>
    tx.query(
      'INSERT INTO token (id, hash, role, datasets, region, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [token.id, hashOf(token.text), role, datasets && JSON.stringify(datasets), region, now, expiresAt],
    ),
  );
  return token;
}

/** The token with this text; null when there is none. Takes the same time for a wrong secret as for an unknown id. */
export async function findToken(db: Database, text: string, now: Instant): Promise<Shown | null> {
  const letters = FORM.exec(text)?.[1];
  if (letters === undefined) return null;
  const [row] = await db.query('SELECT * FROM token WHERE id = ?', [`tok_${letters}`]);
  const isRight = timingSafeEqual(Buffer.from(hashOf(text)), Buffer.from(row ? String(row.hash) : hashOf('')));
  if (!row || !isRight) return null;
  const { id, role, datasets, region, expiresAt } = readGrant(row);
  return { caller: { id, roles: [role], datasets, region }, fault: faultOf(row.revoked_at, expiresAt, now) };
}

/** Ends a token at once; one that was ended before keeps its first end. False when no token has this id. */
export async function revokeToken(db: Database, id: string, now: Instant): Promise<boolean> {
  await db.write((tx) => tx.query('UPDATE token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', [now, id]));
  const rows = await db.query('SELECT id FROM token WHERE id = ?', [id]);
  return rows.length > 0;
}

/** Every token there ever was, the newest first. */
export async function findTokens(db: Database): Promise<KeptToken[]> {
  const rows = await db.query(
    `SELECT t.*, (SELECT MAX(u.used_at) FROM token_use u WHERE u.caller = t.id) AS used_at
     FROM token t ORDER BY t.created_at DESC, t.id`,
  );
  return rows.map((row) => ({
    ...readGrant(row),
    createdAt: Number(row.created_at),
    revokedAt: numberOrNull(row.revoked_at),
    usedAt: numberOrNull(row.used_at),
  }));
}

/**
 * When a token ends: `90d` and `12h` from now, `2026-12-01` with the end of that day in WIB.
 * Throws BAD_ARGUMENT for anything else, for the past and for more than two years.
 */
export function readExpiry(text: string, now: Instant): Instant {
  const expiresAt = expiryOf(text, now);
  if (expiresAt !== null && expiresAt > now && expiresAt <= now + LONGEST_DAYS * DAY_MS) return expiresAt;
  throw new RequestError(
    'BAD_ARGUMENT',
    `A token cannot end at "${text}": write 90d, 12h or a day to come such as ${dayAfter(now)}, two years at most.`,
  );
}

function expiryOf(text: string, now: Instant): Instant | null {
  const span = /^([1-9]\d{0,4})([hd])$/.exec(text);
  if (span) return now + Number(span[1]) * UNITS_MS[span[2] as 'h' | 'd']; // the form has no other letter
  return text.length === 10 && isDate(text) ? endOfDate(text) : null;
}

function dayAfter(now: Instant): string {
  return new Date(now + 90 * DAY_MS).toISOString().slice(0, 10);
}

function faultOf(revokedAt: unknown, expiresAt: Instant, now: Instant): Shown['fault'] {
  if (revokedAt !== null) return 'REVOKED';
  return now < expiresAt ? null : 'EXPIRED';
}

function readGrant(row: DbRow): TokenGrant & { readonly id: string } {
  const role = row.role;
  if (!isRole(role)) throw new Error(`token ${row.id} has the unknown role "${role}"`);
  return {
    id: String(row.id),
    role,
    datasets: row.datasets === null ? null : JSON.parse(String(row.datasets)), // a list of names, written by createToken
    region: row.region === null ? null : String(row.region),
    expiresAt: Number(row.expires_at),
  };
}

function randomLetters(): string {
  return [...randomBytes(ID_LENGTH)].map((byte) => ID_LETTERS[byte % ID_LETTERS.length]).join('');
}

function numberOrNull(value: unknown): number | null {
  return value === null ? null : Number(value);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
