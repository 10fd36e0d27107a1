import type { AddressInfo } from 'node:net';
import compress from '@fastify/compress';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { addDataProxy } from '../../services/gateway/data-proxy.js';
import { replyError } from '../../services/kit/error-reply.js';
import { silent } from '../../services/kit/log.js';
import { createHostApp } from '../../services/kit/serve.js';
import { askData, bearer, codeOf, hashOf, sendBytes, tokenFor } from '../support/data-client.js';
import { freshSqlite } from '../support/databases.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let host: FastifyInstance;
let proxy: FastifyInstance;
let origin: string;
let url: string;
let token: string;
/** What the host took for the address of who asked, last. */
let address = '';

beforeAll(async () => {
  world = await createWorld({ url: await freshSqlite() });
  const parts = { hosted: [], office: world.office, loadToken: null, isReady: () => true, log: silent };
  host = createHostApp({ ...parts, trustedProxies: ['loopback'] });
  host.addHook('onRequest', async ({ ip }) => {
    address = ip;
  });
  origin = await host.listen({ host: '127.0.0.1', port: 0 });
  proxy = await startProxy([origin]);
  url = addressOf(proxy);
  token = await tokenFor(world.office, { role: 'publisher' });
}, 60_000);

afterAll(async () => {
  await proxy.close();
  await host.close();
  await world.close();
});

async function startProxy(origins: readonly string[]): Promise<FastifyInstance> {
  const app = Fastify({ bodyLimit: 1000, trustProxy: ['loopback'] });
  await app.register(compress, { global: true, threshold: 0 });
  app.setErrorHandler((error, _request, reply) => replyError(error, reply, silent));
  addDataProxy(app, origins);
  await app.listen({ host: '127.0.0.1', port: 0 });
  return app;
}

function addressOf(app: FastifyInstance): string {
  const [{ port }] = app.addresses() as [AddressInfo]; // it listens, and on no pipe
  return `http://127.0.0.1:${port}`;
}

const TEXT = `region_code,date,segment,program,status,value,source_id\n${Array.from(
  { length: 2000 },
  (_, index) => `19.03,${1000 + index},PU,JHT,ACTIVE,1200,antara-babel-534790\n`,
).join('')}`;

test('passes bytes on to the host, and its answers back, whatever their size', async () => {
  const part = await sendBytes(url, 'participant_count', token, Buffer.from(TEXT).subarray(0, 50_000), {
    hash: hashOf(TEXT),
    length: TEXT.length,
  });
  const offset = Number(part.body.offset);
  expect([part.status, offset > 49_000]).toEqual([200, true]);
  const head = await fetch(`${url}/data/participant_count/files/${hashOf(TEXT)}`, {
    method: 'HEAD',
    headers: bearer(token),
  });
  expect([head.status, head.headers.get('upload-offset')]).toEqual([200, String(offset)]);
  const rest = Buffer.from(TEXT).subarray(offset);
  const whole = await sendBytes(url, 'participant_count', token, rest, {
    hash: hashOf(TEXT),
    offset,
    length: TEXT.length,
  });
  expect(whole).toEqual({ status: 200, body: { offset: TEXT.length, isWhole: true } });
  const checked = await askData(url, 'participant_count/check', token, { file: hashOf(TEXT) });
  expect(checked.body).toMatchObject({ report: { rows: 2000 } });
});

test('passes lines on as they come', async () => {
  const file = TEXT.split('\n').slice(0, 3).join('\n');
  await sendBytes(url, 'participant_count', token, Buffer.from(`${file}\n`));
  const response = await fetch(`${url}/data/participant_count/check`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/x-ndjson', ...bearer(token) },
    body: JSON.stringify({ file: hashOf(`${file}\n`) }),
  });
  expect([response.headers.get('content-type'), response.headers.get('content-encoding')]).toEqual([
    'application/x-ndjson',
    null,
  ]);
  expect((await response.text()).split('\n').length).toBeGreaterThan(2);
});

test('passes the CSV and its tags on, packed once', async () => {
  const response = await fetch(`${url}/data/target.csv`);
  const etag = response.headers.get('etag') ?? '';
  expect([response.status, (await response.text()).split('\n')[0]]).toEqual([
    200,
    expect.stringContaining('region_code'),
  ]);
  const again = await fetch(`${url}/data/target.csv`, { headers: { 'if-none-match': etag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  const packed = await fetch(`${url}/data/target.csv.gz`);
  expect(packed.headers.get('content-type')).toBe('application/gzip');
  expect((await fetch(`${url}/data/target/datapackage.json`)).status).toBe(200);
});

test('tells the host who asks, and believes nobody who is not trusted', async () => {
  await fetch(`${url}/data/target/releases`, { headers: { 'x-forwarded-for': '203.0.113.7', 'as-of': '1' } });
  expect(address).toBe('203.0.113.7');
});

test('gives refusals back as they are, of large bodies too', async () => {
  const refused = await sendBytes(url, 'participant_count', 'no-token', Buffer.alloc(4_000_000, 'x'));
  const personal = await sendBytes(url, 'target', token, Buffer.from(`nik\n${'1903990000000001\n'.repeat(300_000)}`));
  expect([refused, personal].map((said) => [said.status, codeOf(said)])).toEqual([
    [401, 'BAD_TOKEN'],
    [400, 'BAD_FILE'],
  ]);
  expect(codeOf(await askData(url, 'nothing/releases', token))).toBe('UNKNOWN_DATASET');
  expect(codeOf(await askData(url, 'target/releases/77', null))).toBe('UNKNOWN_RELEASE');
});

test('lists every dataset with its title, its columns and its key', async () => {
  const { datasets } = (await (await fetch(`${url}/data`)).json()) as { datasets: { name: string }[] };
  expect(datasets.map(({ name }) => name)).toEqual(world.loader.datasets.map(({ name }) => name));
  expect(datasets.find(({ name }) => name === 'target')).toMatchObject({
    title: { id: expect.any(String), en: expect.any(String) },
    columns: expect.arrayContaining(['region_code', 'due']),
    layout: expect.arrayContaining([{ name: 'region_code', kind: 'region', required: true }]),
    key: expect.arrayContaining(['region_code', 'due', 'indicator_id']),
  });
});

test('says that a host is down', async () => {
  const down = await startProxy([origin, 'http://127.0.0.1:1']);
  expect(codeOf(await askData(addressOf(down), 'target/releases', null))).toBe(null);
  expect(codeOf(await askData(addressOf(down), 'nothing/releases', null))).toBe('SUBGRAPH_UNAVAILABLE');
  await down.close();
});
