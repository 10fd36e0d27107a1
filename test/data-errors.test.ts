import { mkdir, symlink } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import {
  askData,
  bearer,
  codeOf,
  DATA_CODES,
  hashOf,
  type Said,
  sendBytes,
  sendFile,
  tokenFor,
} from './support/data-client.js';
import { freshFolder } from './support/databases.js';
import { LOAD_TOKEN, type StartedWorld, startWorld } from './support/world.js';

const HEADER = 'region_code,date,segment,program,status,value,source_id';
/** An invented figure of one month. */
const file = (month: string, value: number | string) =>
  `${HEADER}\n19.03,${month},PU,JHT,ACTIVE,${value},antara-babel-534790\n`;
const ISSUER = 'https://id.example.org';

let world: StartedWorld;
let provider: Server;
let spoolFolder: string;
let publisher: string;
let approver: string;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;
/** Every answer of this file, to look for what may be in none. */
const answers: Said[] = [];

beforeAll(async () => {
  keys = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  provider = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const { port } = provider.address() as AddressInfo; // a string only for pipes
  spoolFolder = await freshFolder();
  world = await startWorld({
    env: {
      SPOOL_FOLDER: spoolFolder,
      MAX_UPLOAD_MB: '1',
      JWKS_URL: `http://127.0.0.1:${port}/keys`,
      JWT_ISSUER: ISSUER,
      JWT_AUDIENCE: 'cakupan',
    },
  });
  publisher = await tokenFor(world.office, { role: 'publisher' });
  approver = await tokenFor(world.office, { role: 'approver' });
}, 60_000);
afterAll(async () => {
  await world.stop();
  await new Promise((resolve) => provider.close(resolve));
});

/** Remembers what was said, and gives its status and code. */
function told(said: Said): [number, unknown] {
  answers.push(said);
  return [said.status, codeOf(said)];
}

const ask = async (path: string, token: string | null, body?: unknown) =>
  told(await askData(world.url, path, token, body));
const send = (text: string, fields: object = {}, token = publisher) =>
  sendFile(world.url, 'participant_count/releases', token, text, { ...fields });
const upload = async (text: string, chunk: object = {}, token = publisher) =>
  told(await sendBytes(world.url, 'participant_count', token, Buffer.from(text), chunk));
const numberOf = ({ body }: Said) => (body.release as { number: number }).number;

describe('a mistake about a file', () => {
  test('is told by its code', async () => {
    const text = file('2019-01', 1200);
    expect(told(await send(file('2019-01', 'x')))).toEqual([400, 'BAD_FILE']);
    expect(await upload(text, { hash: hashOf('other') })).toEqual([400, 'HASH_MISMATCH']);
    expect(await upload(text, { length: 1_048_577 })).toEqual([413, 'FILE_TOO_LARGE']);
    expect(await upload(text, { offset: 7 })).toEqual([409, 'WRONG_OFFSET']);
    expect(await ask('participant_count/check', publisher, { file: hashOf('never sent') })).toEqual([
      400,
      'UNKNOWN_FILE',
    ]);
    expect(await upload(text, {}, approver)).toEqual([403, 'NOT_ALLOWED']);
    expect(await ask('nothing/check', publisher, { file: hashOf(text) })).toEqual([400, 'UNKNOWN_DATASET']);
    expect(await ask('participant_count/check', publisher, [])).toEqual([400, 'BAD_REQUEST']);
    const bad = [
      {},
      { file: 'x' },
      { file: hashOf(text), locale: 'fr' },
      { file: hashOf(text), name: 7 },
      { file: hashOf(text), descriptor: {} },
    ];
    for (const fields of [...bad, { file: hashOf(text), name: 'x'.repeat(2000) }])
      expect(await ask('participant_count/check', publisher, fields)).toEqual([400, 'BAD_ARGUMENT']);
    expect(await ask('participant_count/check', publisher, { file: hashOf(text), region: '1903' })).toEqual([
      400,
      'BAD_REGION_CODE',
    ]);
  });

  test('of its kind, reason or warnings is told too', async () => {
    const text = file('2019-01', 1200);
    for (const fields of [{ kind: 'WITHDRAWAL' }, { acknowledge: 'W2' }, { acknowledge: ["'; --"] }, { reason: ['x'] }])
      expect(told(await send(text, fields))).toEqual([400, 'BAD_ARGUMENT']);
    expect(told(await send(text, { kind: 'CORRECTION', reason: 'x' }))).toEqual([400, 'REASON_MISSING']);
    expect(told(await send(text, { supersedes: 'participant_count/99' }))).toEqual([400, 'UNKNOWN_RELEASE']);
    expect(told(await send(file('2025-02', 1200)))).toEqual([400, 'WARNINGS_NOT_ACKNOWLEDGED']); // the facts of that month
  });

  test('that two send at once is told to the second', async () => {
    const text = file('2019-09', 1209);
    const slow = request(`${world.url}/data/participant_count/files/${hashOf(text)}`, {
      method: 'PATCH',
      headers: {
        'content-type': 'application/octet-stream',
        'upload-offset': '0',
        'upload-length': String(text.length),
        ...bearer(publisher),
      },
    });
    slow.on('error', () => {});
    slow.write(text.slice(0, 20));
    await delay(200);
    expect(await upload(text)).toEqual([409, 'UPLOAD_BUSY']);
    slow.destroy();
  });

  test('that two publish at once makes one draft', async () => {
    const text = file('2019-08', 1208);
    await upload(text);
    const asked = await Promise.all(
      [1, 2, 3].map(() => askData(world.url, 'participant_count/releases', publisher, { file: hashOf(text) })),
    );
    const outcomes = asked.map((said) => said.body.outcome ?? told(said)[1]);
    expect(outcomes.filter((one) => one === 'DRAFTED')).toHaveLength(1);
    expect(outcomes.filter((one) => one === 'UPLOAD_BUSY')).toHaveLength(2);
  });

  test('that the disk has no room for is told as that', async () => {
    const text = file('2019-10', 1210);
    await mkdir(join(spoolFolder, 'participant_count'), { recursive: true });
    await symlink('/dev/full', join(spoolFolder, 'participant_count', `${hashOf(text)}.part`)); // every write fails
    expect(await upload(text)).toEqual([507, 'SPOOL_FULL']);
  });
});

describe('a mistake about a release', () => {
  test('is told by its code', async () => {
    const [one, other] = [numberOf(await send(file('2019-02', 1202))), numberOf(await send(file('2019-02', 1207)))];
    const path = (number: number, verb: string) => `participant_count/releases/${number}/${verb}`;
    expect(await ask(path(one, 'approve'), approver, { at: '2020-01-01T00:00Z' })).toEqual([400, 'BAD_INSTANT']);
    expect(await ask(path(one, 'approve'), approver, { at: 'soon' })).toEqual([400, 'BAD_INSTANT']);
    expect(await ask(path(one, 'approve'), publisher, {})).toEqual([403, 'NOT_ALLOWED']);
    expect(await ask(path(9999, 'approve'), approver, {})).toEqual([400, 'UNKNOWN_RELEASE']);
    expect(await ask('participant_count/releases/seven/approve', approver, {})).toEqual([400, 'UNKNOWN_RELEASE']);
    expect(await ask(path(one, 'move'), approver, {})).toEqual([400, 'BAD_INSTANT']);
    expect((await ask(path(one, 'approve'), approver, {}))[0]).toBe(200);
    expect(await ask(path(one, 'approve'), approver, {})).toEqual([400, 'RELEASE_NOT_READY']);
    expect(await ask(path(other, 'approve'), approver, {})).toEqual([400, 'STALE_DRAFT']);
    expect(await ask('participant_count/releases?first=0', null)).toEqual([400, 'BAD_ARGUMENT']);
    expect(await ask('participant_count/diff/1/99', null)).toEqual([400, 'UNKNOWN_RELEASE']);
    expect(await ask('participant_count/diff/1/never', null)).toEqual([400, 'BAD_AS_OF']);
  });

  test('approved by who made it is refused, also where one person may do both', async () => {
    const jwt = await new SignJWT({ roles: ['publisher', 'approver'], sub: 'subject-1' })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(ISSUER)
      .setAudience('cakupan')
      .setExpirationTime('5m')
      .sign(keys.privateKey);
    const number = numberOf(await send(file('2019-03', 1203), {}, jwt));
    expect(await ask(`participant_count/releases/${number}/approve`, jwt, {})).toEqual([400, 'OWN_RELEASE']);
  });
});

describe('a first load', () => {
  const load = async (token: string | null) =>
    told(await sendFile(world.url, 'region/load', token, 'code,name\n', { name: 'region.csv' }));

  test('is refused where the dataset is not empty, or the token is for other things', async () => {
    expect([await load(LOAD_TOKEN), await load(publisher), await load('another-token')]).toEqual([
      [400, 'DATASET_NOT_EMPTY'],
      [403, 'LOAD_NOT_ALLOWED'],
      [401, 'BAD_TOKEN'],
    ]);
  });
});

describe('over all answers', () => {
  test('too many bad tokens of one address have to wait; a good one does not', async () => {
    const tried: unknown[] = [];
    for (let count = 0; count < 12; count += 1) tried.push((await ask('region/verify', `wrong-${count}`))[1]);
    expect(new Set(tried)).toEqual(new Set(['BAD_TOKEN', 'TOO_MANY_ATTEMPTS']));
    expect((await ask('participant_count/releases', publisher))[0]).toBe(200);
  });

  test('every code that only those who publish are told was provoked', () => {
    const provoked = new Set(answers.map(codeOf));
    expect(DATA_CODES.filter((code) => !provoked.has(code))).toEqual(['RELEASE_BUSY']); // arming tries that again by itself
  });

  test('nothing internal was told', () => {
    const INTERNAL = /node_modules|\.[tj]s:\d|\bat \w+ \(|stack|SELECT |INSERT |sqlite|services\/|\.part/i;
    expect(answers.map((said) => JSON.stringify(said)).filter((said) => INTERNAL.test(said))).toEqual([]);
  });
});
