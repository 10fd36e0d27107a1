import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { createReadJwt, type IdentityProvider, subjectId } from './identity.js';

const ISSUER = 'https://id.example.org';
const CLAIMS = { iss: ISSUER, aud: 'cakupan', sub: 'subject-1', exp: 2_000_000_600 };
const NOW = 2_000_000_000_000;
const ID = subjectId(ISSUER, 'subject-1');

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let other: typeof keys;
let server: Server;
let identity: IdentityProvider;
/** What the provider serves, and how often it was asked. */
let served: { status: number; keys: JWK[] };
let asked: number;
let now: number;

const publicJwk = async (key: typeof keys, kid: string, alg = 'RS256'): Promise<JWK> => ({
  ...(await exportJWK(key.publicKey)),
  kid,
  alg,
  use: 'sig',
});

beforeAll(async () => {
  [keys, other] = await Promise.all([
    generateKeyPair('RS256', { extractable: true }),
    generateKeyPair('RS256', { extractable: true }),
  ]);
  server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(served.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: served.keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a string only for pipes
  identity = { jwksUrl: `http://127.0.0.1:${port}/keys`, issuer: ISSUER, audience: 'cakupan' };
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(async () => {
  served = { status: 200, keys: [await publicJwk(keys, 'one')] };
  asked = 0;
  now = NOW;
});

function sign(claims: JWTPayload, { key = keys, kid = 'one', alg = 'RS256' } = {}): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(key.privateKey);
}

const reader = () => createReadJwt(identity, () => now);
const read = async (claims: JWTPayload, header?: Parameters<typeof sign>[1]) => reader()(await sign(claims, header));

describe('a JWT of the identity provider', () => {
  test('names a caller without naming a person', async () => {
    const claims = { ...CLAIMS, name: 'Invented Name', roles: ['publisher', 'mail-admin'], region: '19.03' };
    const caller = await read({ ...claims, datasets: ['participant_count', 'target'] });
    expect(caller).toEqual({
      id: expect.stringMatching(/^jwt_[0-9a-f]{16}$/),
      roles: ['publisher'],
      datasets: ['participant_count', 'target'],
      region: '19.03',
    });
    expect([caller?.id, subjectId(ISSUER, 'subject-2'), subjectId('https://other', 'subject-1')]).toEqual([
      ID,
      expect.not.stringMatching(ID),
      expect.not.stringMatching(ID),
    ]);
  });

  test.each<[JWTPayload, object]>([
    [{ roles: 'approver publisher' }, { roles: ['approver', 'publisher'], datasets: null, region: null }],
    [
      { roles: ['publisher'], datasets: 'target  region' },
      { roles: ['publisher'], datasets: ['target', 'region'], region: null },
    ],
    [
      { roles: ['publisher'], datasets: [] },
      { roles: ['publisher'], datasets: [], region: null },
    ],
    [{}, { roles: [], datasets: null, region: null }],
    [{ roles: 'PUBLISHER admin' }, { roles: [], datasets: null, region: null }],
  ])('with the claims %j is for %j', async (claims, expected) => {
    expect(await read({ ...CLAIMS, ...claims })).toEqual({ id: ID, ...expected });
  });

  const { sub: _sub, ...nameless } = CLAIMS;
  const { exp: _exp, ...endless } = CLAIMS;
  test.each<[string, JWTPayload]>([
    ['another issuer', { ...CLAIMS, iss: `${ISSUER}.evil` }],
    ['another audience', { ...CLAIMS, aud: 'mail' }],
    ['an end in the past', { ...CLAIMS, exp: NOW / 1000 - 5 }],
    ['no end', endless],
    ['a beginning to come', { ...CLAIMS, nbf: NOW / 1000 + 6 }],
    ['no subject', nameless],
    ['an empty subject', { ...CLAIMS, sub: '' }],
    ['roles that are no words', { ...CLAIMS, roles: { publisher: true } }],
    ['datasets that are no words', { ...CLAIMS, datasets: [1] }],
    ['datasets that are null', { ...CLAIMS, datasets: null }],
    ['a region without its dot', { ...CLAIMS, region: '1903' }],
    ['a region that is null', { ...CLAIMS, region: null }],
    ['a region that is empty', { ...CLAIMS, region: '' }],
  ])('is refused with %s', async (_what, claims) => {
    expect(await read(claims)).toBeNull();
  });

  test('is good to the second it ends, with five seconds for clocks that differ', async () => {
    const jwt = await sign(CLAIMS);
    const isGoodAfter = async (seconds: number) => {
      now = NOW + seconds * 1000;
      return (await reader()(jwt)) !== null;
    };
    expect([await isGoodAfter(599), await isGoodAfter(604), await isGoodAfter(605)]).toEqual([true, true, false]);
  });

  test('is refused when anything of its signature is not right', async () => {
    const jwt = await sign(CLAIMS);
    const [header = '', , signature = ''] = jwt.split('.');
    const body = Buffer.from(JSON.stringify({ ...CLAIMS, roles: ['approver'] })).toString('base64url');
    const asSecret = new TextEncoder().encode(await exportSPKI(keys.publicKey));
    const forged = [
      await sign(CLAIMS, { key: other }),
      await sign(CLAIMS, { kid: 'two' }),
      new UnsecuredJWT(CLAIMS).encode(),
      await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(asSecret),
      `${header}.${body}.${signature}`,
      `${header}.${body}.`,
      'a.b.c',
    ];
    const readJwt = reader();
    expect(await Promise.all(forged.map((one) => readJwt(one)))).toEqual(forged.map(() => null));
    expect(await readJwt(jwt)).not.toBeNull();
  });

  test('is refused with HS256 also where the provider publishes such a key', async () => {
    const secret = Buffer.alloc(32, 7);
    served.keys = [{ kty: 'oct', k: secret.toString('base64url'), kid: 'one', alg: 'HS256' }];
    const jwt = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret);
    expect(await reader()(jwt)).toBeNull();
  });

  test.each(['ES256', 'EdDSA', 'PS256'])('may be signed with %s', async (alg) => {
    const key = await generateKeyPair(alg, { extractable: true });
    served.keys = [await publicJwk(key, 'new', alg)];
    expect(await read(CLAIMS, { key, kid: 'new', alg })).toEqual({ id: ID, roles: [], datasets: null, region: null });
  });
});

describe('the keys of the provider', () => {
  test('are asked for once, and not for every unknown key', async () => {
    const readJwt = reader();
    const good = await sign(CLAIMS);
    const unknown = await sign(CLAIMS, { key: other, kid: 'two' });
    for (const jwt of [good, good, unknown, unknown, unknown]) await readJwt(jwt);
    expect(asked).toBe(1);
  });

  test('that cannot be had are a failure of ours, and are left alone for five seconds', async () => {
    const readJwt = reader();
    const jwt = await sign(CLAIMS);
    served.status = 503;
    for (const _ of [1, 2, 3]) await expect(readJwt(jwt)).rejects.toThrow('keys of the identity provider');
    served.status = 200;
    now = NOW + 4_999;
    await expect(readJwt(jwt)).rejects.toThrow('keys of the identity provider');
    expect(asked).toBe(1);
    now = NOW + 5_000;
    expect([await readJwt(jwt), asked]).toEqual([expect.objectContaining({ id: ID }), 2]);
  });
});
