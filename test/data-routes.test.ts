import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { findUses } from '../services/kit/audit.js';
import { askData, bearer, codeOf, hashOf, type Said, sendBytes, sendFile, tokenFor } from './support/data-client.js';
import { freshFolder, freshSqlite } from './support/databases.js';
import { LOAD_TOKEN, type StartedWorld, startWorld } from './support/world.js';

/** Invented figures of one month, in a region each. */
const HEADER = 'region_code,date,segment,program,status,value,source_id';
const SOURCE = 'antara-babel-534790';
const file = (month: string, values: Readonly<Record<string, number>>) =>
  `${[HEADER, ...Object.entries(values).map(([region, value]) => `${region},${month},PU,JHT,ACTIVE,${value},${SOURCE}`)].join('\n')}\n`;

const clock = { now: Date.parse('2026-03-01T05:00:00Z') };
let world: StartedWorld;
let spoolFolder: string;
let publisher: string;
let approver: string;

beforeAll(async () => {
  spoolFolder = await freshFolder();
  world = await startWorld({ url: await freshSqlite(), clock: () => clock.now, env: { SPOOL_FOLDER: spoolFolder } });
}, 60_000);
afterAll(() => world.stop());
beforeEach(async () => {
  publisher = await tokenFor(world.office, { role: 'publisher' });
  approver = await tokenFor(world.office, { role: 'approver' });
});

const ask = (path: string, token: string | null, body?: unknown) =>
  askData(world.url, `participant_count/${path}`, token, body);
const send = (text: string, fields: object = {}, token: string | null = publisher) =>
  sendFile(world.url, 'participant_count/releases', token, text, { name: 'figures.csv', ...fields });
const releaseOf = ({ body }: Said) => {
  expect(body).toMatchObject({ outcome: 'DRAFTED' });
  return body.release as { id: string; number: number };
};
const isSpooled = async (text: string) =>
  (await readdir(spoolFolder, { recursive: true })).some((name) => name.includes(hashOf(text)));

/** Approves a draft and lets its instant come. */
async function publish(said: Said): Promise<number> {
  const { number } = releaseOf(said);
  const { body } = await ask(`releases/${number}/approve`, approver, {});
  const [approved] = body.releases as { publishedAt: string }[];
  clock.now = Date.parse(approved?.publishedAt ?? '') + 1000;
  await world.poll();
  return number;
}

describe('a file', () => {
  test('is sent, checked, published, approved and then seen, and nothing of it stays behind', async () => {
    const text = file('2019-01', { '19.03': 1200, '19.05': 800 });
    expect(await sendFile(world.url, 'participant_count/check', publisher, text)).toEqual({
      status: 200,
      body: {
        report: expect.objectContaining({ rows: 2, errors: 0, warnings: 0, problems: [] }),
        difference: { added: 2, changed: 0, removed: 0, same: 0 },
      },
    });
    expect(await isSpooled(text)).toBe(false); // a check keeps nothing
    const made = await send(text);
    expect(made).toEqual({
      status: 200,
      body: {
        outcome: 'DRAFTED',
        report: expect.objectContaining({ errors: 0 }),
        release: expect.objectContaining({
          status: 'DRAFT',
          difference: { added: 2, changed: 0, removed: 0, same: 0 },
          fileName: 'figures.csv',
          fileHash: hashOf(text),
          createdBy: expect.stringMatching(/^tok_\w{8} publisher$/),
        }),
      },
    });
    expect(await isSpooled(text)).toBe(false);
    const number = await publish(made);
    expect((await ask(`releases/${number}`, null)).body.release).toMatchObject({ status: 'PUBLISHED', rows: 2 });
    const csv = await (await fetch(`${world.url}/data/participant_count.csv`)).text();
    expect(csv).toContain('19.03,2019-01,PU,JHT,ACTIVE,ALL,BPJSTK,,UNKNOWN,1200');
  });

  test('with mistakes is refused with all of them, and does not stay', async () => {
    const text = file('2019-02', { '1903': 5, '19.99': 6 });
    const refused = await send(text);
    expect([refused.status, codeOf(refused)]).toEqual([400, 'BAD_FILE']);
    expect(refused.body.errors?.[0]?.extensions?.report).toMatchObject({ rows: 2, errors: 2, file: 'figures.csv' });
    expect(await isSpooled(text)).toBe(false);
    expect(codeOf(await ask('releases', publisher, { file: hashOf(text) }))).toBe('UNKNOWN_FILE');
  });

  test('with counts of few says how many rows will be withheld, and keeps no count of one', async () => {
    const text = file('2018-10', { '19.01': 1, '19.03': 4, '19.05': 5, '19.06': 0 });
    const checked = await sendFile(world.url, 'participant_count/check', publisher, text);
    expect(checked.body.report).toMatchObject({ rows: 4, withheld: 2, threshold: 5, errors: 0 });
    const made = await send(text);
    expect(made.body.report).toMatchObject({ rows: 4, withheld: 2 });
    await publish(made);
    const csv = await (await fetch(`${world.url}/data/participant_count.csv`)).text();
    const ends = csv.split('\n').filter((line) => line.includes(',2018-10,'));
    expect(ends.map((line) => line.replace(/,ALL,BPJSTK,,UNKNOWN|,antara.*/g, ''))).toEqual([
      '19.01,2018-10,PU,JHT,ACTIVE,,,,,Q,A,',
      '19.03,2018-10,PU,JHT,ACTIVE,,,,,Q,A,',
      '19.05,2018-10,PU,JHT,ACTIVE,5,,,,A,F,',
      '19.06,2018-10,PU,JHT,ACTIVE,0,,,,A,F,',
    ]);
    const kept = await world.loader.db.query('SELECT row_key, value FROM withheld_value');
    expect(kept.filter(({ row_key }) => String(row_key).includes('2018-10')).map(({ value }) => Number(value))).toEqual(
      [4],
    );
  });

  test('tells how far its check is, line by line, where that is wanted', async () => {
    const lines = async (text: string) => {
      await sendBytes(world.url, 'participant_count', publisher, Buffer.from(text));
      const response = await fetch(`${world.url}/data/participant_count/check`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/x-ndjson', ...bearer(publisher) },
        body: JSON.stringify({ file: hashOf(text), locale: 'C' }),
      });
      expect(response.headers.get('content-type')).toBe('application/x-ndjson');
      return (await response.text())
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
    };
    expect(await lines(file('2019-02', { '19.03': 1207 }))).toEqual([
      { progress: { rows: 1 } },
      expect.objectContaining({ report: expect.objectContaining({ rows: 1, errors: 0 }) }),
    ]);
    expect((await lines('not a header\n')).at(-1)).toEqual({
      report: expect.objectContaining({ errors: 1 }),
      difference: null,
    });
  });

  test('of a new source says where that goes first, and is good once it is there', async () => {
    const text = file('2018-09', { '19.03': 1200 }).replace(SOURCE, 'our-office-2018-10');
    const checked = await sendFile(world.url, 'participant_count/check', publisher, text);
    expect(checked.body.report).toMatchObject({
      problems: [
        {
          rule: 'REFERENCE',
          raw: 'our-office-2018-10',
          suggestion: {
            id: 'terbitkan dulu di participants_source, atau tulis id yang sudah ada di sana',
            en: 'publish it in participants_source first, or write an id that is there',
          },
        },
      ],
    });
    const source = 'id,publisher\nour-office-2018-10,Our office\n';
    const ofRegion = await tokenFor(world.office, { role: 'publisher', region: '19.03' });
    const path = 'participants_source/releases';
    expect(codeOf(await sendFile(world.url, path, ofRegion, source))).toBe('NOT_ALLOWED');
    const made = await sendFile(world.url, path, publisher, source);
    expect(made.body).toMatchObject({ release: { difference: { added: 1, changed: 0, removed: 0 } } });
    await askData(world.url, `${path}/${releaseOf(made).number}/approve`, approver, {});
    expect((await sendFile(world.url, 'participant_count/check', publisher, text)).body.report).toMatchObject({
      errors: 0,
    });
  });

  test('of percentages keeps their last zero: the tag shows 33,10 as 33,10', async () => {
    const header = 'region_code;date;indicator_id;percent;source_id';
    const text = `${header}\n19.04;2025-12;ucj;33,10;${SOURCE}\n19.05;2025-12;ucj;33,1;${SOURCE}\n`;
    const made = await sendFile(world.url, 'stated_coverage/releases', publisher, text, { locale: 'id-ID' });
    const path = `stated_coverage/releases/${releaseOf(made).number}/approve`;
    const { body } = await askData(world.url, path, approver, {});
    const [{ publishedAt } = { publishedAt: '' }] = body.releases as { publishedAt: string }[];
    clock.now = Date.parse(publishedAt) + 1000;
    await world.poll();
    const card = readFileSync('schema/operations/coverage-card.graphql', 'utf8');
    const { data } = await world.ask(card, { variables: { codes: ['19.04', '19.05'], indicator: 'ucj' } });
    const regions = data?.regionsByCode as { coverage: { percent: number; asPrinted: string | null } }[];
    expect(regions.map(({ coverage: { percent, asPrinted } }) => [percent, asPrinted])).toEqual([
      [33.1, '33,10'],
      [33.1, null],
    ]);
    const csv = await (await fetch(`${world.url}/data/stated_coverage.csv`)).text();
    expect(csv).toContain('19.04,2025-12,ucj,,ALL,33.1,"33,10"');
  });

  test('that vanishes figures says so, and needs that to be acknowledged by name', async () => {
    await publish(await send(file('2019-03', { '19.03': 1210, '19.05': 820 })));
    const shorter = file('2019-03', { '19.03': 1210 });
    const tried = await sendFile(world.url, 'participant_count/check', publisher, shorter);
    expect(tried.body).toMatchObject({ report: { warnings: 1, counts: { VANISHED: 1 } }, difference: { removed: 1 } });
    const warned = await send(shorter);
    expect([codeOf(warned), warned.body.errors?.[0]?.extensions?.missing]).toEqual([
      'WARNINGS_NOT_ACKNOWLEDGED',
      ['VANISHED'],
    ]);
    expect(await isSpooled(shorter)).toBe(false);
    expect((await send(shorter, { keepMissing: true })).body).toMatchObject({ outcome: 'NOTHING_NEW', release: null });
    expect((await send(shorter, { acknowledge: ['VANISHED'] })).body).toMatchObject({
      outcome: 'DRAFTED',
      release: { difference: { added: 0, changed: 0, removed: 1 }, acknowledged: ['VANISHED'] },
    });
    expect(await isSpooled(shorter)).toBe(false);
  });

  test('sent twice makes one release: the draft, then what was published', async () => {
    const text = file('2019-04', { '19.03': 1211 });
    const first = await send(text);
    const again = await send(text);
    expect(again.body).toEqual({ outcome: 'ALREADY_DRAFTED', release: first.body.release, report: null });
    await publish(first);
    expect((await send(text)).body).toMatchObject({
      outcome: 'ALREADY_PUBLISHED',
      release: { id: releaseOf(first).id, status: 'PUBLISHED' },
    });
    expect((await send(file('2019-04', { '19.03': 1211 }).replace(SOURCE, `"${SOURCE}"`))).body).toMatchObject({
      outcome: 'NOTHING_NEW', // other bytes, the same figures
      release: null,
    });
  });

  test('of two publishers at once: one wins, the other is told what changed', async () => {
    const [one, other] = [
      await send(file('2019-05', { '19.03': 1213 })),
      await send(file('2019-05', { '19.03': 1214 })),
    ];
    const won = await publish(one);
    const stale = await ask(`releases/${releaseOf(other).number}/approve`, approver, {});
    expect([stale.status, codeOf(stale)]).toEqual([400, 'STALE_DRAFT']);
    expect(stale.body.errors?.[0]?.message).toContain(`participant_count/${won} (1 cell)`);
    expect((await ask(`releases/${releaseOf(other).number}`, publisher)).body.release).toMatchObject({
      status: 'FAILED',
    });
  });

  test('that is refused for any reason does not stay', async () => {
    const text = file('2018-11', { '19.03': 1300 });
    const ofRegion = await tokenFor(world.office, { role: 'publisher', region: '19.05' });
    const refused = [
      await send(text, { kind: 'CORRECTION' }),
      await send(text, { kind: 'CORRECTION', supersedes: 'participant_count/99999', reason: 'Wrong column' }),
      await send(text, { acknowledge: ['no name'] }),
      await send(text, { region: '19.03' }, ofRegion),
    ];
    expect(refused.map(codeOf)).toEqual(['REASON_MISSING', 'UNKNOWN_RELEASE', 'BAD_ARGUMENT', 'NOT_ALLOWED']);
    const kept = await Promise.all(refused.map(() => isSpooled(text)));
    expect(kept).toEqual([false, false, false, false]);
    await publish(await send(text));
    const changing = file('2018-11', { '19.03': 1301 });
    expect([codeOf(await send(changing)), await isSpooled(changing)]).toEqual(['REASON_MISSING', false]);
  });

  test('stays for whoever left before the answer, so that it need not be sent again', async () => {
    const rows = Array.from({ length: 15_000 }, (_, at) => `19.03,2018-12,PU,JHT,ACTIVE,${1000 + at},${SOURCE}`);
    const text = `${[HEADER, ...rows].join('\n')}\n`;
    await sendBytes(world.url, 'participant_count', publisher, Buffer.from(text));
    const left = new AbortController();
    const response = await fetch(`${world.url}/data/participant_count/check`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/x-ndjson', ...bearer(publisher) },
      body: JSON.stringify({ file: hashOf(text) }),
      signal: left.signal,
    });
    await response.body?.getReader().read();
    left.abort();
    const { loader } = world.office;
    const ends = async () =>
      (await findUses(loader.db, { caller: null, since: 0, limit: 1000 })).map(({ outcome }) => outcome);
    while ((await ends()).includes('STARTED')) await delay(50);
    expect([(await ends()).includes('FAILED'), await isSpooled(text)]).toEqual([true, true]);
    const said = await ask('check', publisher, { file: hashOf(text) });
    expect([said.body, await isSpooled(text)]).toEqual([
      expect.objectContaining({ report: expect.objectContaining({ counts: expect.objectContaining({ E1: 14_999 }) }) }),
      false,
    ]);
  });

  test('that tells of persons is refused before a byte of it is kept', async () => {
    const text = `${HEADER},nik\n19.03,2019-06,PU,JHT,ACTIVE,10,${SOURCE},1903990000000001\n`;
    const refused = await send(text);
    expect([codeOf(refused), JSON.stringify(refused.body)]).toEqual(['BAD_FILE', expect.not.stringContaining('1903')]);
    expect(refused.body.errors?.[0]?.extensions?.report).toMatchObject({
      problems: [{ rule: 'PERSONAL', column: 'nik', raw: null }],
    });
    expect(await isSpooled(text)).toBe(false);
  });
});

describe('an upload', () => {
  const text = file('2019-07', { '19.03': 1212, '19.05': 813 });
  const bytes = Buffer.from(text);
  const place = { hash: hashOf(text), length: bytes.length };
  const head = async () => {
    const response = await fetch(`${world.url}/data/participant_count/files/${place.hash}`, {
      method: 'HEAD',
      headers: bearer(publisher),
    });
    return ['upload-offset', 'upload-complete'].map((name) => response.headers.get(name));
  };
  const patch = (from: number, to: number, token: string | null = publisher) =>
    sendBytes(world.url, 'participant_count', token, bytes.subarray(from, to), { ...place, offset: from });

  test('that was interrupted goes on where HEAD says', async () => {
    expect(await head()).toEqual(['0', '?0']);
    const { body } = await patch(0, 70);
    const offset = Number(body.offset);
    expect([offset > 50 && offset <= 70, body.isWhole, await head()]).toEqual([true, false, [String(offset), '?0']]);
    expect([await patch(0, 70), await patch(offset + 1, 80)].map((said) => [said.status, codeOf(said)])).toEqual([
      [409, 'WRONG_OFFSET'],
      [409, 'WRONG_OFFSET'],
    ]);
    expect(await patch(offset, bytes.length)).toEqual({ status: 200, body: { offset: bytes.length, isWhole: true } });
    expect(await head()).toEqual([String(bytes.length), '?1']);
  });

  test('is refused where its bytes are others, too many, or not announced', async () => {
    const wrong = { hash: hashOf('other'), length: bytes.length };
    const answers = await Promise.all([
      sendBytes(world.url, 'participant_count', publisher, bytes, wrong),
      sendBytes(world.url, 'participant_count', publisher, bytes, { hash: hashOf('long'), length: 5e9 }),
      sendBytes(world.url, 'participant_count', publisher, bytes, { hash: 'x' }),
      sendBytes(world.url, 'participant_count', publisher, bytes, { hash: hashOf('none'), length: Number.NaN }),
    ]);
    expect(answers.map((said) => [said.status, codeOf(said)])).toEqual([
      [400, 'HASH_MISMATCH'],
      [413, 'FILE_TOO_LARGE'],
      [400, 'BAD_ARGUMENT'],
      [400, 'BAD_ARGUMENT'],
    ]);
  });
});

describe('who may', () => {
  const text = file('2019-08', { '19.03': 1221 });

  test('is asked first: without a token, or with one that has ended, nothing is told of what exists', async () => {
    const ended = await tokenFor(world.office, { role: 'publisher', expiresInMs: 1000 });
    clock.now += 2000;
    const said = await Promise.all(
      [null, ended].flatMap((token) => [
        send(text, {}, token),
        askData(world.url, 'nothing/releases', token, { file: hashOf(text) }),
        ask('check', token, {}),
        ask('releases/1/approve', token, {}),
        ask('releases/999/cancel', token, {}),
        ask('releases/999/move', token, {}),
      ]),
    );
    expect(new Set(said.map((one) => JSON.stringify([one.status, codeOf(one)])))).toEqual(
      new Set(['[401,"BAD_TOKEN"]']),
    );
    expect(new Set(said.map(({ body }) => body.errors?.[0]?.message)).size).toBe(1);
  });

  test('is held to role, dataset and region', async () => {
    const [ofTargets, ofRegion] = [
      await tokenFor(world.office, { role: 'publisher', datasets: ['target'] }),
      await tokenFor(world.office, { role: 'publisher', region: '19.03' }),
    ];
    const refused = [
      await send(text, {}, approver),
      await send(text, {}, ofTargets),
      await send(file('2019-08', { '19.05': 822 }), { region: '19.05' }, ofRegion),
      await askData(world.url, 'nothing/check', ofTargets, {}),
    ];
    expect(refused.map((said) => [said.status, codeOf(said)])).toEqual(refused.map(() => [403, 'NOT_ALLOWED']));
    const outside = await send(file('2019-08', { '19.05': 822 }), {}, ofRegion);
    expect(outside.body.errors?.[0]?.extensions?.report).toMatchObject({ problems: [{ rule: 'SCOPE', row: 2 }] });
    const inside = await send(text, {}, ofRegion);
    expect(inside.body).toMatchObject({ outcome: 'DRAFTED', release: { region: '19.03' } });
  });

  test('lets nobody approve what is their own, outside their region, or for an instant that has passed', async () => {
    const draft = releaseOf(await send(file('2019-09', { '19.03': 1223 })));
    const path = `releases/${draft.number}/approve`;
    const ofRegion = await tokenFor(world.office, { role: 'approver', region: '19.03' });
    const past = { at: '2020-01-01T00:00+07:00' };
    const said = [await ask(path, publisher, {}), await ask(path, ofRegion, {}), await ask(path, approver, past)];
    expect(said.map(codeOf)).toEqual(['NOT_ALLOWED', 'UNKNOWN_RELEASE', 'BAD_INSTANT']);
    expect(codeOf(await ask(path, approver, { at: '2026-12-01' }))).toBe('BAD_INSTANT');
    expect((await ask(`releases/${draft.number}`, publisher)).body.release).toMatchObject({ status: 'DRAFT' });
  });

  test('is written down, without what was sent', async () => {
    const { loader } = world.office;
    const uses = await findUses(loader.db, { caller: null, since: 0, limit: 1000 });
    const kinds = new Set(uses.map(({ verb, outcome }) => `${verb} ${outcome}`));
    for (const kind of [
      'upload DONE',
      'upload BAD_FILE',
      'publish DONE',
      'publish BAD_FILE',
      'check DONE',
      'approve DONE',
    ])
      expect([...kinds]).toContain(kind);
    expect(uses.some(({ verb, release }) => verb === 'publish' && release?.startsWith('participant_count/'))).toBe(
      true,
    );
    expect(JSON.stringify(uses)).not.toMatch(/figures\.csv|1903990/);
  });
});

describe('a scheduled release', () => {
  test('is known to those who publish, moved and cancelled, and to nobody else', async () => {
    const { number } = releaseOf(await send(file('2019-10', { '19.03': 1239 })));
    const at = new Date(clock.now + 3_600_000).toISOString();
    expect((await ask(`releases/${number}/approve`, approver, { at })).body).toMatchObject({
      releases: [{ status: 'SCHEDULED', publishAt: at, publishedAt: null }],
    });
    const later = new Date(clock.now + 7_200_000).toISOString();
    expect((await ask(`releases/${number}/move`, approver, { at: later })).body).toMatchObject({
      release: { status: 'SCHEDULED', publishAt: later },
    });
    const [unknown, hidden] = [await ask('releases/9999', null), await ask(`releases/${number}`, null)];
    expect([hidden.status, codeOf(hidden)]).toEqual([unknown.status, 'UNKNOWN_RELEASE']);
    expect(hidden.body.errors?.[0]?.message.replace(String(number), '9999')).toBe(unknown.body.errors?.[0]?.message);
    const listed = (await ask('releases?first=1000', null)).body.releases as object[];
    expect(listed.filter((one) => (one as { number: number }).number === number)).toEqual([]);
    expect(listed.filter((one) => 'fileHash' in one || 'failure' in one || 'createdBy' in one)).toEqual([]);
    expect((await ask(`releases/${number}/cancel`, publisher, {})).body).toMatchObject({
      release: { status: 'CANCELLED' },
    });
    expect(codeOf(await ask(`releases/${number}/cancel`, publisher, {}))).toBe('RELEASE_NOT_READY');
  });

  test('is listed by its instant, after the drafts and before what appeared earlier', async () => {
    const drafts = [];
    for (const month of ['2017-01', '2017-02', '2017-03', '2017-04'])
      drafts.push(await send(file(month, { '19.03': 1400 })));
    const [late, soon, given, draft] = drafts.map((said) => releaseOf(said).number);
    const approveAt = (number: number | undefined, ms: number) =>
      ask(`releases/${number}/approve`, approver, { at: new Date(clock.now + ms).toISOString() });
    await approveAt(late, 7_200_000);
    await approveAt(soon, 60_000);
    await ask(`releases/${given}/cancel`, publisher, {});
    const list = async (token: string | null) =>
      ((await ask('releases?first=1000', token)).body.releases as { number: number; publishedAt: string }[]).filter(
        ({ number }) => [late, soon, given, draft].includes(number),
      );
    expect((await list(publisher)).map(({ number }) => number)).toEqual([draft, late, soon, given]);
    clock.now += 7_260_000;
    await world.office.publication.tick();
    clock.now += 60_000;
    await world.poll();
    expect((await list(null)).map(({ number }) => number)).toEqual([late, soon]);
    expect((await list(publisher)).map(({ number }) => number)).toEqual([draft, late, soon, given]);
  });

  test('may appear together with others, at one instant', async () => {
    const ids = [releaseOf(await send(file('2019-11', { '19.03': 1241 }))).id];
    const target = `region_code,due,indicator_id,percent,source_id\n19.03,2027,ucj,50,${SOURCE}\n`;
    ids.push(releaseOf(await sendFile(world.url, 'target/releases', publisher, target)).id);
    const [one = ''] = ids.map((id) => id.split('/')[1]);
    expect(codeOf(await ask(`releases/${one}/approve`, approver, { together: ids }))).toBe('BAD_INSTANT');
    const at = new Date(clock.now + 60_000).toISOString();
    expect((await ask(`releases/${one}/approve`, approver, { at, together: ids })).body.releases).toEqual(
      ids.map((id) => expect.objectContaining({ id, status: 'SCHEDULED', tiedWith: [...ids].sort() })),
    );
  });
});

describe('a first load', () => {
  test('is for the load token and an empty dataset only', async () => {
    const text = file('2019-12', { '19.03': 1251 });
    expect(codeOf(await sendFile(world.url, 'participant_count/load', LOAD_TOKEN, text))).toBe('DATASET_NOT_EMPTY');
    expect(codeOf(await sendFile(world.url, 'participant_count/load', publisher, text))).toBe('LOAD_NOT_ALLOWED');
    expect(await isSpooled(text)).toBe(true); // for whoever may load it
  });
});

describe('what is published', () => {
  const csv = async () => (await fetch(`${world.url}/data/participant_count.csv`)).text();

  test('is compared with a draft, and with what it was', async () => {
    const before = await publish(await send(file('2018-01', { '19.03': 1300, '19.05': 900 })));
    const changing = file('2018-01', { '19.03': 1310, '19.05': 900 });
    expect(codeOf(await send(changing))).toBe('REASON_MISSING');
    const draft = await send(changing, { reason: 'counted anew' });
    const { number } = releaseOf(draft);
    const changed = {
      kind: 'CHANGED',
      key: expect.objectContaining({ region_code: '19.03', date: '2018-01' }),
      before: expect.objectContaining({ value: 1300 }),
      after: expect.objectContaining({ value: 1310 }),
    };
    expect((await ask(`releases/${number}/changes?order=largest&first=5`, approver)).body).toEqual({
      difference: { added: 0, changed: 1, removed: 0, same: 1 },
      changes: [expect.objectContaining(changed)],
    });
    expect(codeOf(await ask(`releases/${number}/changes`, null))).toBe('BAD_TOKEN');
    expect(codeOf(await ask(`diff/${before}/${number}`, null))).toBe('UNKNOWN_RELEASE');
    const elsewhere = await tokenFor(world.office, { role: 'publisher', region: '19.05' });
    expect(codeOf(await ask(`diff/${before}/${number}`, elsewhere))).toBe('UNKNOWN_RELEASE');
    const alone = await ask(`diff/${number}/${before}`, publisher);
    expect([codeOf(alone), alone.body.errors?.[0]?.message]).toEqual([
      'RELEASE_NOT_READY',
      `participant_count/${number} is not published: what it would change is looked at alone, by /data/participant_count/releases/${number}/changes or \`data diff participant_count/${number}\`.`,
    ]);
    await publish(draft);
    const diff = (await ask(`diff/${before}/${number}`, null)).body;
    expect(diff).toMatchObject({ added: 0, changed: 1, removed: 0, rows: [changed] });
    expect(codeOf(await ask('diff/2026-02-01/2030-01-01', null))).toBe('AS_OF_IN_FUTURE');
  });

  test('is corrected with a reason, withdrawn with a reason, and never just changed', async () => {
    const number = await publish(await send(file('2018-02', { '19.03': 1320 })));
    const correct = (fields: object) => send(file('2018-02', { '19.03': 1329 }), { kind: 'CORRECTION', ...fields });
    const supersedes = `participant_count/${number}`;
    expect(codeOf(await correct({ supersedes }))).toBe('REASON_MISSING');
    expect(codeOf(await correct({ supersedes: 'target/1', reason: 'Wrong column' }))).toBe('BAD_ARGUMENT');
    expect(codeOf(await correct({ supersedes, reason: 'Told by 1903990000000001' }))).toBe('BAD_ARGUMENT');
    const correction = await publish(await correct({ supersedes, reason: 'Wrong column' }));
    expect(await csv()).toContain('19.03,2018-02,PU,JHT,ACTIVE,ALL,BPJSTK,,UNKNOWN,1329');
    expect(codeOf(await ask(`releases/${correction}/withdraw`, publisher, {}))).toBe('REASON_MISSING');
    const draft = await ask(`releases/${correction}/withdraw`, publisher, { reason: 'The source took it back' });
    expect(draft.body.release).toMatchObject({
      kind: 'WITHDRAWAL',
      status: 'DRAFT',
      supersedes: `participant_count/${correction}`,
    });
    await publish({ ...draft, body: { ...draft.body, outcome: 'DRAFTED' } });
    expect(await csv()).toContain('19.03,2018-02,PU,JHT,ACTIVE,ALL,BPJSTK,,UNKNOWN,,');
    expect((await ask(`releases/${correction}`, null)).body.release).toMatchObject({ status: 'WITHDRAWN' });
  });

  test('is redacted at every as-of, by an approver, and every hash still holds', async () => {
    await publish(await send(file('2018-03', { '19.03': 1330 })));
    const key = { region_code: '19.03', date: '2018-03', segment: 'PU', program: 'JHT', status: 'ACTIVE' };
    expect(codeOf(await ask('redactions', publisher, { key, reason: 'A court' }))).toBe('NOT_ALLOWED');
    expect(codeOf(await ask('redactions', approver, { key: { ...key, value: '1330' }, reason: 'A court' }))).toBe(
      'BAD_ARGUMENT',
    );
    expect((await ask('redactions', approver, { key, reason: 'A court' })).body).toMatchObject({
      redaction: { dataset: 'participant_count', reason: 'A court' },
    });
    expect(await csv()).not.toContain('1330');
    expect(codeOf(await ask('verify', null))).toBe('BAD_TOKEN');
    expect((await ask('verify', approver)).body).toMatchObject({ dataset: 'participant_count', problems: [] });
  });
});
