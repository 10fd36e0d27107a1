import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the far end does with a question; it may answer late, half, or never. */
export type Behaviour = (codes: readonly string[], response: ServerResponse, request: IncomingMessage) => void;

export interface FarEnd {
  /** `http://127.0.0.1:port`, and the same server under another name: another origin. */
  readonly origin: string;
  readonly otherOrigin: string;
  /** Every question so far, by the codes it asked for. */
  readonly asked: (readonly string[])[];
  behave(behaviour: Behaviour): void;
  /** Serves a page with this body at `/`. */
  show(body: string, headers?: Readonly<Record<string, string>>): void;
  stop(): Promise<void>;
}

const EDITION = '2026-11-22T01:30:00.000Z';
const built = new URL('../../dist/widget/', import.meta.url);

/** Canned regions by code: the facts of the real ones, invented figures under invented codes (99.xx). */
export const regions: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(new URL('../../widget/demo/regions.json', import.meta.url), 'utf8'),
);

/** The whole answer to these codes, as the API gives it. */
export function answerTo(codes: readonly string[], extensions: object = {}): object {
  const errors = codes.flatMap((code, place) => {
    if (regions[code]) return [];
    const message = `No region has the code "${code}".`;
    return [{ message, path: ['cards', place], extensions: { code: 'UNKNOWN_REGION' } }];
  });
  const data = { cards: codes.map((code) => regions[code] ?? null) };
  return { data, ...(errors.length > 0 && { errors }), extensions: { edition: EDITION, ...extensions } };
}

export const well: Behaviour = (codes, response) => sendJson(response, answerTo(codes));

export function sendJson(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** A server for the partner's page, the built tag, and an API that behaves as the test wants. */
export async function startFarEnd(): Promise<FarEnd> {
  const asked: (readonly string[])[] = [];
  let behaviour = well;
  let page = { body: '', headers: {} };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://far.test');
    response.setHeader('access-control-allow-origin', '*');
    if (pathname === '/')
      return response.writeHead(200, { 'content-type': 'text/html', ...page.headers }).end(page.body);
    const [, module] = /\/([\w-]+\.js)$/.exec(pathname) ?? [];
    if (module) {
      return response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(new URL(module, built)));
    }
    if (pathname !== '/graphql') return response.writeHead(404).end();
    const { cards } = JSON.parse(searchParams.get('variables') ?? '{}');
    asked.push(cards);
    return behaviour(cards, response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // listening on a port, not a pipe
  return {
    origin: `http://127.0.0.1:${port}`,
    otherOrigin: `http://widget.localhost:${port}`,
    asked,
    behave: (next) => {
      behaviour = next;
    },
    show: (body, headers = {}) => {
      page = {
        body: `<!doctype html><html lang="id"><title>Mitra</title><main><h1>Mitra</h1>${body}</main></html>`,
        headers,
      };
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
