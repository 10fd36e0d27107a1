/**
 * Subgraphs that cost next to nothing: what a host answered once is given again to whoever asks the same, so that a bench
 * measures gateways. Arguments: the port, and the address of the host.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

const [port = '0', host = ''] = process.argv.slice(2);
/** Headers that an answer depends on, and those of it that gateways read. */
const ASKED = ['content-type', 'as-of', 'accept'];
const TOLD = ['content-type', 'as-of', 'cache-control'];

interface Known {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const known = new Map<string, Promise<Known>>();
let calls = 0;

const server = createServer((request, response) => {
  if (request.url === '/calls') {
    response.end(String(calls));
    return;
  }
  calls += 1;
  answer(request).then(
    ({ status, headers, body }) => response.writeHead(status, headers).end(body),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.keepAliveTimeout = 60_000;
server.listen(Number(port), '127.0.0.1', () => process.stdout.write(`ready at ${port}\n`));

async function answer(request: IncomingMessage): Promise<Known> {
  const body = await buffer(request);
  const key = `${request.url} ${request.headers['as-of'] ?? ''} ${body.toString('latin1')}`;
  const before = known.get(key);
  if (before) return before;
  const asked = ask(request, body);
  known.set(key, asked);
  return asked;
}

async function ask({ url, headers }: IncomingMessage, body: Buffer): Promise<Known> {
  const sent = Object.fromEntries(ASKED.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])));
  const response = await fetch(`${host}${url}`, { method: 'POST', headers: sent, body: new Uint8Array(body) });
  const text = Buffer.from(await response.arrayBuffer());
  const told = TOLD.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return {
    status: response.status,
    headers: { ...Object.fromEntries(told), 'content-length': String(text.length) },
    body: text,
  };
}
