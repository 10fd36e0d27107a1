import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'undici';
import { type StartedWorld, startWorld } from '../support/world.js';

let world: StartedWorld;
let url: string;
let etag: string;
let size: number;
beforeAll(async () => {
  world = await startWorld();
  url = `${world.url}/graphql?${new URLSearchParams({ query: '{ regions(first: 40) { nodes { code name } } }' })}`;
  const { headers, body } = await request(url);
  etag = String(headers.etag);
  size = (await body.text()).length;
});
afterAll(() => world.stop());

type Headers = Readonly<Record<string, string | string[]>>;

/** The status and how many bytes came; by the short way, and by the long one, to an address that was not asked for before. */
let asked = 0;
async function ask(headers: Headers): Promise<unknown[]> {
  asked += 1;
  const answers = await Promise.all(
    [url, `${url}&long=${asked}`].map((address) => request(address, { headers: { ...headers } })),
  );
  const [short, long] = await Promise.all(
    answers.map(async ({ statusCode, body }) => [statusCode, (await body.text()).length]),
  );
  expect(long).toEqual(short);
  return short ?? [];
}

const UNCHANGED = [304, 0];
const whole = () => [200, size];
const others = (count: number) =>
  Array.from({ length: count }, (_, n) => `"${String(n).padStart(27, 'x')}"`).join(', ');

describe('a condition', () => {
  test.each<[string, () => Headers]>([
    ['the tag', () => ({ 'if-none-match': etag })],
    ['the tag as a weak one', () => ({ 'if-none-match': `W/${etag}` })],
    ['any tag', () => ({ 'if-none-match': '*' })],
    ['the tag as the last of 400', () => ({ 'if-none-match': `${others(400)},${etag}` })],
    ['the tag between empty ones', () => ({ 'if-none-match': `, ,${etag}, ,` })],
    ['the tag in the second of two headers', () => ({ 'if-none-match': ['"x"', etag] })],
  ])('is met by %s, and nothing is sent again', async (_, headers) => {
    expect(await ask(headers())).toEqual(UNCHANGED);
  });

  test.each<[string, () => Headers]>([
    ['other tags', () => ({ 'if-none-match': others(400) })],
    ['the tag of other bytes', () => ({ 'if-none-match': etag.replace(/"$/, '-gzip"') })],
    ['the tag without its quotes', () => ({ 'if-none-match': etag.replaceAll('"', '') })],
    ['a part of the tag', () => ({ 'if-none-match': `${etag.slice(0, 10)}"` })],
    ['the tag as doubly weak', () => ({ 'if-none-match': `W/W/${etag}` })],
    ['any tag among others', () => ({ 'if-none-match': '"x", *' })],
    ['nothing but commas', () => ({ 'if-none-match': ','.repeat(15_000) })],
    ['quotes that do not end', () => ({ 'if-none-match': '"'.repeat(1001) })],
    ['nothing', () => ({ 'if-none-match': '' })],
  ])('is not met by %s', async (_, headers) => {
    expect(await ask(headers())).toEqual(whole());
  });

  test.each<[string, Headers]>([
    ['a part of the bytes', { range: 'bytes=0-3' }],
    ['a thousand parts', { range: `bytes=${Array.from({ length: 1000 }, (_, n) => `${n}-${n}`).join()}` }],
    ['a part behind the end', { range: 'bytes=999999-', 'if-range': '"x"' }],
    ['a day, of which we know none', { 'if-modified-since': 'Fri, 31 Dec 2100 23:59:59 GMT' }],
    ['a day that is none', { 'if-modified-since': 'x'.repeat(5000) }],
    ['what only writers need', { 'if-match': '"x"', 'if-unmodified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' }],
  ])('that asks for %s is not looked at', async (_, headers) => {
    expect(await ask(headers)).toEqual(whole());
  });

  test('with ten thousand tags is refused by its length, and costs its connection only', async () => {
    const { statusCode, body } = await request(url, { headers: { 'if-none-match': others(10_000) } });
    await body.dump();
    expect([statusCode, await ask({})]).toEqual([431, whole()]);
  });

  test('of HEAD is as that of GET; of a POST, of an error and of a live answer there is none', async () => {
    const headers = { 'if-none-match': '*' };
    const head = await request(url, { method: 'HEAD', headers: { 'if-none-match': etag } });
    const json = { ...headers, 'content-type': 'application/json' };
    const posted = await request(`${world.url}/graphql`, {
      method: 'POST',
      headers: json,
      body: '{"query":"{ __typename }"}',
    });
    const wrong = await request(`${world.url}/graphql?query={nope}`, { headers });
    const live = await request(`${world.url}/live?query={__typename}`, { headers });
    live.body.on('error', () => {}).destroy();
    const told = await Promise.all(
      [posted, wrong].map(async ({ statusCode, body }) => [statusCode, (await body.text()).slice(0, 9)]),
    );
    expect([head.statusCode, ...told, live.statusCode]).toEqual([304, [200, '{"data":{'], [200, '{"errors"'], 200]);
  });
});
