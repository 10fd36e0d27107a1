import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { documentId } from '../../services/gateway/documents.js';
import { questionKey } from '../../services/gateway/request.js';
import { type StartedWorld, startWorld } from '../support/world.js';

let world: StartedWorld;
let asked = 0;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

type Headers = Readonly<Record<string, string | string[]>>;

interface Got {
  readonly status: number | undefined;
  /** All that HTTP says, but for the time of day and the connection. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Sends exactly these headers, `host` too, to exactly this target. */
async function send(path: string, headers: Headers = {}, method = 'GET', body = ''): Promise<Got> {
  const { hostname, port } = new URL(world.url);
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: hostname, port, path, method, headers: { ...headers }, agent: false },
      async (response) => {
        const { date: _date, connection: _connection, 'keep-alive': _keepAlive, ...rest } = response.headers;
        resolve({ status: response.statusCode, headers: rest, text: (await buffer(response)).toString() });
      },
    );
    sent.on('error', reject).end(body);
  });
}

const post = (body: string): Promise<Got> => send('/graphql', { 'content-type': 'application/json' }, 'POST', body);

interface Question {
  readonly query: string;
  readonly address: (variables: string) => string;
  readonly url: string;
}

/** A question that was not asked before, whose answer is always the same. */
function makeQuestion(): Question {
  asked += 1;
  const query = `query Q${asked}($c: String!) { region(code: $c) { code name } }`;
  const address = (variables: string) => `/graphql?${new URLSearchParams({ query, variables })}`;
  return { query, address, url: address('{"c":"19.03"}') };
}

const DATA = { region: { code: '19.03', name: 'Kabupaten Bangka Selatan' } };

/** What one gets to whose question nothing was done. */
async function untouched(): Promise<Got> {
  const got = await send(makeQuestion().url);
  expect([got.status, JSON.parse(got.text).data]).toEqual([200, DATA]);
  return got;
}

describe('what another sends with its headers', () => {
  const HEADERS: readonly [string, Headers][] = [
    ['another host', { host: 'evil.example' }],
    [
      'a host beside it',
      {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'http',
        'x-forwarded-port': '1',
        forwarded: 'host=evil.example',
      },
    ],
    ['another path', { 'x-original-url': '/metrics', 'x-rewrite-url': '/metrics', 'x-forwarded-prefix': '/evil' }],
    ['another method', { 'x-http-method-override': 'POST', 'x-method-override': 'HEAD' }],
    [
      'another origin',
      {
        origin: 'https://evil.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'x-evil',
      },
    ],
    ['a type that is not there', { accept: 'text/html' }],
    ['the type of GraphQL', { accept: 'application/graphql-response+json' }],
    ['types without end', { accept: Array.from({ length: 900 }, (_, n) => `a/b${n}`).join() }],
    ['every packing', { 'accept-encoding': 'br, gzip, deflate, zstd' }],
    ['no packing at all', { 'accept-encoding': 'identity;q=0, *;q=0' }],
    ['a packing that is none', { 'accept-encoding': '__proto__, constructor' }],
    ['a language, a cookie and a token', { 'accept-language': 'id', cookie: 'a=b', authorization: 'Bearer evil' }],
    ['the instant and the redactions of a subgraph', { 'as-of': '1', redactions: '999' }],
    [
      'a trace and an id',
      { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, 'x-request-id': 'evil-evil-evil' },
    ],
    ['the wish for a trace of fields', { 'apollo-federation-include-trace': 'ftv1' }],
    ['no cache', { 'cache-control': 'no-cache, no-store', pragma: 'no-cache' }],
    ['any tag', { 'if-none-match': '*' }],
    ['a range', { range: 'bytes=0-3', 'if-range': '"x"' }],
    ['names of headers that a connection drops', { connection: 'close, accept, host' }],
    [
      'the same header several times',
      { accept: ['text/html', 'application/json'], 'x-forwarded-for': ['203.0.113.1', '203.0.113.2'] },
    ],
    ['what objects inherit', { __proto__: 'x', constructor: 'x', 'has-own-property': 'x' } as Headers],
  ];

  test.each(HEADERS)('changes no answer of anybody else: %s', async (_, headers) => {
    const { url } = makeQuestion();
    for (let n = 0; n < 3; n += 1) await send(url, headers);
    const [after, expected] = [await send(url), await untouched()];
    expect(after).toEqual(expected);
    await send(url, headers);
    expect([await send(url), (await send(url, { 'accept-encoding': 'gzip' })).headers['content-encoding']]).toEqual([
      expected,
      undefined,
    ]);
  });

  test.each(HEADERS)('changes no answer that is made at the same time: %s', async (_, headers) => {
    const { url } = makeQuestion();
    const [, victim] = await Promise.all([send(url, headers), send(url), send(url, headers)]);
    expect(victim).toEqual(await untouched());
  });
});

/** How a request was refused. */
function codesOf({ status, text }: Got): unknown[] {
  const { errors } = JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] }; // it is refused
  return [status, ...errors.flatMap(({ message, extensions }) => [extensions.code, message])];
}

describe('what another sends as the question', () => {
  const proto = '{"c":"19.03","__proto__":{"c":"19.01"},"constructor":{"prototype":{"c":"19.01"}}}';
  const ATTACKS: readonly [string, (question: Question) => readonly Promise<unknown>[]][] = [
    [
      'the same variable twice',
      ({ address, query }) => [
        send(address('{"c":"19.01","c":"19.03","c":"19.01"}')),
        post(`{"query":${JSON.stringify(query)},"variables":{"c":"19.03","c":"19.01"}}`),
      ],
    ],
    [
      'the query twice in a body',
      ({ query }) => [post(`{"query":${JSON.stringify(query)},"variables":{"c":"19.03"},"query":"{ __typename }"}`)],
    ],
    [
      'parameters twice in the address',
      ({ url }) => [
        send(`${url}&query={__typename}`),
        send(`${url}&variables={"c":"19.01"}`),
        send(`${url}&operationName=A&operationName=B`),
      ],
    ],
    [
      'prototypes',
      ({ address, query }) => [
        send(address(proto)),
        post(`{"query":${JSON.stringify(query)},"variables":${proto}}`),
        post(`{"query":${JSON.stringify(query)},"variables":{"c":"19.03"},"__proto__":{"query":"{ __typename }"}}`),
      ],
    ],
    [
      'more variables in another order',
      ({ address }) => [
        send(address('{"z":1,"c":"19.03","a":[{"b":1,"a":2}]}')),
        send(address('{"a":[{"a":2,"b":1}],"c":"19.01","z":1}')),
      ],
    ],
    [
      'a body with a GET',
      ({ url, query }) => {
        const body = JSON.stringify({ query, variables: { c: '19.01' } });
        return [send(url, { 'content-type': 'application/json', 'content-length': String(body.length) }, 'GET', body)];
      },
    ],
    [
      'another body to the same address',
      ({ url, query }) => [
        send(url, { 'content-type': 'application/json' }, 'POST', JSON.stringify({ query, variables: { c: '19.01' } })),
      ],
    ],
    [
      'the same address in other letters',
      ({ url }) => [
        send(url.replace('/graphql', '/GraphQL')),
        send(url.replace('/graphql', '//graphql')),
        send(url.replace('/graphql', '/graphql/')),
        send(`${world.url}${url}`),
        send(`http://evil.example${url}`),
      ],
    ],
    [
      'a wish, and the past',
      ({ url }) => [send(`${url}&explain=1`), send(`${url}&asOf=2025-01-01`), send(`${url}&asOf=`)],
    ],
    [
      'a hash of another text',
      ({ query }) => [
        post(
          JSON.stringify({
            query: '{ __typename }',
            extensions: { persistedQuery: { version: 1, sha256Hash: documentId(query) } },
          }),
        ),
      ],
    ],
    [
      'an error',
      ({ address, url }) => [
        send(address('{"c":"1903"}')),
        send(address('{"c":null}')),
        send(url.slice(0, -3)),
        send(`${url}%ff%00`),
      ],
    ],
    [
      'HEAD, OPTIONS and other methods',
      ({ url }) => [
        send(url, {}, 'HEAD'),
        send(url, { origin: 'x', 'access-control-request-method': 'GET' }, 'OPTIONS'),
        send(url, {}, 'DELETE'),
        send(url, {}, 'PURGE'),
      ],
    ],
  ];

  test.each(ATTACKS)('changes no answer of anybody else: %s', async (_, attack) => {
    const one = makeQuestion();
    await Promise.all(attack(one));
    const [first, expected] = [await send(one.url), await untouched()];
    await Promise.all(attack(one));
    const [again, ...others] = await Promise.all([send(one.url), ...attack(one), send(one.url)]);
    expect([first, again, others.at(-1)]).toEqual([expected, expected, expected]);
  });

  test('is told apart where numbers differ that JSON writes alike', async () => {
    asked += 1;
    const query = `query Q${asked}($n: Int) { regions(first: $n) { nodes { code } } }`;
    const ask = (n: string) => send(`/graphql?${new URLSearchParams({ query, variables: `{"n":${n}}` })}`);
    const keys = ['1e400', '-1e400', 'null', '"Infinity"', '1'].map((n) =>
      questionKey({ query, operationName: null, variables: JSON.parse(`{"n":${n}}`), asOf: null, isTrusted: false }),
    );
    expect(new Set(keys).size).toBe(keys.length);
    const [endless, none] = await Promise.all([ask('1e400'), ask('null')]);
    const alone = await ask('null');
    expect(codesOf(none)).toEqual(codesOf(alone));
    const told = [
      [200, 'QUERY_TOO_COSTLY', expect.stringContaining('is more than can be counted')],
      [200, 'BAD_USER_INPUT', 'Argument "first" of non-null type "Int!" must not be null.'],
    ];
    expect([endless, none].map(codesOf)).toEqual(told);
  });

  test('is not given what objects inherit for a variable that was not given', async () => {
    const ask = async (name: string, given = '{}') => {
      asked += 1;
      const query = `query Q${asked}($${name}: String = "19.01") { region(code: $${name}) { code } }`;
      return JSON.parse((await send(`/graphql?${new URLSearchParams({ query, variables: given })}`)).text).data;
    };
    const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];
    expect(await Promise.all(names.map((name) => ask(name)))).toEqual(names.map(() => ({ region: { code: '19.01' } })));
    expect(await Promise.all(names.map((name) => ask(name, `{"${name}":"19.03"}`)))).toEqual(
      names.map(() => ({ region: { code: '19.03' } })),
    );
  });
});
