import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { findSockets, type OpenSocket } from '../support/sockets.js';
import { until } from '../support/until.js';
import { type StartedWorld, startWorld } from '../support/world.js';

const RECEIVE_MS = 1000;

let world: StartedWorld;
beforeAll(async () => {
  world = await startWorld({ env: { RECEIVE_TIME_MS: String(RECEIVE_MS) } });
});
afterAll(() => world.stop());

const port = () => Number(new URL(world.url).port);

/** How a connection ended that nobody closed at this end. */
interface Ended {
  readonly status: number | null;
  readonly text: string;
  readonly ms: number;
}

/** Sends what is given, goes on with it, and waits until the server has ended the connection. */
function send(first: string, goOn: (socket: Socket) => void = () => {}): Promise<Ended> {
  const begun = performance.now();
  const socket = connect({ port: port(), host: '127.0.0.1', allowHalfOpen: true });
  let text = '';
  socket.on('connect', () => {
    socket.write(first);
    goOn(socket);
  });
  socket.on('data', (bytes) => {
    text += bytes.toString();
  });
  return new Promise((resolve, reject) => {
    const tooLong = setTimeout(() => reject(new Error(`it is still open, and has sent: ${text}`)), 15_000);
    socket.on('end', () => socket.end());
    socket.on('error', () => {}); // it may be reset under our pieces
    socket.on('close', () => {
      clearTimeout(tooLong);
      const status = /^HTTP\/1\.1 (\d+)/.exec(text)?.[1];
      resolve({ status: status === undefined ? null : Number(status), text, ms: performance.now() - begun });
    });
  });
}

/** Sends a piece again and again, and never ends. */
const dripping =
  (piece: string) =>
  (socket: Socket): void => {
    const timer = setInterval(() => socket.write(piece), 50);
    socket.on('close', () => clearInterval(timer));
  };

const POST = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\n`;
const BODY = '{"query":"{ region(code: \\"19.04\\") { name coverage { percent } } }"}';

describe('a request that never comes in whole', () => {
  const SLOW: readonly [string, string, string][] = [
    ['no byte', '', ''],
    ['a head without end', get('/graphql?query={__typename}'), 'x: y\r\n'],
    ['a body a byte at a time', `${POST}content-length: 100000\r\n\r\n`, 'x'],
    ['a body in chunks', `${POST}transfer-encoding: chunked\r\n\r\n`, '1\r\nx\r\n'],
    ['a body that stops', `${POST}content-length: 1000\r\n\r\n{`, ''],
    ['a head of a live query', get('/live?query={__typename}'), 'x: y\r\n'],
  ];

  test('has its connection closed in time, and nobody else waits', async () => {
    const asked = Promise.all(
      SLOW.map(async ([name, first, more]) => [name, await send(first, more ? dripping(more) : undefined)] as const),
    );
    const [begun, meanwhile] = [performance.now(), []] as [number, unknown[]];
    while (performance.now() - begun < 2 * RECEIVE_MS) meanwhile.push((await world.ask('{ __typename }')).data);
    const ended = await asked;
    expect(ended.map(([name, { status }]) => [name, status])).toEqual(SLOW.map(([name]) => [name, 408]));
    expect(ended.filter(([, { ms }]) => ms > 3 * RECEIVE_MS)).toEqual([]);
    expect(new Set(meanwhile.map((data) => JSON.stringify(data)))).toEqual(new Set(['{"__typename":"Query"}']));
  }, 20_000);

  test('after a request that was answered is ended as well', async () => {
    const [lane, live] = await Promise.all(
      ['/graphql?query={__typename}', '/live?query={__typename}'].map((path) =>
        send(`${get(path)}content-length: 100000\r\n\r\n`, dripping('x')),
      ),
    );
    expect([lane?.status, live?.status]).toEqual([200, 200]);
    expect([lane, live].filter((one) => Number(one?.ms) > 3 * RECEIVE_MS)).toEqual([]);
  }, 20_000);
});

describe('a client that closes its half after asking', () => {
  const end = (socket: Socket) => void socket.end();
  const answer = (text: string) => text.slice(text.indexOf('\r\n\r\n') + 4);

  test('gets the whole answer, computed or kept, and the server closes the other half', async () => {
    const query = encodeURIComponent('{ region(code: "19.05") { name } }');
    const whole = `${get(`/graphql?query=${query}`)}\r\n`;
    const ended = [
      await send(whole, end),
      await send(whole, end),
      await send(`${POST}content-length: ${BODY.length}\r\n\r\n${BODY}`, end),
    ];
    const [computed, kept, posted] = ended.map(({ status, text }) => [status, JSON.parse(answer(text)).data]);
    const name = [200, { region: { name: 'Kabupaten Bangka Barat' } }];
    expect([computed, kept, posted]).toEqual([name, name, [200, (await world.ask(JSON.parse(BODY).query)).data]]);
  });

  test('in the middle of its request is refused at once', async () => {
    const { status, ms } = await send(`${POST}content-length: 1000\r\n\r\n{`, end);
    expect([status, ms < RECEIVE_MS]).toEqual([400, true]);
  });

  test('no longer listens to a live answer', async () => {
    const { status, text } = await send(`${get('/live?query={__typename}')}\r\n`, (socket) =>
      socket.on('data', (bytes) => (bytes.includes('data:') ? socket.end() : null)),
    );
    expect([status, text.includes('data: {"data":{"__typename":"Query"}')]).toEqual([200, true]);
    const listeners = async () =>
      (await (await fetch(`${world.url}/metrics`)).text()).includes('cakupan_live_listeners 0\n');
    await until(listeners);
  });
});

test('clients that ask and vanish leave no socket behind', async () => {
  const ofServer = async () =>
    (await findSockets(process.pid)).filter((one: OpenSocket) => one.port === port() && one.farPort !== 0).length;
  const before = await ofServer();
  const paths = (n: number) =>
    n % 2 ? '/live?query={__typename}' : `/graphql?query=${encodeURIComponent(`query Q${n} { indicators { id } }`)}`;
  const gone = Array.from({ length: 50 }, (_, n) => {
    const socket = connect(port(), '127.0.0.1');
    socket.write(`${get(paths(n))}\r\n`);
    setTimeout(() => socket.resetAndDestroy(), n);
    return new Promise((resolve) => socket.on('error', () => {}).on('close', resolve));
  });
  await Promise.all(gone);
  await until(async () => (await ofServer()) <= before);
  expect((await world.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
});

describe('a client that asks and never reads', () => {
  /** Asks for the schema again and again on one connection, of which more is answered than the system takes for a client. */
  const asking = (path: string) => `${get(path)}\r\n`.repeat(300);

  test('has its connection closed in time, and nobody else waits', async () => {
    const schema = `/graphql?query=${encodeURIComponent(getIntrospectionQuery())}`;
    const socket = connect(port(), '127.0.0.1');
    socket.on('error', () => {}); // it is reset under what we ask
    socket.pause();
    socket.write(asking(schema));
    const isOpen = async () =>
      (await findSockets(process.pid)).some((one) => one.port === port() && one.farPort === socket.localPort);
    await until(isOpen);
    expect((await world.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
    await until(async () => !(await isOpen()), 5 * RECEIVE_MS);
    socket.destroy();
  }, 20_000);
});
