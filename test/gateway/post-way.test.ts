import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'undici';
import { CARD_QUERY, CARD_VARIABLES } from '../bench/card-query.js';
import { type StartedWorld, startWorld } from '../support/world.js';

let world: StartedWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const CARD = JSON.stringify({ query: CARD_QUERY, variables: CARD_VARIABLES });
const JSON_TYPE = 'application/json';

/** All that HTTP says of an answer but the time of day and the name of the request. */
async function post(body: string | Readable, headers: Readonly<Record<string, string>> = {}) {
  const sent = { 'content-type': JSON_TYPE, ...headers };
  const response = await request(`${world.url}/graphql`, { method: 'POST', headers: sent, body });
  const { date: _, connection: __, 'keep-alive': ___, 'x-request-id': id, ...rest } = response.headers;
  const text = (await response.body.text()).replaceAll(String(id), 'ID');
  return { status: response.statusCode, isNamed: /^[\w.-]{8,64}$/.test(String(id)), headers: rest, text };
}

describe('a question in JSON whose length is told, answered without the framework,', () => {
  test.each<[string, string, Record<string, string>]>([
    ['is a card', CARD, {}],
    ['is a card, packed', CARD, { 'accept-encoding': 'br' }],
    ['asks for GraphQL’s own type', CARD, { accept: 'application/graphql-response+json' }],
    ['is refused as a whole', '{"query":"{ nothing }"}', { accept: 'application/graphql-response+json' }],
    ['is a mutation', '{"query":"mutation { region }"}', {}],
    ['is no JSON', '{"query":', {}],
    ['is a list', `[${CARD}]`, {}],
    ['is null', 'null', {}],
    ['speaks of prototypes', '{"query":"{ __typename }","__proto__":{"query":"{ region }"}}', {}],
    ['is nested without end', `{"query":"{ __typename }","variables":${'['.repeat(100)}${']'.repeat(100)}}`, {}],
    ['asks for no day', '{"query":"{ __typename }","extensions":{"asOf":"2024-13-01"}}', {}],
    ['asks how it is answered', JSON.stringify({ query: '{ __typename }', extensions: { explain: true } }), {}],
  ])('gets what it gets of it: one that %s', async (_, body, headers) => {
    const long = await post(Readable.from([body]), headers); // in pieces, of which nobody knows how many come
    const short = await post(body, headers);
    expect(short).toEqual(long);
    expect(short.isNamed).toBe(true);
  });

  test('is taken whole in several pieces', async () => {
    const { port } = new URL(world.url);
    const socket = connect(Number(port), '127.0.0.1');
    const body = Buffer.from('{"query":"{ region(code: \\"19\\") { name } } # Kepulauan Bangka Belitung – é"}');
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    const cut = body.indexOf(Buffer.from('–')) + 1; // within the bytes of one character
    socket.write(body.subarray(0, cut));
    await wait(30);
    socket.write(body.subarray(cut));
    const answer = (await Readable.from(socket).toArray()).join('');
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n.*"name":"Kepulauan Bangka Belitung"/s);
  });

  test('may end in the middle: others are answered as before', async () => {
    const { port } = new URL(world.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"que',
    );
    await wait(30);
    socket.destroy();
    expect((await post(CARD)).status).toBe(200);
  });
});
