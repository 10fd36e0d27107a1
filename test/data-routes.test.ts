import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { findUses } from '../services/kit/audit.js';
import { askData, bearer, codeOf, hashOf, sendBytes, sendFile, tokenFor } from './support/data-client.js';
import { HEADER, monthFile, SOURCE } from './support/participant-file.js';
import { type RoutesDesk, startRoutesDesk } from './support/routes-desk.js';

let desk: RoutesDesk;

beforeAll(async () => {
  desk = await startRoutesDesk();
}, 60_000);
afterAll(() => desk.world.stop());
beforeEach(() => desk.renewTokens());

describe('a file', () => {
  test('is sent, checked, published, approved and then seen, and nothing of it stays behind', async () => {
    const text = monthFile('2019-01', { '19.03': 1200, '19.05': 800 });
    expect(await sendFile(desk.world.url, 'participant_count/check', desk.publisher, text)).toEqual({
      status: 200,
      body: {
        report: expect.objectContaining({ rows: 2, errors: 0, warnings: 0, problems: [] }),
        difference: { added: 2, changed: 0, removed: 0, same: 0 },
      },
    });
    expect(await desk.isSpooled(text)).toBe(false); // a check keeps nothing
    const made = await desk.send(text);
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
    expect(await desk.isSpooled(text)).toBe(false);
    const number = await desk.publish(made);
    expect((await desk.ask(`releases/${number}`, null)).body.release).toMatchObject({ status: 'PUBLISHED', rows: 2 });
    const csv = await (await fetch(`${desk.world.url}/data/participant_count.csv`)).text();
    expect(csv).toContain('19.03,2019-01,PU,JHT,ACTIVE,ALL,BPJSTK,,UNKNOWN,1200');
  });

  test('with mistakes is refused with all of them, and does not stay', async () => {
    const text = monthFile('2019-02', { '1903': 5, '19.99': 6 });
    const refused = await desk.send(text);
    expect([refused.status, codeOf(refused)]).toEqual([400, 'BAD_FILE']);
    expect(refused.body.errors?.[0]?.extensions?.report).toMatchObject({ rows: 2, errors: 2, file: 'figures.csv' });
    expect(await desk.isSpooled(text)).toBe(false);
    expect(codeOf(await desk.ask('releases', desk.publisher, { file: hashOf(text) }))).toBe('UNKNOWN_FILE');
  });

  test('with counts of few says how many rows will be withheld, and keeps no count of one', async () => {
    const text = monthFile('2018-10', { '19.01': 1, '19.03': 4, '19.05': 5, '19.06': 0 });
    const checked = await sendFile(desk.world.url, 'participant_count/check', desk.publisher, text);
    expect(checked.body.report).toMatchObject({ rows: 4, withheld: 2, threshold: 5, errors: 0 });
    const made = await desk.send(text);
    expect(made.body.report).toMatchObject({ rows: 4, withheld: 2 });
    await desk.publish(made);
    const csv = await (await fetch(`${desk.world.url}/data/participant_count.csv`)).text();
    const ends = csv.split('\n').filter((line) => line.includes(',2018-10,'));
    expect(ends.map((line) => line.replace(/,ALL,BPJSTK,,UNKNOWN|,antara.*/g, ''))).toEqual([
      '19.01,2018-10,PU,JHT,ACTIVE,,,,,Q,A,',
      '19.03,2018-10,PU,JHT,ACTIVE,,,,,Q,A,',
      '19.05,2018-10,PU,JHT,ACTIVE,5,,,,A,F,',
      '19.06,2018-10,PU,JHT,ACTIVE,0,,,,A,F,',
    ]);
    const kept = await desk.world.loader.db.query('SELECT row_key, value FROM withheld_value');
    expect(kept.filter(({ row_key }) => String(row_key).includes('2018-10')).map(({ value }) => Number(value))).toEqual(
      [4],
    );
  });

  test('tells how far its check is, line by line, where that is wanted', async () => {
    const lines = async (text: string) => {
      await sendBytes(desk.world.url, 'participant_count', desk.publisher, Buffer.from(text));
      const response = await fetch(`${desk.world.url}/data/participant_count/check`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/x-ndjson', ...bearer(desk.publisher) },
        body: JSON.stringify({ file: hashOf(text), locale: 'C' }),
      });
      expect(response.headers.get('content-type')).toBe('application/x-ndjson');
      return (await response.text())
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
    };
    expect(await lines(monthFile('2019-02', { '19.03': 1207 }))).toEqual([
      { progress: { rows: 1 } },
      expect.objectContaining({ report: expect.objectContaining({ rows: 1, errors: 0 }) }),
    ]);
    expect((await lines('not a header\n')).at(-1)).toEqual({
      report: expect.objectContaining({ errors: 1 }),
      difference: null,
    });
  });

  test('of a new source says where that goes first, and is good once it is there', async () => {
    const text = monthFile('2018-09', { '19.03': 1200 }).replace(SOURCE, 'our-office-2018-10');
    const checked = await sendFile(desk.world.url, 'participant_count/check', desk.publisher, text);
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
    const ofRegion = await tokenFor(desk.world.office, { role: 'publisher', region: '19.03' });
    const path = 'participants_source/releases';
    expect(codeOf(await sendFile(desk.world.url, path, ofRegion, source))).toBe('NOT_ALLOWED');
    const made = await sendFile(desk.world.url, path, desk.publisher, source);
    expect(made.body).toMatchObject({ release: { difference: { added: 1, changed: 0, removed: 0 } } });
    const approval = `${path}/${desk.releaseOf(made).number}/approve`;
    await desk.awaitInstant(await askData(desk.world.url, approval, desk.approver, {}));
    expect((await sendFile(desk.world.url, 'participant_count/check', desk.publisher, text)).body.report).toMatchObject(
      {
        errors: 0,
      },
    );
  });

  test('of percentages keeps their last zero: the tag shows 33,10 as 33,10', async () => {
    const header = 'region_code;date;indicator_id;percent;source_id';
    const text = `${header}\n19.04;2025-12;ucj;33,10;${SOURCE}\n19.05;2025-12;ucj;33,1;${SOURCE}\n`;
    const made = await sendFile(desk.world.url, 'stated_coverage/releases', desk.publisher, text, { locale: 'id-ID' });
    const path = `stated_coverage/releases/${desk.releaseOf(made).number}/approve`;
    const { body } = await askData(desk.world.url, path, desk.approver, {});
    const [{ publishedAt } = { publishedAt: '' }] = body.releases as { publishedAt: string }[];
    desk.clock.now = Date.parse(publishedAt) + 1000;
    await desk.world.poll();
    const card = readFileSync('schema/operations/coverage-card.graphql', 'utf8');
    const { data } = await desk.world.ask(card, { variables: { codes: ['19.04', '19.05'], indicator: 'ucj' } });
    const regions = data?.regionsByCode as { coverage: { percent: number; asPrinted: string | null } }[];
    expect(regions.map(({ coverage: { percent, asPrinted } }) => [percent, asPrinted])).toEqual([
      [33.1, '33,10'],
      [33.1, null],
    ]);
    const csv = await (await fetch(`${desk.world.url}/data/stated_coverage.csv`)).text();
    expect(csv).toContain('19.04,2025-12,ucj,,ALL,33.1,"33,10"');
  });

  test('that vanishes figures says so, and needs that to be acknowledged by name', async () => {
    await desk.publish(await desk.send(monthFile('2019-03', { '19.03': 1210, '19.05': 820 })));
    const shorter = monthFile('2019-03', { '19.03': 1210 });
    const tried = await sendFile(desk.world.url, 'participant_count/check', desk.publisher, shorter);
    expect(tried.body).toMatchObject({ report: { warnings: 1, counts: { VANISHED: 1 } }, difference: { removed: 1 } });
    const warned = await desk.send(shorter);
    expect([codeOf(warned), warned.body.errors?.[0]?.extensions?.missing]).toEqual([
      'WARNINGS_NOT_ACKNOWLEDGED',
      ['VANISHED'],
    ]);
    expect(await desk.isSpooled(shorter)).toBe(false);
    expect((await desk.send(shorter, { keepMissing: true })).body).toMatchObject({
      outcome: 'NOTHING_NEW',
      release: null,
    });
    expect((await desk.send(shorter, { acknowledge: ['VANISHED'] })).body).toMatchObject({
      outcome: 'DRAFTED',
      release: { difference: { added: 0, changed: 0, removed: 1 }, acknowledged: ['VANISHED'] },
    });
    expect(await desk.isSpooled(shorter)).toBe(false);
  });

  test('sent twice makes one release: the draft, then what was published', async () => {
    const text = monthFile('2019-04', { '19.03': 1211 });
    const first = await desk.send(text);
    const again = await desk.send(text);
    expect(again.body).toEqual({ outcome: 'ALREADY_DRAFTED', release: first.body.release, report: null });
    await desk.publish(first);
    expect((await desk.send(text)).body).toMatchObject({
      outcome: 'ALREADY_PUBLISHED',
      release: { id: desk.releaseOf(first).id, status: 'PUBLISHED' },
    });
    expect(
      (await desk.send(monthFile('2019-04', { '19.03': 1211 }).replace(SOURCE, `"${SOURCE}"`))).body,
    ).toMatchObject({
      outcome: 'NOTHING_NEW', // other bytes, the same figures
      release: null,
    });
  });

  test('of two publishers at once: one wins, the other is told what changed', async () => {
    const [one, other] = [
      await desk.send(monthFile('2019-05', { '19.03': 1213 })),
      await desk.send(monthFile('2019-05', { '19.03': 1214 })),
    ];
    const won = await desk.publish(one);
    const stale = await desk.ask(`releases/${desk.releaseOf(other).number}/approve`, desk.approver, {});
    expect([stale.status, codeOf(stale)]).toEqual([400, 'STALE_DRAFT']);
    expect(stale.body.errors?.[0]?.message).toContain(`participant_count/${won} (1 cell)`);
    expect((await desk.ask(`releases/${desk.releaseOf(other).number}`, desk.publisher)).body.release).toMatchObject({
      status: 'FAILED',
    });
  });

  test('that is refused for any reason does not stay', async () => {
    const text = monthFile('2018-11', { '19.03': 1300 });
    const ofRegion = await tokenFor(desk.world.office, { role: 'publisher', region: '19.05' });
    const refused = [
      await desk.send(text, { kind: 'CORRECTION' }),
      await desk.send(text, { kind: 'CORRECTION', supersedes: 'participant_count/99999', reason: 'Wrong column' }),
      await desk.send(text, { acknowledge: ['no name'] }),
      await desk.send(text, { region: '19.03' }, ofRegion),
    ];
    expect(refused.map(codeOf)).toEqual(['REASON_MISSING', 'UNKNOWN_RELEASE', 'BAD_ARGUMENT', 'NOT_ALLOWED']);
    const kept = await Promise.all(refused.map(() => desk.isSpooled(text)));
    expect(kept).toEqual([false, false, false, false]);
    await desk.publish(await desk.send(text));
    const changing = monthFile('2018-11', { '19.03': 1301 });
    expect([codeOf(await desk.send(changing)), await desk.isSpooled(changing)]).toEqual(['REASON_MISSING', false]);
  });

  test('stays for whoever left before the answer, so that it need not be sent again', async () => {
    const rows = Array.from({ length: 15_000 }, (_, at) => `19.03,2018-12,PU,JHT,ACTIVE,${1000 + at},${SOURCE}`);
    const text = `${[HEADER, ...rows].join('\n')}\n`;
    await sendBytes(desk.world.url, 'participant_count', desk.publisher, Buffer.from(text));
    const left = new AbortController();
    const response = await fetch(`${desk.world.url}/data/participant_count/check`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/x-ndjson', ...bearer(desk.publisher) },
      body: JSON.stringify({ file: hashOf(text) }),
      signal: left.signal,
    });
    await response.body?.getReader().read();
    left.abort();
    const { loader } = desk.world.office;
    const ends = async () =>
      (await findUses(loader.db, { caller: null, since: 0, limit: 1000 })).map(({ outcome }) => outcome);
    while ((await ends()).includes('STARTED')) await delay(50);
    expect([(await ends()).includes('FAILED'), await desk.isSpooled(text)]).toEqual([true, true]);
    const said = await desk.ask('check', desk.publisher, { file: hashOf(text) });
    expect([said.body, await desk.isSpooled(text)]).toEqual([
      expect.objectContaining({ report: expect.objectContaining({ counts: expect.objectContaining({ E1: 14_999 }) }) }),
      false,
    ]);
  });

  test('that tells of persons is refused before a byte of it is kept', async () => {
    const text = `${HEADER},nik\n19.03,2019-06,PU,JHT,ACTIVE,10,${SOURCE},1903990000000001\n`;
    const refused = await desk.send(text);
    expect([codeOf(refused), JSON.stringify(refused.body)]).toEqual(['BAD_FILE', expect.not.stringContaining('1903')]);
    expect(refused.body.errors?.[0]?.extensions?.report).toMatchObject({
      problems: [{ rule: 'PERSONAL', column: 'nik', raw: null }],
    });
    expect(await desk.isSpooled(text)).toBe(false);
  });
});

describe('an upload', () => {
  const text = monthFile('2019-07', { '19.03': 1212, '19.05': 813 });
  const bytes = Buffer.from(text);
  const place = { hash: hashOf(text), length: bytes.length };
  const head = async () => {
    const response = await fetch(`${desk.world.url}/data/participant_count/files/${place.hash}`, {
      method: 'HEAD',
      headers: bearer(desk.publisher),
    });
    return ['upload-offset', 'upload-complete'].map((name) => response.headers.get(name));
  };
  const patch = (from: number, to: number, token: string | null = desk.publisher) =>
    sendBytes(desk.world.url, 'participant_count', token, bytes.subarray(from, to), { ...place, offset: from });

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
      sendBytes(desk.world.url, 'participant_count', desk.publisher, bytes, wrong),
      sendBytes(desk.world.url, 'participant_count', desk.publisher, bytes, { hash: hashOf('long'), length: 5e9 }),
      sendBytes(desk.world.url, 'participant_count', desk.publisher, bytes, { hash: 'x' }),
      sendBytes(desk.world.url, 'participant_count', desk.publisher, bytes, {
        hash: hashOf('none'),
        length: Number.NaN,
      }),
    ]);
    expect(answers.map((said) => [said.status, codeOf(said)])).toEqual([
      [400, 'HASH_MISMATCH'],
      [413, 'FILE_TOO_LARGE'],
      [400, 'BAD_ARGUMENT'],
      [400, 'BAD_ARGUMENT'],
    ]);
  });
});
