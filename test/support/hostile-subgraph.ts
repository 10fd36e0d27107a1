import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What a subgraph of another team may do wrong. Each takes the place of a good answer. */
export type Mischief = (request: IncomingMessage, response: ServerResponse) => unknown;

const JSON_TYPE = { 'content-type': 'application/json' };
const GOOD = { offices: 3, head: { name: 'Sari' } };
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const ENDLESS = nested(20_000);
const answers = (response: ServerResponse) =>
  response.writeHead(200, JSON_TYPE).end(JSON.stringify({ data: { _entities: [GOOD] } }));

/** A whole answer, of any status, type and text. */
export const sends =
  (body: string | Buffer, status = 200, headers: Readonly<Record<string, string>> = {}): Mischief =>
  (_, response) =>
    response.writeHead(status, { ...JSON_TYPE, ...headers }).end(body);

/** A GraphQL answer with these entities. */
export const gives = (...entities: unknown[]): Mischief => sends(JSON.stringify({ data: { _entities: entities } }));

let resets = 0;

/** Each by what it does. */
export const MISCHIEF = {
  answers: (_, response) => answers(response),
  hangs: () => {},
  'drips a byte at a time': (_, response) => {
    response.writeHead(200, JSON_TYPE);
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  },
  'resets the connection': ({ socket }) => socket.resetAndDestroy(),
  'resets the connection once': (request, response) => {
    resets += 1;
    return resets % 2 === 1 ? request.socket.resetAndDestroy() : answers(response);
  },
  'closes in the middle of its answer': (_, response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': '100' }).write('{"data":{"_ent');
    setTimeout(() => response.destroy(), 20);
  },
  'speaks no HTTP': ({ socket }) => socket.end('220 mail.example.org ESMTP\r\n'),
  'sends HTML': sends('<html>maintenance</html>', 200, { 'content-type': 'text/html; charset=utf-8' }),
  'sends HTML as JSON': sends('<html>maintenance</html>'),
  'sends HTML with 502': sends('<html>Bad gateway</html>', 502, { 'content-type': 'text/html' }),
  'sends JSON as text': sends('{"data":{"_entities":[{"offices":3}]}}', 200, { 'content-type': 'text/plain' }),
  'ends its JSON too early': sends('{"data":{"_entities":[{"off'),
  'packs its answer': sends(gzipSync('{"data":{"_entities":[{"offices":3}]}}'), 200, { 'content-encoding': 'gzip' }),
  'never ends': (_, response) => {
    response.writeHead(200, JSON_TYPE).write('{"data":"');
    const pour = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    };
    response.on('drain', pour);
    pour();
  },
  'announces ten gigabytes': (_, response) =>
    response.writeHead(200, { ...JSON_TYPE, 'content-length': '10000000000' }).write('{'),
  'sends headers without end': sends('{}', 200, { 'x-long': 'x'.repeat(200_000) }),
  redirects: sends('', 307, { location: '/elsewhere' }),
  'fails with 500': sends('', 500),
  'fails with 500 and errors': sends('{"errors":[{"message":"at Object.query (db.js:12)"}]}', 500),
  'fails with 500, errors and data': sends(
    '{"data":{"_entities":[{"offices":null}]},"errors":[{"message":"lost","path":["_entities",0,"offices"]}]}',
    500,
  ),
  'does not know its own schema': sends(
    '{"errors":[{"message":"Cannot query field","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}',
    400,
  ),
  'sends a list': sends('[]'),
  'sends null': sends('null'),
  'sends nothing of an answer': sends('{"ok":true}'),
  'sends null data without an error': sends('{"data":null}'),
  'sends data that is a list': sends('{"data":[1]}'),
  'sends errors that are a text': sends('{"data":null,"errors":"down"}'),
  'sends errors with places that are none': sends('{"data":null,"errors":[{"message":"x","path":[{}]}]}'),
  'sends thousands of errors': sends(
    `{"data":null,"errors":[${Array.from({ length: 20_000 }, () => '{"message":"x"}').join()}]}`,
  ),
  'leaves the entities out': sends('{"data":{}}'),
  'sends too few entities': gives(),
  'sends too many entities': gives(GOOD, GOOD, GOOD),
  'sends entities that are numbers': gives(7),
  'sends entities that are no list': sends('{"data":{"_entities":{"0":{"offices":3}}}}'),
  'sends an entity of another type': gives({ __typename: 'Nobody', offices: 3 }),
  'sends a text for a number': gives({ offices: 'three' }),
  'sends a number for an object': gives({ offices: 3, head: 5 }),
  'sends null for what must not be': gives({ offices: 3, head: { name: null } }),
  'nests lists without end': sends(`{"data":{"_entities":[{"offices":3,"head":${ENDLESS}}]}}`),
  'nests nine hundred kilobytes': sends(`{"data":{"_entities":[{"more":${nested(450_000)}}]}}`),
  'nests a value without end': sends(`{"data":{"_entities":[{"offices":${ENDLESS}}]}}`),
  'adds fields nobody asked for': sends(
    `{"data":{"_entities":[{"offices":3,"name":"Mallory","__proto__":{"steady":"no"},"deep":${ENDLESS}}],"steady":"no"}}`,
  ),
} satisfies Readonly<Record<string, Mischief>>;

export type MischiefName = keyof typeof MISCHIEF;

export interface HostileSubgraph {
  readonly origin: string;
  /** What it does from now on. */
  behave(mischief: Mischief): void;
  /** The requests it got since it was asked last: their paths with the headers. */
  requests(): { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  stop(): Promise<void>;
}

/** A real server on this machine. */
export async function startHostile(): Promise<HostileSubgraph> {
  let current: Mischief = MISCHIEF.answers;
  let seen: { path: string; headers: IncomingMessage['headers'] }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? '', headers: request.headers });
    request.resume().on('end', () => current(request, response));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    origin: `http://127.0.0.1:${port}`,
    behave: (mischief) => {
      current = mischief;
    },
    requests() {
      const taken = seen;
      seen = [];
      return taken;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
