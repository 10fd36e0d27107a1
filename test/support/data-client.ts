import { createHash } from 'node:crypto';
import type { Role } from '../../services/kit/caller.js';
import type { DataOffice } from '../../services/kit/data-office.js';
import { createToken } from '../../services/kit/token.js';
import type { Result } from './world.js';

/** The codes that only those who publish are told, each provoked by data-errors.test.ts. */
export const DATA_CODES = [
  'BAD_FILE',
  'BAD_INSTANT',
  'BAD_TOKEN',
  'DATASET_NOT_EMPTY',
  'FILE_TOO_LARGE',
  'HASH_MISMATCH',
  'LOAD_NOT_ALLOWED',
  'NOT_ALLOWED',
  'OWN_RELEASE',
  'REASON_MISSING',
  'RELEASE_BUSY',
  'RELEASE_NOT_READY',
  'SPOOL_FULL',
  'STALE_DRAFT',
  'TOO_MANY_ATTEMPTS',
  'UNKNOWN_DATASET',
  'UNKNOWN_FILE',
  'UNKNOWN_RELEASE',
  'UPLOAD_BUSY',
  'WARNINGS_NOT_ACKNOWLEDGED',
  'WRONG_OFFSET',
] as const;

/** What a route of `/data` said. */
export interface Said {
  readonly status: number;
  /** The JSON as it came; `errors` where it was refused. */
  readonly body: Readonly<Record<string, unknown>> & Pick<Result, 'errors'>;
}

export interface Grant {
  readonly role: Role;
  readonly datasets?: readonly string[];
  readonly region?: string;
  readonly expiresInMs?: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The text of a new token. */
export async function tokenFor({ loader }: DataOffice, grant: Grant): Promise<string> {
  const { role, datasets = null, region = null, expiresInMs = DAY_MS } = grant;
  const now = loader.clock();
  return (await createToken(loader.db, { role, datasets, region, expiresAt: now + expiresInMs }, now)).text;
}

export function bearer(token: string | null): Record<string, string> {
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

/** Asks a route of `/data`; a body is sent as JSON. */
export async function askData(url: string, path: string, token: string | null, body?: unknown): Promise<Said> {
  const json = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(`${url}/data/${path}`, { ...json, headers: { ...type, ...bearer(token) } });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

export function hashOf(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Sends bytes of a file; what `chunk` leaves out is as if all of it were sent at once. */
export async function sendBytes(
  url: string,
  dataset: string,
  token: string | null,
  bytes: Buffer,
  chunk: { readonly hash?: string; readonly offset?: number; readonly length?: number } = {},
): Promise<Said> {
  const { hash = hashOf(bytes), offset = 0, length = bytes.length } = chunk;
  const response = await fetch(`${url}/data/${dataset}/files/${hash}`, {
    method: 'PATCH',
    headers: {
      'content-type': 'application/octet-stream',
      'upload-offset': String(offset),
      'upload-length': String(length),
      ...bearer(token),
    },
    body: new Uint8Array(bytes),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

/** Sends a file whole and asks for what is to become of it: `check`, `releases` or `load`. */
export async function sendFile(
  url: string,
  path: string,
  token: string | null,
  text: string,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<Said> {
  const [dataset = ''] = path.split('/');
  const sent = await sendBytes(url, dataset, token, Buffer.from(text));
  if (sent.status !== 200 && codeOf(sent) !== 'WRONG_OFFSET') return sent; // it may be there already
  return askData(url, path, token, { file: hashOf(text), ...fields });
}

/** The code of the one error; null where it was not refused. */
export function codeOf({ body: { errors = [] } }: Said): unknown {
  return errors[0]?.extensions?.code ?? null;
}
