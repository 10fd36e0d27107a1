import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync } from 'node:zlib';
import { answerTo, type Question } from './canned.js';

/** One request that reached us, whatever host it was meant for. */
export interface Asked {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** Body and headers of the answer, in bytes, as far as we wrote them. */
  bytes: number;
}

/** What the API does with a question: answers, or fails in its own way. */
export type Behaviour = (question: Question, response: ServerResponse) => void | Promise<void>;

export interface Page {
  readonly body: string;
  readonly head?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly attributes?: string; // of the root element
  readonly bare?: boolean; // without the tag's module and the probe
}

/** A partner's page, the host of the module and the API: one server under names of its own, so that they are strangers. */
export interface Site {
  readonly partner: string;
  readonly cdn: string;
  readonly api: string;
  readonly asked: Asked[];
  /** Serves a page of the partner, and gives its address. */
  show(page: Page): string;
  behave(behaviour: Behaviour): void;
  /** Cuts every connection that is open, as a network that goes does. */
  cut(): void;
  stop(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', html: 'text/html' };
const FOLDERS: readonly (readonly [RegExp, string])[] = [
  [/^\/(?:widget\/v1|copy)\/([\w.-]+\.js)$/, 'dist/widget'],
  [/^\/lit\/(lit-html\.js)$/, 'node_modules/lit-html'],
  [/^\/page\/([\w.-]+\.(?:js|html))$/, 'test/engines/page'],
  [/^\/demo\/([\w.-]+\.\w+)$/, 'widget/demo'],
];

export const well: Behaviour = async (question, response) => sendJson(response, await answerTo(question));

/** Answers to the paths that always behave in one way, for `api` attributes such as `https://…/stale`. */
const ALWAYS: Readonly<Record<string, Behaviour>> = {
  fail: (_, response) => void response.writeHead(503).end(),
  slow: () => {},
  stale: async (question, response) => {
    const answer = await answerTo(question);
    sendJson(response, { ...answer, extensions: { ...answer.extensions, stale: true } });
  },
};

export function sendJson(response: ServerResponse, body: object): void {
  send(response, 'application/json', JSON.stringify(body));
}

/** In brotli at its best where the browser takes it, as the gateway sends what it keeps. */
function send(response: ServerResponse, type: string, body: string | Buffer): void {
  const isBrotli = /\bbr\b/.test(`${response.req.headers['accept-encoding']}`);
  response.writeHead(200, { 'content-type': type, ...(isBrotli && { 'content-encoding': 'br' }) });
  response.end(isBrotli ? brotliCompressSync(body) : body);
}

export async function startSite(): Promise<Site> {
  const asked: Asked[] = [];
  const pages = new Map<string, string>();
  const headersOf = new Map<string, Readonly<Record<string, string>>>();
  let behaviour = well;
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site.test');
    const entry = { method: `${request.method}`, host: hostOf(request), path: pathname, bytes: 0 };
    asked.push(entry);
    count(response, entry);
    response.setHeader('access-control-allow-origin', '*');
    const page = pages.get(pathname);
    if (page) return response.writeHead(200, { 'content-type': 'text/html', ...headersOf.get(pathname) }).end(page);
    const file = fileOf(pathname);
    if (file) return sendFile(response, file);
    const [, always] = /^(?:\/(\w+))?\/graphql$/.exec(pathname) ?? [null, null];
    if (always === null) return response.writeHead(404).end();
    const question = await questionOf(request, searchParams);
    return (always ? (ALWAYS[always] ?? well) : behaviour)(question, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // listening on a port, not a pipe
  const cdn = `http://widget.localhost:${port}`;
  return {
    partner: `http://partner.localhost:${port}`,
    cdn,
    api: `http://api.localhost:${port}`,
    asked,
    show: (page) => {
      const path = `/p${pages.size}`;
      pages.set(path, pageOf(page, cdn));
      headersOf.set(path, page.headers ?? {});
      return `http://partner.localhost:${port}${path}`;
    },
    behave: (next) => {
      behaviour = next;
    },
    cut: () => server.closeAllConnections(),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function pageOf({ body, head = '', attributes = 'lang="id"', bare = false }: Page, cdn: string): string {
  const scripts = bare
    ? ''
    : `<script src="${cdn}/page/probe.js"></script><script type="module" src="${cdn}/widget/v1/coverage-widget.js"></script>`;
  return `<!doctype html><html ${attributes}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Mitra</title>${head}${scripts}</head><body><main><h1>Mitra</h1>${body}</main></body></html>`;
}

function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').split(':')[0] ?? '';
}

function fileOf(path: string): string | null {
  for (const [pattern, folder] of FOLDERS) {
    const [, name] = pattern.exec(path) ?? [];
    if (name) return `${folder}/${name}`;
  }
  return null;
}

function sendFile(response: ServerResponse, file: string): void {
  const type = TYPES[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  try {
    send(response, `${type}; charset=utf-8`, readFileSync(file));
  } catch {
    response.writeHead(404).end();
  }
}

async function questionOf(request: IncomingMessage, search: URLSearchParams): Promise<Question> {
  if (request.method !== 'POST') {
    const variables = JSON.parse(search.get('variables') ?? '{}');
    return { documentId: search.get('documentId'), query: search.get('query'), variables };
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // a stream of bytes
  const { documentId, query, variables = {} } = JSON.parse(Buffer.concat(chunks).toString());
  return { documentId, query, variables };
}

/** Counts the bytes of an answer's body as they are written. */
function count(response: ServerResponse, entry: Asked): void {
  const { end } = response;
  response.end = function counted(this: ServerResponse, ...args: unknown[]) {
    const [body] = args;
    if (typeof body === 'string' || Buffer.isBuffer(body)) entry.bytes += Buffer.byteLength(body);
    return Reflect.apply(end, this, args);
  } as typeof end; // the same arguments, handed on
}
