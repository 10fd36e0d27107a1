import { type Dispatcher, request } from 'undici';
import { CommandFailure, EXIT, Refusal, type ServerError } from './exit.js';

/** The server that the command speaks to. Every call throws Refusal for a refusal and CommandFailure where none answers. */
export interface Server {
  get<T>(path: string): Promise<T>;
  /** Asks for work that may take a while; `tell` hears how far it is. */
  post<T>(path: string, body: object, tell?: (progress: { readonly rows?: number }) => void): Promise<T>;
  /** One exchange as it is, below `/data/`. */
  send(path: string, exchange: Exchange): Promise<Dispatcher.ResponseData>;
}

export interface Exchange {
  readonly method: Dispatcher.HttpMethod;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const NDJSON = 'application/x-ndjson';

export function connectServer(url: string, token: string | null): Server {
  const send = async (path: string, { method, headers = {}, body }: Exchange) => {
    const sent = request(new URL(path === '' ? '/data' : `/data/${path}`, url), {
      method,
      headers: { ...headers, ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: body ?? null,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const response = await sent.catch((error: unknown) => {
      throw unanswered(url, error);
    });
    if (![502, 503, 504].includes(response.statusCode)) return response;
    throw failureOf(await response.body.text().catch(() => '')) ?? unanswered(url, null);
  };
  return {
    send,
    async get<T>(path: string) {
      return readAnswer<T>(await send(path, { method: 'GET' }), url);
    },
    async post<T>(path: string, body: object, tell: (progress: { readonly rows?: number }) => void = () => {}) {
      const headers = { 'content-type': 'application/json', accept: NDJSON };
      const response = await send(path, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!String(response.headers['content-type']).startsWith(NDJSON)) return readAnswer<T>(response, url);
      return readLines<T>(response, url, tell);
    },
  };
}

/** The JSON of an answer. */
export async function readAnswer<T>({ body, statusCode }: Dispatcher.ResponseData, url: string): Promise<T> {
  const text = await body.text().catch((error: unknown) => {
    throw unanswered(url, error);
  });
  const answer = parse(text, url);
  if (statusCode >= 400 && !answer.errors) throw stranger(url, null);
  return accept<T>(answer, statusCode >= 500 && statusCode !== DISK_FULL);
}

async function readLines<T>(
  { body }: Dispatcher.ResponseData,
  url: string,
  tell: (progress: { readonly rows?: number }) => void,
): Promise<T> {
  let left = '';
  let last: Line | null = null;
  const take = (line: string) => {
    last = parse(line, url);
    if (last.progress) tell(last.progress);
  };
  body.setEncoding('utf8');
  try {
    for await (const chunk of body) {
      const lines = (left + chunk).split('\n');
      left = lines.pop() ?? '';
      for (const line of lines) take(line);
    }
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw unanswered(url, error);
  }
  if (last === null || 'progress' in last) throw unanswered(url, null);
  return accept<T>(last, false);
}

interface Line {
  readonly progress?: { readonly rows?: number };
  readonly errors?: readonly ServerError[];
}

function parse(text: string, url: string): Line {
  try {
    return JSON.parse(text) as Line; // what our server sends
  } catch (error) {
    throw stranger(url, error);
  }
}

/** Said with a reason, unlike other failures of a server. */
const DISK_FULL = 507;

/** Codes by which the server says that it failed, rather than that it refuses. */
const FAILURES: readonly string[] = ['INTERNAL_SERVER_ERROR', 'DATABASE_UNAVAILABLE'];

/** What our server says of its own failure; null where somebody between answered in its place. */
function failureOf(text: string): CommandFailure | null {
  try {
    const { errors } = JSON.parse(text) as Line; // what our server sends
    return errors ? new CommandFailure(errors.map(({ message }) => message).join('; '), EXIT.UNREACHABLE) : null;
  } catch {
    return null;
  }
}

function accept<T>(answer: Line, isBug: boolean): T {
  const { errors } = answer;
  const isOurs = isBug || FAILURES.includes(errors?.[0]?.extensions?.code ?? '');
  if (errors && isOurs) throw new CommandFailure(errors.map(({ message }) => message).join('; '), EXIT.UNREACHABLE);
  if (errors) throw new Refusal(errors);
  return answer as T; // the shape the route sends
}

function unanswered(url: string, cause: unknown): CommandFailure {
  return new CommandFailure(
    `the server at ${url} did not answer: start it, or give its address with --url`,
    EXIT.UNREACHABLE,
    { cause },
  );
}

function stranger(url: string, cause: unknown): CommandFailure {
  const message = `what answers at ${url} is no Cakupan server: give its address with --url`;
  return new CommandFailure(message, EXIT.UNREACHABLE, { cause });
}
