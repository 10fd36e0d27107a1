import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { findUses } from '../services/kit/audit.js';
import { askData, codeOf, hashOf, sendFile, tokenFor } from './support/data-client.js';
import { monthFile, SOURCE } from './support/participant-file.js';
import { type RoutesDesk, startRoutesDesk } from './support/routes-desk.js';
import { LOAD_TOKEN } from './support/world.js';

let desk: RoutesDesk;

beforeAll(async () => {
  desk = await startRoutesDesk();
}, 60_000);
afterAll(() => desk.world.stop());
beforeEach(() => desk.renewTokens());

describe('who may', () => {
  const text = monthFile('2019-08', { '19.03': 1221 });

  test('is asked first: without a token, or with one that has ended, nothing is told of what exists', async () => {
    const ended = await tokenFor(desk.world.office, { role: 'publisher', expiresInMs: 1000 });
    desk.clock.now += 2000;
    const said = await Promise.all(
      [null, ended].flatMap((token) => [
        desk.send(text, {}, token),
        askData(desk.world.url, 'nothing/releases', token, { file: hashOf(text) }),
        desk.ask('check', token, {}),
        desk.ask('releases/1/approve', token, {}),
        desk.ask('releases/999/cancel', token, {}),
        desk.ask('releases/999/move', token, {}),
      ]),
    );
    expect(new Set(said.map((one) => JSON.stringify([one.status, codeOf(one)])))).toEqual(
      new Set(['[401,"BAD_TOKEN"]']),
    );
    expect(new Set(said.map(({ body }) => body.errors?.[0]?.message)).size).toBe(1);
  });

  test('is held to role, dataset and region', async () => {
    const [ofTargets, ofRegion] = [
      await tokenFor(desk.world.office, { role: 'publisher', datasets: ['target'] }),
      await tokenFor(desk.world.office, { role: 'publisher', region: '19.03' }),
    ];
    const refused = [
      await desk.send(text, {}, desk.approver),
      await desk.send(text, {}, ofTargets),
      await desk.send(monthFile('2019-08', { '19.05': 822 }), { region: '19.05' }, ofRegion),
      await askData(desk.world.url, 'nothing/check', ofTargets, {}),
    ];
    expect(refused.map((said) => [said.status, codeOf(said)])).toEqual(refused.map(() => [403, 'NOT_ALLOWED']));
    const outside = await desk.send(monthFile('2019-08', { '19.05': 822 }), {}, ofRegion);
    expect(outside.body.errors?.[0]?.extensions?.report).toMatchObject({ problems: [{ rule: 'SCOPE', row: 2 }] });
    const inside = await desk.send(text, {}, ofRegion);
    expect(inside.body).toMatchObject({ outcome: 'DRAFTED', release: { region: '19.03' } });
  });

  test('lets nobody approve what is their own, outside their region, or for an instant that has passed', async () => {
    const draft = desk.releaseOf(await desk.send(monthFile('2019-09', { '19.03': 1223 })));
    const path = `releases/${draft.number}/approve`;
    const ofRegion = await tokenFor(desk.world.office, { role: 'approver', region: '19.03' });
    const past = { at: '2020-01-01T00:00+07:00' };
    const said = [
      await desk.ask(path, desk.publisher, {}),
      await desk.ask(path, ofRegion, {}),
      await desk.ask(path, desk.approver, past),
    ];
    expect(said.map(codeOf)).toEqual(['NOT_ALLOWED', 'UNKNOWN_RELEASE', 'BAD_INSTANT']);
    expect(codeOf(await desk.ask(path, desk.approver, { at: '2026-12-01' }))).toBe('BAD_INSTANT');
    expect((await desk.ask(`releases/${draft.number}`, desk.publisher)).body.release).toMatchObject({
      status: 'DRAFT',
    });
  });

  test('is written down, without what was sent', async () => {
    const sent = monthFile('2019-06', { '19.03': 1222 });
    await sendFile(desk.world.url, 'participant_count/check', desk.publisher, sent);
    await desk.publish(await desk.send(sent));
    await desk.send(sent.replace('19.03', '1903'));
    await desk.send(`nik,${sent.replace('\n', '\n1903990000000001,')}`);
    const { loader } = desk.world.office;
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

  test('is written down where it is refused, too', async () => {
    const { number } = desk.releaseOf(await desk.send(monthFile('2019-11', { '19.03': 1224 })));
    const other = await tokenFor(desk.world.office, { role: 'publisher', datasets: ['target'], region: '19.03' });
    const key = { region_code: '19.03' };
    for (const attempt of [
      () => desk.ask(`releases/${number}/approve`, other, {}),
      () => desk.ask(`releases/${number}/withdraw`, other, { reason: 'x' }),
      () => desk.ask(`releases/${number}/changes`, other),
      () => desk.ask('releases', other),
      () => desk.ask('verify', other),
      () => desk.ask('redactions', other, { key, reason: 'x' }),
      () => desk.send(monthFile('2019-11', { '19.03': 1225 }), {}, other),
      () => desk.ask('check', other, { file: hashOf('') }),
      () => desk.ask('load', other, { file: hashOf('') }),
      () => desk.ask(`releases/${number + 1}/cancel`, desk.publisher, {}),
    ]) {
      desk.clock.now += 1;
      await attempt();
    }
    const release = `participant_count/${number}`;
    const uses = await findUses(desk.world.office.loader.db, { caller: null, since: 0, limit: 10 });
    expect(uses.map(({ verb, dataset, release: id, outcome }) => [verb, dataset, id, outcome]).reverse()).toEqual([
      ['approve', 'participant_count', release, 'NOT_ALLOWED'],
      ['withdraw', 'participant_count', release, 'NOT_ALLOWED'],
      ['changes', 'participant_count', release, 'NOT_ALLOWED'],
      ['list', 'participant_count', null, 'NOT_ALLOWED'],
      ['verify', 'participant_count', null, 'NOT_ALLOWED'],
      ['redact', 'participant_count', null, 'NOT_ALLOWED'],
      ['upload', 'participant_count', null, 'NOT_ALLOWED'],
      ['check', 'participant_count', null, 'NOT_ALLOWED'],
      ['load', 'participant_count', null, 'LOAD_NOT_ALLOWED'],
      ['cancel', 'participant_count', `participant_count/${number + 1}`, 'UNKNOWN_RELEASE'],
    ]);
  });
});

describe('a scheduled release', () => {
  test('is known to those who publish, moved and cancelled, and to nobody else', async () => {
    const { number } = desk.releaseOf(await desk.send(monthFile('2019-10', { '19.03': 1239 })));
    const at = new Date(desk.clock.now + 3_600_000).toISOString();
    expect((await desk.ask(`releases/${number}/approve`, desk.approver, { at })).body).toMatchObject({
      releases: [{ status: 'SCHEDULED', publishAt: at, publishedAt: null }],
    });
    const later = new Date(desk.clock.now + 7_200_000).toISOString();
    expect((await desk.ask(`releases/${number}/move`, desk.approver, { at: later })).body).toMatchObject({
      release: { status: 'SCHEDULED', publishAt: later },
    });
    const [unknown, hidden] = [await desk.ask('releases/9999', null), await desk.ask(`releases/${number}`, null)];
    expect([hidden.status, codeOf(hidden)]).toEqual([unknown.status, 'UNKNOWN_RELEASE']);
    expect(hidden.body.errors?.[0]?.message.replace(String(number), '9999')).toBe(unknown.body.errors?.[0]?.message);
    const listed = (await desk.ask('releases?first=1000', null)).body.releases as object[];
    expect(listed.filter((one) => (one as { number: number }).number === number)).toEqual([]);
    expect(listed.filter((one) => 'fileHash' in one || 'failure' in one || 'createdBy' in one)).toEqual([]);
    expect((await desk.ask(`releases/${number}/cancel`, desk.publisher, {})).body).toMatchObject({
      release: { status: 'CANCELLED' },
    });
    expect(codeOf(await desk.ask(`releases/${number}/cancel`, desk.publisher, {}))).toBe('RELEASE_NOT_READY');
  });

  test('is listed by its instant, after the drafts and before what appeared earlier', async () => {
    const drafts = [];
    for (const month of ['2017-01', '2017-02', '2017-03', '2017-04'])
      drafts.push(await desk.send(monthFile(month, { '19.03': 1400 })));
    const [late, soon, given, draft] = drafts.map((said) => desk.releaseOf(said).number);
    const approveAt = (number: number | undefined, ms: number) =>
      desk.ask(`releases/${number}/approve`, desk.approver, { at: new Date(desk.clock.now + ms).toISOString() });
    await approveAt(late, 7_200_000);
    await approveAt(soon, 60_000);
    await desk.ask(`releases/${given}/cancel`, desk.publisher, {});
    const list = async (token: string | null) =>
      (
        (await desk.ask('releases?first=1000', token)).body.releases as { number: number; publishedAt: string }[]
      ).filter(({ number }) => [late, soon, given, draft].includes(number));
    expect((await list(desk.publisher)).map(({ number }) => number)).toEqual([draft, late, soon, given]);
    desk.clock.now += 7_260_000;
    await desk.world.office.publication.tick();
    desk.clock.now += 60_000;
    await desk.world.poll();
    expect((await list(null)).map(({ number }) => number)).toEqual([late, soon]);
    const callers = [desk.approver, null].map(async (token) => (await desk.ask('releases', token)).body.caller);
    expect(await Promise.all(callers)).toEqual([
      { id: expect.stringMatching(/^tok_/), roles: ['approver'], datasets: null, region: null },
      undefined,
    ]);
    expect((await list(desk.publisher)).map(({ number }) => number)).toEqual([draft, late, soon, given]);
  });

  test('may appear together with others, at one instant', async () => {
    const ids = [desk.releaseOf(await desk.send(monthFile('2019-11', { '19.03': 1241 }))).id];
    const target = `region_code,due,indicator_id,percent,source_id\n19.03,2027,ucj,50,${SOURCE}\n`;
    ids.push(desk.releaseOf(await sendFile(desk.world.url, 'target/releases', desk.publisher, target)).id);
    const [one = ''] = ids.map((id) => id.split('/')[1]);
    expect(codeOf(await desk.ask(`releases/${one}/approve`, desk.approver, { together: ids }))).toBe('BAD_INSTANT');
    const at = new Date(desk.clock.now + 60_000).toISOString();
    expect((await desk.ask(`releases/${one}/approve`, desk.approver, { at, together: ids })).body.releases).toEqual(
      ids.map((id) => expect.objectContaining({ id, status: 'SCHEDULED', tiedWith: [...ids].sort() })),
    );
  });
});

describe('a first load', () => {
  test('is for the load token and an empty dataset only', async () => {
    const text = monthFile('2019-12', { '19.03': 1251 });
    expect(codeOf(await sendFile(desk.world.url, 'participant_count/load', LOAD_TOKEN, text))).toBe(
      'DATASET_NOT_EMPTY',
    );
    expect(codeOf(await sendFile(desk.world.url, 'participant_count/load', desk.publisher, text))).toBe(
      'LOAD_NOT_ALLOWED',
    );
    expect(await desk.isSpooled(text)).toBe(true); // for whoever may load it
  });
});

describe('what is published', () => {
  const csv = async () => (await fetch(`${desk.world.url}/data/participant_count.csv`)).text();

  test('is compared with a draft, and with what it was', async () => {
    const before = await desk.publish(await desk.send(monthFile('2018-01', { '19.03': 1300, '19.05': 900 })));
    const changing = monthFile('2018-01', { '19.03': 1310, '19.05': 900 });
    expect(codeOf(await desk.send(changing))).toBe('REASON_MISSING');
    const draft = await desk.send(changing, { reason: 'counted anew' });
    const { number } = desk.releaseOf(draft);
    const changed = {
      kind: 'CHANGED',
      key: expect.objectContaining({ region_code: '19.03', date: '2018-01' }),
      before: expect.objectContaining({ value: 1300 }),
      after: expect.objectContaining({ value: 1310 }),
    };
    expect((await desk.ask(`releases/${number}/changes?order=largest&first=5`, desk.approver)).body).toEqual({
      difference: { added: 0, changed: 1, removed: 0, same: 1 },
      changes: [expect.objectContaining(changed)],
    });
    expect(codeOf(await desk.ask(`releases/${number}/changes`, null))).toBe('BAD_TOKEN');
    expect(codeOf(await desk.ask(`diff/${before}/${number}`, null))).toBe('UNKNOWN_RELEASE');
    const elsewhere = await tokenFor(desk.world.office, { role: 'publisher', region: '19.05' });
    expect(codeOf(await desk.ask(`diff/${before}/${number}`, elsewhere))).toBe('UNKNOWN_RELEASE');
    const alone = await desk.ask(`diff/${number}/${before}`, desk.publisher);
    expect([codeOf(alone), alone.body.errors?.[0]?.message]).toEqual([
      'RELEASE_NOT_READY',
      `participant_count/${number} is not published: what it would change is looked at alone, by /data/participant_count/releases/${number}/changes or \`data diff participant_count/${number}\`.`,
    ]);
    await desk.publish(draft);
    const diff = (await desk.ask(`diff/${before}/${number}`, null)).body;
    expect(diff).toMatchObject({ added: 0, changed: 1, removed: 0, rows: [changed] });
    expect(codeOf(await desk.ask('diff/2026-02-01/2030-01-01', null))).toBe('AS_OF_IN_FUTURE');
  });

  test('is corrected with a reason, withdrawn with a reason, and never just changed', async () => {
    const number = await desk.publish(await desk.send(monthFile('2018-02', { '19.03': 1320 })));
    const correct = (fields: object) =>
      desk.send(monthFile('2018-02', { '19.03': 1329 }), { kind: 'CORRECTION', ...fields });
    const supersedes = `participant_count/${number}`;
    expect(codeOf(await correct({ supersedes }))).toBe('REASON_MISSING');
    expect(codeOf(await correct({ supersedes: 'target/1', reason: 'Wrong column' }))).toBe('BAD_ARGUMENT');
    expect(codeOf(await correct({ supersedes, reason: 'Told by 1903990000000001' }))).toBe('BAD_ARGUMENT');
    const correction = await desk.publish(await correct({ supersedes, reason: 'Wrong column' }));
    expect(await csv()).toContain('19.03,2018-02,PU,JHT,ACTIVE,ALL,BPJSTK,,UNKNOWN,1329');
    expect(codeOf(await desk.ask(`releases/${correction}/withdraw`, desk.publisher, {}))).toBe('REASON_MISSING');
    const draft = await desk.ask(`releases/${correction}/withdraw`, desk.publisher, {
      reason: 'The source took it back',
    });
    expect(draft.body.release).toMatchObject({
      kind: 'WITHDRAWAL',
      status: 'DRAFT',
      supersedes: `participant_count/${correction}`,
    });
    await desk.publish({ ...draft, body: { ...draft.body, outcome: 'DRAFTED' } });
    expect(await csv()).toContain('19.03,2018-02,PU,JHT,ACTIVE,ALL,BPJSTK,,UNKNOWN,,');
    expect((await desk.ask(`releases/${correction}`, null)).body.release).toMatchObject({ status: 'WITHDRAWN' });
  });

  test('is redacted at every as-of, by an approver, and every hash still holds', async () => {
    await desk.publish(await desk.send(monthFile('2018-03', { '19.03': 1330 })));
    const key = { region_code: '19.03', date: '2018-03', segment: 'PU', program: 'JHT', status: 'ACTIVE' };
    expect(codeOf(await desk.ask('redactions', desk.publisher, { key, reason: 'A court' }))).toBe('NOT_ALLOWED');
    expect(
      codeOf(await desk.ask('redactions', desk.approver, { key: { ...key, value: '1330' }, reason: 'A court' })),
    ).toBe('BAD_ARGUMENT');
    expect((await desk.ask('redactions', desk.approver, { key, reason: 'A court' })).body).toMatchObject({
      redaction: { dataset: 'participant_count', reason: 'A court' },
    });
    expect(await csv()).not.toContain('1330');
    expect(codeOf(await desk.ask('verify', null))).toBe('BAD_TOKEN');
    expect((await desk.ask('verify', desk.approver)).body).toMatchObject({
      dataset: 'participant_count',
      problems: [],
    });
  });
});
