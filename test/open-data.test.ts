import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { copySeals } from '../services/kit/arming.js';
import { type Database, openDatabase, type Query } from '../services/kit/database.js';
import { replyError } from '../services/kit/error-reply.js';
import { silent } from '../services/kit/log.js';
import { KitReleases1764000000001 } from '../services/kit/migrations/0001-releases.js';
import { KitWorkflow1764000000002 } from '../services/kit/migrations/0002-workflow.js';
import { KitChain1764000000004 } from '../services/kit/migrations/0004-chain.js';
import { addOpenDataRoutes } from '../services/kit/open-data-routes.js';
import { findRelease, moveRelease } from '../services/kit/release.js';
import { KIT_TABLES, tablesOf } from '../services/kit/tables.js';
import { eachDatabase } from './support/databases.js';
import { EVERYTHING, InventedEverything1764000000901 } from './support/everything.js';
import { armRows } from './support/publish.js';

const DATASETS = [EVERYTHING];
const MIGRATIONS = [
  KitReleases1764000000001,
  KitWorkflow1764000000002,
  KitChain1764000000004,
  InventedEverything1764000000901,
];
const HEADER = 'region_code,segment,date,category,persons,paid,percent,is_final,source_id,note';
const CSV = '/data/everything.csv';

const FIRST = Date.parse('2026-01-10T03:00:00.000Z');
const SECOND = Date.parse('2026-02-10T03:00:00.000Z');
const EMBARGO = Date.parse('2026-03-10T03:00:00.000Z');

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

eachDatabase('open data', (makeUrl) => {
  let db: Database;
  let app: FastifyInstance;
  let now = FIRST - 60_000;
  const clock = () => now;

  beforeAll(async () => {
    const entities = [...KIT_TABLES, ...tablesOf(DATASETS)];
    db = await openDatabase({ url: await makeUrl(), entities, migrations: MIGRATIONS });
    app = Fastify();
    app.setErrorHandler((error, _request, reply) => replyError(error, reply, silent));
    addOpenDataRoutes(app, { db, clock, datasets: DATASETS }, silent);
  });
  afterAll(async () => {
    await app.close();
    await db.close();
  });

  /** Publishes rows of 19.03 and 19.04 in 2024, by persons counted, sealed for an instant that may lie ahead. */
  async function publish(persons: readonly (readonly [string, number | null])[], instant: number): Promise<string> {
    const rows = persons.map(([code, count]) => ({
      region_code: code,
      segment: 'PU',
      date: '2024',
      category: 'ALL',
      persons: count,
      paid: '1814133110',
      percent: 33.1,
      is_final: 1,
      source_id: null,
      note: count === null ? 'withheld' : '=1+1',
    }));
    const people = { createdBy: 'tok_1 publisher', approvedBy: 'tok_2 approver' };
    const draft = { dataset: EVERYTHING, rows, kind: 'REGULAR', reason: null, ...people } as const;
    const { releaseId } = await armRows({ db, clock }, draft, instant);
    await copySeals(db, [{ dataset: 'everything', instant }]);
    await db.write((tx) => moveRelease(tx, releaseId, ['ARMED'], { status: 'SEALED' }));
    return releaseId;
  }

  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
  const line = (code: string, persons: number | '', note = "'=1+1") =>
    `${code},PU,2024,ALL,${persons},1814133110,33.1,true,,${note}`;
  const textOf = (...lines: string[]) => [HEADER, ...lines, ''].join('\n');
  const problemOf = async (url: string) => {
    const { statusCode, headers, body } = await get(url);
    const [error] = JSON.parse(body).errors;
    return { statusCode, cache: headers['cache-control'], code: error.extensions.code, message: error.message };
  };

  test('of a dataset without a release is its header alone', async () => {
    const { statusCode, body, headers } = await get(CSV);
    expect([statusCode, body]).toEqual([200, textOf()]);
    expect(headers['cache-control']).toBe('public, max-age=0, s-maxage=1, must-revalidate');
  });

  test('is what is published now, named, described and kept for a second', async () => {
    await publish(
      [
        ['19.03', 120],
        ['19.04', null],
      ],
      FIRST,
    );
    now = FIRST;
    const { statusCode, headers, body } = await get(CSV);
    expect([statusCode, body]).toEqual([200, textOf(line('19.03', 120), line('19.04', '', 'withheld'))]);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="everything.csv"',
      'cache-control': 'public, max-age=0, s-maxage=1, must-revalidate',
      'x-content-type-options': 'nosniff',
      link: '</data/everything/datapackage.json>; rel="describedby"; type="application/json", </data/everything.csv>; rel="canonical"',
    });
  });

  test('comes packed to who takes gzip, and as a file of its own', async () => {
    const plain = await get(CSV);
    const packed = await get(CSV, { 'accept-encoding': 'br, gzip;q=0.5' });
    const refused = await get(CSV, { 'accept-encoding': 'gzip;q=0' });
    const file = await get(`${CSV}.gz`);
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
    expect(gunzipSync(file.rawPayload).toString()).toBe(plain.body);
    expect(refused.body).toBe(plain.body);
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(file.headers).toMatchObject({
      'content-type': 'application/gzip',
      'content-disposition': 'attachment; filename="everything.csv.gz"',
    });
    expect(file.headers['content-encoding']).toBeUndefined();
    expect(new Set([plain, packed, file].map(({ headers }) => headers.etag)).size).toBe(3);
  });

  test('has a tag that stays while nothing changes, and answers a condition without reading rows', async () => {
    const { headers } = await get(CSV);
    const again = await get(CSV, { 'if-none-match': String(headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    const head = await app.inject({ method: 'HEAD', url: CSV });
    expect([head.statusCode, head.body, head.headers.etag]).toEqual([200, '', headers.etag]);
  });

  test('of a past day is what was seen then, and is kept for a day', async () => {
    await publish([['19.03', 150]], SECOND);
    now = SECOND + 86_400_000;
    const { body, headers } = await get(`${CSV}?asOf=2026-02-01`);
    expect(body).toBe(textOf(line('19.03', 120), line('19.04', '', 'withheld')));
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=86400',
      'content-disposition': 'attachment; filename="everything-20260110T030000000Z.csv"',
    });
    const sameState = await get(`${CSV}?asOf=2026-01-20T08:00%2B07:00`);
    expect(sameState.headers.etag).toBe(headers.etag);
    expect((await get(CSV)).body).toBe(textOf(line('19.03', 150), line('19.04', '', 'withheld')));
  });

  test('of a release is what its hash covers, also when others have come since', async () => {
    for (const [number, lines] of [
      [1, [line('19.03', 120), line('19.04', '', 'withheld')]],
      [2, [line('19.03', 150)]],
    ] as const) {
      const { body, headers } = await get(`${CSV}?release=${number}`);
      expect(body).toBe(textOf(...lines));
      expect(sha256(body)).toBe((await findRelease(db, `everything/${number}`))?.contentHash);
      expect(headers['content-disposition']).toBe(`attachment; filename="everything-release-${number}.csv"`);
    }
  });

  test('says nothing of a release before its instant, and all of it from then on', async () => {
    const before = await get(CSV);
    const unknown = await problemOf(`${CSV}?release=3`);
    const id = await publish([['19.03', 777]], EMBARGO);
    now = EMBARGO - 1;
    const early = await get(CSV);
    expect([early.body, early.headers.etag]).toEqual([before.body, before.headers.etag]);
    expect(id).toBe('everything/3');
    expect(await problemOf(`${CSV}?release=3`)).toEqual(unknown);
    now = EMBARGO;
    expect((await get(CSV)).body).toBe(textOf(line('19.03', 777), line('19.04', '', 'withheld')));
    expect((await get(`${CSV}?release=3`)).body).toBe(textOf(line('19.03', 777)));
    expect((await get(`${CSV}?asOf=${new Date(EMBARGO - 1).toISOString()}`)).body).toBe(before.body);
  });

  test('has another tag once a figure was redacted', async () => {
    const before = await get(`${CSV}?release=2`);
    const values = [1, 'everything', '[]', 'a court', now, 'tok_2 approver', '{}', ''];
    await db.write((tx) => tx.query(`INSERT INTO redaction VALUES (${values.map(() => '?').join(', ')})`, values));
    expect((await get(`${CSV}?release=2`)).headers.etag).not.toBe(before.headers.etag);
  });

  test.each(['identity', 'gzip'])('that breaks off half-way is no shorter file: %s', async (encoding) => {
    const half = Fastify();
    const broken: Query = async (sql, parameters) => {
      if (sql.includes('AS line')) throw new Error('the database has gone away');
      return db.query(sql, parameters);
    };
    const events: string[] = [];
    addOpenDataRoutes(half, { db: { ...db, query: broken }, clock, datasets: DATASETS }, (_level, event) => {
      events.push(event);
    });
    const url = await half.listen({ port: 0, host: '127.0.0.1' });
    const packed = { headers: { 'accept-encoding': encoding }, signal: AbortSignal.timeout(5000) };
    const read = fetch(`${url}${CSV}`, packed).then((response) => response.text());
    await expect(read).rejects.toThrow('terminated');
    expect(events).toEqual(['export.failed']);
    await half.close();
  });

  describe('refuses', () => {
    test.each([
      [`${CSV}?asOf=2030-01-01`, 'AS_OF_IN_FUTURE'],
      [`${CSV}?asOf=yesterday`, 'BAD_AS_OF'],
      [`${CSV}?asOf=2025-12-31`, 'NOT_YET_KEPT'],
      [`${CSV}?release=99`, 'UNKNOWN_RELEASE'],
      [`${CSV}?release=1%20OR%201=1`, 'UNKNOWN_RELEASE'],
      [`${CSV}?release=1&asOf=2026-02-01`, 'BAD_ARGUMENT'],
      ['/data/nothing.csv', 'UNKNOWN_DATASET'],
      ['/data/everything/nothing.csv', 'UNKNOWN_DATASET'],
      ['/data/nothing/datapackage.json', 'UNKNOWN_DATASET'],
    ])('%s with %s, which nobody keeps', async (url, code) => {
      expect(await problemOf(url)).toMatchObject({ statusCode: 400, cache: 'no-store', code });
    });
  });

  test('lies beside its description, at the path that names it', async () => {
    const { headers, body } = await get('/data/everything/datapackage.json');
    const { resources } = JSON.parse(body);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(resources[0].path).toBe('everything.csv');
    expect((await get(`/data/everything/${resources[0].path}`)).body).toBe((await get(CSV)).body);
    const again = await get('/data/everything/datapackage.json', { 'if-none-match': String(headers.etag) });
    expect(again.statusCode).toBe(304);
  });
});
