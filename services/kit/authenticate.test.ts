import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { eachDatabase } from '../../test/support/databases.js';
import { findUses } from './audit.js';
import { type Authenticate, createAuthenticate } from './authenticate.js';
import { type Database, openDatabase } from './database.js';
import { replyError } from './error-reply.js';
import { RequestError } from './errors.js';
import { type IdentityProvider, subjectId } from './identity.js';
import { silent } from './log.js';
import { KitToken1764000000003 } from './migrations/0003-token.js';
import { createToken, type NewToken, revokeToken } from './token.js';

const NOW = Date.parse('2026-03-01T05:00:00Z');
const HOUR = 60 * 60 * 1000;
const HERE = '192.0.2.1';
const GRANT = { role: 'publisher', datasets: ['target'], region: '19.03', expiresAt: NOW + 2 * HOUR } as const;
const MESSAGE =
  'This needs a token that is good: send "authorization: Bearer ..." with one that `cakupan token create` has made.';

interface Told {
  readonly code: string;
  readonly message: string;
}

eachDatabase('authentication', (makeUrl) => {
  const opened: Database[] = [];
  let db: Database;
  let now: number;
  let authenticate: Authenticate;
  let token: NewToken;
  let events: string[];

  const create = (identity: IdentityProvider | null = null) =>
    createAuthenticate({
      db,
      identity,
      clock: () => now,
      log: (_level, event, facts) => void events.push(JSON.stringify([event, facts])),
    });
  const show = (text: string, address = HERE) => authenticate({ authorization: `Bearer ${text}` }, address);
  /** The code of the refusal; null when there was none. */
  const refused = (work: Promise<unknown>): Promise<Told | null> =>
    work.then(
      () => null,
      (error: unknown) => {
        if (error instanceof RequestError) return { code: error.code, message: error.message };
        throw error;
      },
    );
  const wrong = (n: number) => `cak_zzzzzzzz_${String(n).padStart(43, 'A')}`;
  const failTimes = async (times: number, address = HERE) => {
    for (let n = 0; n < times; n++) await refused(show(wrong(n), address));
  };

  beforeEach(async () => {
    now = NOW;
    events = [];
    db = await openDatabase({ url: await makeUrl(), entities: [], migrations: [KitToken1764000000003] });
    opened.push(db);
    token = await createToken(db, GRANT, NOW);
    authenticate = create();
  });
  afterAll(async () => {
    for (const one of opened) await one.close();
  });

  test('tells who shows a good token', async () => {
    const expected = { id: token.id, roles: ['publisher'], datasets: ['target'], region: '19.03' };
    expect(
      await Promise.all([show(token.text), authenticate({ authorization: `bearer ${token.text}` }, HERE)]),
    ).toEqual([expected, expected]);
  });

  test('says the same of a token that is missing, malformed, unknown, wrong, revoked or expired', async () => {
    const [revoked, expired] = [
      await createToken(db, GRANT, NOW),
      await createToken(db, { ...GRANT, expiresAt: NOW }, NOW - HOUR),
    ];
    await revokeToken(db, revoked.id, NOW);
    const refusals = await Promise.all([
      refused(authenticate({}, HERE)),
      refused(authenticate({ authorization: token.text }, HERE)),
      refused(authenticate({ authorization: `Basic ${token.text}` }, HERE)),
      ...[
        `${token.text} x`,
        'nonsense',
        wrong(1),
        `${token.text.slice(0, -2)}__`,
        revoked.text,
        expired.text,
        'a.b.c',
      ].map((text) => refused(show(text))),
    ]);
    expect(refusals).toEqual(Array(10).fill({ code: 'BAD_TOKEN', message: MESSAGE }));
  });

  test('ends with the token, at once and in every process', async () => {
    await show(token.text);
    await revokeToken(db, token.id, NOW);
    expect((await refused(show(token.text)))?.code).toBe('BAD_TOKEN');
  });

  test('writes down the use of a token that has ended, and nothing of texts that are no token', async () => {
    await failTimes(2);
    now = GRANT.expiresAt;
    await refused(show(token.text));
    await revokeToken(db, token.id, now);
    await refused(show(token.text));
    const uses = await findUses(db, { caller: null, since: 0, limit: 10 });
    const expected = { usedAt: now, caller: token.id, verb: 'authenticate', dataset: null, release: null };
    expect(uses).toEqual(
      expect.arrayContaining([
        { ...expected, outcome: 'EXPIRED' },
        { ...expected, outcome: 'REVOKED' },
      ]),
    );
    expect(uses).toHaveLength(2);
  });

  test('logs that a credential was refused, not which nor from where', async () => {
    await failTimes(1);
    expect(events).toEqual(['["credential.refused",null]']);
  });

  describe('after ten failed attempts from an address', () => {
    const code = async (work: Promise<unknown>) => (await refused(work))?.code ?? null;

    test('lets it wait, whatever it shows next, and no other', async () => {
      await failTimes(9);
      expect(await code(show(wrong(10)))).toBe('BAD_TOKEN');
      expect([
        await refused(show(wrong(11))),
        await code(show(token.text)),
        await code(show(token.text, '192.0.2.2')),
      ]).toEqual([
        { code: 'TOO_MANY_ATTEMPTS', message: 'Too many attempts failed: wait 60 seconds.' },
        'TOO_MANY_ATTEMPTS',
        null,
      ]);
      now += 60_000;
      expect(await code(authenticate({ authorization: `Bearer ${wrong(1)}` }, HERE))).toBe('BAD_TOKEN');
    });

    test('lets through who was let through within the hour, until that token ends', async () => {
      await show(token.text);
      now += HOUR - 1;
      await failTimes(10);
      expect(await code(show(token.text))).toBeNull();
      await revokeToken(db, token.id, now);
      expect([await code(show(token.text)), await code(show(token.text))]).toEqual(['BAD_TOKEN', 'TOO_MANY_ATTEMPTS']);
    });

    test('does not count requests without a token', async () => {
      for (let n = 0; n < 30; n++) await refused(authenticate({}, HERE));
      expect(await code(show(token.text))).toBeNull();
    });
  });

  test('is answered over HTTP with the status that clients know', async () => {
    const app = Fastify();
    app.setErrorHandler((error, _request, reply) => replyError(error, reply, silent));
    app.get('/', async ({ headers, ip }) => {
      await authenticate(headers, ip);
      throw new RequestError('NOT_ALLOWED', 'no');
    });
    const ask = async (text: string) => {
      const { statusCode, headers } = await app.inject({ url: '/', headers: { authorization: `Bearer ${text}` } });
      return [statusCode, headers['www-authenticate'] ?? headers['retry-after'] ?? null];
    };
    const allowed = await ask(token.text);
    for (let n = 0; n < 9; n++) await ask(wrong(n));
    const answers = [allowed, await ask(wrong(10)), await ask(wrong(11))];
    await app.close();
    expect(answers).toEqual([
      [403, null],
      [401, 'Bearer'],
      [429, '60'],
    ]);
  });

  test('takes JWTs of the identity provider where there is one, and counts those that are not good', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] });
    const server = createServer((_request, response) => void response.end(keys));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // a string only for pipes
    const provider = { jwksUrl: `http://127.0.0.1:${port}/`, issuer: 'https://id.example.org', audience: 'cakupan' };
    const sign = (audience: string) =>
      new SignJWT({ roles: 'approver' })
        .setProtectedHeader({ alg: 'ES256', kid: 'k' })
        .setIssuer(provider.issuer)
        .setAudience(audience)
        .setSubject('subject-1')
        .setExpirationTime(NOW / 1000 + 60)
        .sign(privateKey);
    const [good, bad] = [await sign('cakupan'), await sign('mail')];

    const without = await refused(show(good, '192.0.2.9'));
    authenticate = create(provider);
    const caller = await show(good);
    const refusals = [];
    for (let n = 0; n < 11; n++) refusals.push((await refused(show(bad)))?.code);
    await new Promise((resolve) => server.close(resolve));

    expect(without).toEqual({ code: 'BAD_TOKEN', message: MESSAGE });
    expect(caller).toEqual({
      id: subjectId(provider.issuer, 'subject-1'),
      roles: ['approver'],
      datasets: null,
      region: null,
    });
    expect(refusals).toEqual([...Array(10).fill('BAD_TOKEN'), 'TOO_MANY_ATTEMPTS']);
  });
});
