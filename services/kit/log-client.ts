import { request } from 'undici';
import type { EditionLog, LogPage } from './edition.js';
import { ERROR_CODES, type ErrorCode, RequestError } from './errors.js';

/** How long the registry may take: to be read, which is done again each second, and to decide. In milliseconds. */
const READ_MS = 2000;
const WRITE_MS = 15_000;

/**
 * The edition log of a registry in another process. What fails on the way throws a plain Error: it is not known then
 * whether the log has done what was asked, and every method may be called again.
 */
export function connectEditionLog(registryUrl: string, token: string | null): EditionLog {
  const url = new URL('/editions', registryUrl);
  const headers = {
    'content-type': 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  const post = async (path: string, content: object): Promise<unknown> => {
    const { statusCode, body } = await request(new URL(path, url), {
      method: 'POST',
      headers,
      body: JSON.stringify(content),
      signal: AbortSignal.timeout(WRITE_MS),
    });
    const answer = parse(await body.text());
    if (statusCode === 200) return answer;
    throw refusalOf(answer) ?? new Error(`the registry answered ${statusCode}`);
  };
  return {
    async read(afterRevision) {
      const { statusCode, body } = await request(new URL(`?after=${afterRevision}`, url), {
        signal: AbortSignal.timeout(READ_MS),
      });
      const text = await body.text();
      if (statusCode === 200) return readPage(parse(text));
      throw new Error(`the registry answered ${statusCode}`);
    },
    seal: async (seals) => void (await post('/editions', { seals })),
    report: async (tie, seals) => readFlag(await post('/editions/reports', { tie, seals }), 'sealed'),
    abandon: async (tie) => readFlag(await post('/editions/abandoned', { tie }), 'abandoned'),
    recordRedaction: async (dataset) => void (await post('/editions/redactions', { dataset })),
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** JSON, or undefined for anything else: a proxy on the way may answer with a page. */
function parse(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined; // an object has fields
  } catch {
    return undefined;
  }
}

function readPage(page: Fields | undefined): LogPage {
  const { now, seals, redactions } = page ?? {};
  if (Number.isSafeInteger(now) && Array.isArray(seals) && Number.isSafeInteger(redactions))
    return page as unknown as LogPage; // what the registry's route sends
  throw new Error('the registry answered with something else than a page of the edition log');
}

function readFlag(answer: unknown, name: string): boolean {
  const value = typeof answer === 'object' && answer !== null ? (answer as Fields)[name] : undefined; // likewise
  if (typeof value === 'boolean') return value;
  throw new Error(`the registry answered without "${name}"`);
}

function refusalOf(answer: unknown): RequestError | null {
  const { error } = (answer ?? {}) as { readonly error?: { readonly code?: unknown; readonly message?: unknown } }; // looked at below
  if (typeof error?.code !== 'string' || !Object.hasOwn(ERROR_CODES, error.code)) return null;
  return new RequestError(error.code as ErrorCode, String(error.message)); // it is one of ours
}
