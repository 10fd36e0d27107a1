import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { auditServer } from 'graphql-http';
import { request } from 'undici';
import { cardUrl } from '../bench/card-query.js';
import { type StartedWorld, startWorld } from '../support/world.js';

let world: StartedWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

/** Makes addresses of one kind of request that were never asked for before. */
const tag = (headers: object) => encodeURIComponent(JSON.stringify(headers));

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}

/** Bytes as they were sent, and all that HTTP says of them but the time of day. */
async function get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Got> {
  const response = await request(url, { headers });
  const { date: _date, connection: _connection, 'keep-alive': _keepAlive, ...rest } = response.headers;
  return { status: response.statusCode, headers: rest, bytes: Buffer.from(await response.body.arrayBuffer()) };
}

test('passes every check of the GraphQL over HTTP audit', async () => {
  const results = await auditServer({ url: `${world.url}/graphql`, fetchFn: fetch });
  expect(results.filter(({ status }) => status !== 'ok').map(({ name }) => name)).toEqual([]);
  expect(results.length).toBeGreaterThanOrEqual(61);
}, 60_000);

describe('an answer', () => {
  test('is the same text however it is packed, each packing with a strong tag of its own', async () => {
    const url = cardUrl(world.url);
    const [plain, gzip, brotli] = [
      await get(url),
      await get(url, { 'accept-encoding': 'gzip' }),
      await get(url, { 'accept-encoding': 'gzip, deflate, br' }),
    ];
    expect([
      gunzipSync(gzip.bytes).equals(plain.bytes),
      brotliDecompressSync(brotli.bytes).equals(plain.bytes),
    ]).toEqual([true, true]);
    const tags = [plain, gzip, brotli].map(({ headers }) => String(headers.etag));
    expect([new Set(tags).size, tags.every((tag) => /^"[^"]+"$/.test(tag))]).toEqual([3, true]);
    expect([plain, gzip, brotli].map(({ headers }) => [headers['content-encoding'], headers.vary])).toEqual([
      [undefined, 'Accept, Accept-Encoding'],
      ['gzip', 'Accept, Accept-Encoding'],
      ['br', 'Accept, Accept-Encoding'],
    ]);
  });

  test('on the short way is what it was on the long one, to the last header', async () => {
    const url = cardUrl(world.url, ['19.01', '19', '00']);
    for (const headers of [{}, { 'accept-encoding': 'br' }, { accept: 'application/graphql-response+json' }]) {
      const [first, again] = [await get(url, headers), await get(url, headers)];
      const etag = String(first.headers.etag);
      const [third, fourth] = [
        await get(url, { ...headers, 'if-none-match': etag }),
        await get(url, { ...headers, 'if-none-match': 'W/"other"' }),
      ];
      expect(again).toEqual(first);
      const long = await get(`${url}&long=${tag(headers)}`, { ...headers, 'if-none-match': etag });
      expect([third.status, third.bytes.length, third.headers.etag]).toEqual([304, 0, etag]);
      expect(long).toEqual(third);
      expect(fourth).toEqual(first);
    }
  });

  test('that is too small to be packed is sent as it is', async () => {
    const { headers } = await get(`${world.url}/graphql?query={__typename}`, { 'accept-encoding': 'br' });
    expect(headers['content-encoding']).toBeUndefined();
  });

  test('says to caches outside which subgraphs it comes from', async () => {
    const { headers } = await get(cardUrl(world.url));
    expect(headers['cache-tag']).toBe('cakupan,cakupan-participants,cakupan-regions');
  });

  test('to HEAD has the headers of GET and no body', async () => {
    const url = cardUrl(world.url);
    const [got, head] = [await get(url), await request(url, { method: 'HEAD' })];
    expect([head.statusCode, head.headers.etag, await head.body.text()]).toEqual([200, got.headers.etag, '']);
  });
});

describe('what is asked', () => {
  const ask = (variables: string) =>
    get(
      `${world.url}/graphql?${new URLSearchParams({ query: 'query($c: String!) { region(code: $c) { code } }', variables })}`,
    );

  test('is told apart by every value, also where names are those of what objects inherit', async () => {
    const answers = await Promise.all(
      ['{"c":"19"}', '{"c":"19.03"}', '{"c":"19","__proto__":{"c":"19.03"}}', '{"c":"19","c":"19.03"}'].map(ask),
    );
    expect(answers.map(({ bytes }) => JSON.parse(bytes.toString()).data)).toEqual([
      { region: { code: '19' } },
      { region: { code: '19.03' } },
      { region: { code: '19' } },
      { region: { code: '19.03' } }, // JSON takes the last of two
    ]);
  });

  test('may name a field what every object inherits', async () => {
    const query = '{ constructor: region(code: "19") { toString: code __proto__: name } }';
    const { bytes } = await get(`${world.url}/graphql?${new URLSearchParams({ query })}`);
    expect(bytes.toString()).toContain(
      '"data":{"constructor":{"toString":"19","__proto__":"Kepulauan Bangka Belitung"}}',
    );
  });

  test('does not fit another answer that was kept for the same address', async () => {
    const url = cardUrl(world.url);
    await get(url);
    const posted = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    });
    expect(await posted.json()).toEqual({ data: { __typename: 'Query' } });
  });
});
