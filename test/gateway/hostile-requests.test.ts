import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'undici';
import { ERROR_CODES } from '../../services/kit/errors.js';
import { HOSTILE } from '../bench/hostile-documents.js';
import { heapBytes } from '../support/heap.js';
import { type StartedWorld, startWorld } from '../support/world.js';

let world: StartedWorld;
const logged: string[] = [];
beforeAll(async () => {
  world = await startWorld({ log: (level, event) => void (level === 'error' ? logged.push(event) : null) });
});
afterAll(() => world.stop());

/** How a request ended: `ok`, or the code of its first error. What comes must be JSON in UTF-8. */
async function outcome(
  url: string,
  init: { method?: 'GET' | 'POST'; body?: string | Buffer; headers?: Record<string, string> } = {},
) {
  const headers = { 'content-type': 'application/json', ...init.headers };
  const { statusCode, body } = await request(url, { method: 'GET', ...init, headers });
  const text = new TextDecoder('utf-8', { fatal: true }).decode(await body.arrayBuffer());
  const { errors, data } = JSON.parse(text) as { errors?: { extensions: { code: string } }[]; data?: unknown }; // an answer
  return { statusCode, outcome: errors?.[0]?.extensions.code ?? 'ok', hasData: data !== undefined && data !== null };
}

const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
  outcome(`${world.url}/graphql`, { method: 'POST', body, headers });
/** A body longer than is read: the refusal comes first, or the connection is closed under it. */
const postLong = (body: string) =>
  post(body).catch(() => ({ statusCode: 413, outcome: 'BAD_REQUEST', hasData: false }));

const good = async () => (await world.ask('{ region(code: "19.03") { name } }')).data;
const GOOD = { region: { name: 'Kabupaten Bangka Selatan' } };
const CODES = [...Object.keys(ERROR_CODES), 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'];

describe('a request that is meant to cost much', () => {
  test.each(HOSTILE.map(({ name, body }) => [name, body]))(
    'is refused with a code that is listed: %s',
    async (_, body) => {
      const refused = await postLong(body);
      expect([CODES.includes(refused.outcome), refused.statusCode < 500, refused.hasData]).toEqual([true, true, false]);
    },
  );

  test('is refused beside all others of its kind, and the rest of the world is answered meanwhile', async () => {
    const all = Promise.all(HOSTILE.map(({ body }) => postLong(body)));
    const answers = [await good(), await good(), await good()];
    expect((await all).filter(({ outcome: code }) => !CODES.includes(code))).toEqual([]);
    expect(answers).toEqual([GOOD, GOOD, GOOD]);
  }, 30_000);

  test('leaves the memory as it was', async () => {
    const round = () => Promise.all(HOSTILE.map(({ body }) => postLong(body)));
    await round();
    await round();
    const before = heapBytes();
    for (let n = 0; n < 5; n += 1) await round();
    expect(heapBytes() - before).toBeLessThan(8_000_000);
  }, 60_000);
});

const ask = (query: string, variables: unknown = {}) => JSON.stringify({ query, variables });
const inCode = (code: string) => ask(`{ region(code: "${code}") { name } }`);
const byVariable = (code: string) =>
  `{"query":"query($c: String!) { region(code: $c) { name } }","variables":{"c":"${code}"}}`;

describe('a text with signs that deceive', () => {
  test.each<[string, string, string | Buffer]>([
    ['a mark of the order of bytes', 'ok', `\ufeff${inCode('19.03')}`],
    ['one within the document', 'ok', ask('\ufeff{ region(code: "19.03") { name } }')],
    [
      'bytes that are no UTF-8',
      'BAD_REGION_CODE',
      Buffer.concat([Buffer.from(byVariable('').slice(0, -3)), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}}')]),
    ],
    ['UTF-16', 'BAD_REQUEST', Buffer.from(inCode('19.03'), 'utf16le')],
    ['half a sign in a variable', 'BAD_REGION_CODE', byVariable('\\ud800')],
    ['half a sign in the document', 'GRAPHQL_PARSE_FAILED', `{"query":"{ region(code: \\"\\ud800\\") { name } }"}`],
    ['half a sign that the document writes out', 'GRAPHQL_PARSE_FAILED', ask('{ region(code: "\\uD83D") { name } }')],
    ['a sign that is none', 'GRAPHQL_PARSE_FAILED', ask('{ region(code: "\\u{110000}") { name } }')],
    ['a sign written out', 'BAD_REGION_CODE', ask('{ region(code: "\\u{1F600}") { name } }')],
    ['a nothing in a variable', 'BAD_REGION_CODE', byVariable('19.03\\u0000')],
    ['a nothing in the document', 'GRAPHQL_PARSE_FAILED', `{"query":"{ region\\u0000(code: \\"19.03\\") { name } }"}`],
    ['wide digits', 'BAD_REGION_CODE', inCode('１９.０３')],
    ['Arabic digits', 'BAD_REGION_CODE', inCode('١٩.٠٣')],
    ['a dot that is none', 'BAD_REGION_CODE', inCode('19․03')],
    ['a letter of another alphabet', 'GRAPHQL_PARSE_FAILED', ask('{ region(code: "19.03") { nаme } }')],
    ['a space without width in a name', 'GRAPHQL_PARSE_FAILED', ask('{ region(code: "19.03") { na\u200bme } }')],
    ['a turn of the direction', 'GRAPHQL_PARSE_FAILED', ask('{ \u202eregion(code: "19.03") { name } }')],
    ['a turn of the direction in a comment', 'ok', ask('{ region(code: "19.03") { name } } # \u202e } { \u2066')],
    ['separators of lines', 'GRAPHQL_PARSE_FAILED', ask('{\u2028 region(code: "19.03") { name } }')],
    [
      'marks without end',
      'ok',
      ask('query ($s: String) { regions(search: $s, first: 1) { nodes { code } } }', {
        s: `a${'\u0301'.repeat(20_000)}`,
      }),
    ],
    [
      'signs that a search takes for others',
      'ok',
      ask('{ regions(search: "%_\\\\*?[]\\"\'", first: 1) { nodes { code } } }'),
    ],
    ['an operation that is named so', 'BAD_REQUEST', `{"query":"{ __typename }","operationName":"\\ud800\\u0000"}`],
    ['an instant that is written so', 'BAD_AS_OF', `{"query":"{ __typename }","extensions":{"asOf":"２０２５-01-01"}}`],
    ['a document that is named so', 'UNKNOWN_DOCUMENT', '{"documentId":"\\ud800\\u202e"}'],
  ])('is answered or refused as what it is: %s', async (_, expected, body) => {
    const told = await post(body);
    expect([told.outcome, told.statusCode < 500]).toEqual([expected, true]);
  });

  test.each([
    ['/graphql?query=%ED%A0%80', 'GRAPHQL_PARSE_FAILED'],
    ['/graphql?query=%C0%AF%FF', 'GRAPHQL_PARSE_FAILED'],
    ['/graphql?query=%00', 'GRAPHQL_PARSE_FAILED'],
    ['/graphql?query=%', 'GRAPHQL_PARSE_FAILED'],
    ['/graphql?query={__typename}&variables=%ED%A0%80', 'BAD_REQUEST'],
    ['/graphql?query[]={__typename}', 'BAD_REQUEST'],
    ['/graphql?__proto__[query]={__typename}', 'BAD_REQUEST'],
  ])('is refused in an address: %s', async (path, expected) => {
    const told = await outcome(`${world.url}${path}`);
    expect([told.outcome, told.statusCode < 500]).toEqual([expected, true]);
  });

  test('is no failure of ours in any of these', () => {
    expect(logged).toEqual([]);
  });
});

describe('hashes that nobody knows', () => {
  const unknown = (n: number) =>
    JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: n.toString(16).padStart(64, '0') } } });

  test('are each refused, in any number, and leave the memory as it was', async () => {
    const round = async (from: number) => {
      const outcomes = await Promise.all(Array.from({ length: 500 }, (_, n) => post(unknown(from + n))));
      return new Set(outcomes.map((told) => told.outcome));
    };
    for (let n = 0; n < 5; n += 1) await round(500 * n); // connections are opened, and code is compiled
    const before = heapBytes();
    for (let n = 5; n < 10; n += 1) expect(await round(500 * n)).toEqual(new Set(['PERSISTED_QUERY_NOT_FOUND']));
    expect(heapBytes() - before).toBeLessThan(2_000_000);
    expect(await good()).toEqual(GOOD);
  }, 30_000);

  test.each(['x', 'a'.repeat(63), 'A'.repeat(64), '__proto__', 5, null, ['a'.repeat(64)]])(
    'are refused where they are none: %s',
    async (sha256Hash) => {
      const persistedQuery = { version: 1, sha256Hash };
      expect(await post(JSON.stringify({ query: '{ __typename }', extensions: { persistedQuery } }))).toMatchObject({
        outcome: 'BAD_REQUEST',
      });
    },
  );
});
