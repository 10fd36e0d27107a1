import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Dataset, Row } from '../services/kit/dataset.js';
import { exportCsv } from '../services/kit/export.js';
import { findRedactions, type Redaction, redact, redactionHashOf } from '../services/kit/redaction.js';
import { stageTable } from '../services/kit/stage.js';
import { benefitRule } from '../services/subgraphs/benefits/datasets.js';
import { DATASETS, participantCount, statedCoverage } from '../services/subgraphs/participants/datasets.js';
import { eachDatabase } from './support/databases.js';
import { count, type Desk, INVENTED_SOURCE, openDesk } from './support/desk.js';

const [sources, indicators] = DATASETS as [Dataset, Dataset];
const REASON = 'a court said so';
const BY = 'tok_2 approver';
const LATEST = Number.MAX_SAFE_INTEGER - 1;
const code = (value: string) => expect.objectContaining({ code: value });

/** The key of a count, without what a blank cell of a file means. */
const keyOf = (region: string): Row => ({
  region_code: region,
  date: '2025-12',
  segment: 'PU',
  program: 'JHT',
  status: 'ACTIVE',
  basis: 'WORKPLACE',
});
const line = (region: string, value: number | '', ending = 'A,F,,invented,') =>
  `${region},2025-12,PU,JHT,ACTIVE,ALL,BPJSTK,,WORKPLACE,${value},,,,${ending}`;
const REDACTED = 'Q,N,,invented,';

eachDatabase('a redaction', (makeUrl) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(await makeUrl());
    await desk.publish(sources, [
      INVENTED_SOURCE,
      { id: 'other', publisher: 'Other', title: 'A name', evidence: 'It' },
    ]);
  });
  afterAll(() => desk.world.close());

  const act = (dataset: Dataset, key: Row, reason = REASON) => redact(desk.loader, dataset, key, reason, BY);
  const epoch = async () => (await desk.world.log.read(0)).redactions;
  const csvHash = async (releaseId: string) => {
    const hash = createHash('sha256');
    for await (const piece of exportCsv(desk.world.db, participantCount, { asOf: LATEST, releaseId }))
      hash.update(piece);
    return hash.digest('hex');
  };

  test('J: empties the figure at every as-of and leaves all others, with new hashes of its releases and a new epoch', async () => {
    const first = await desk.publish(participantCount, [
      count('19.01', 100, { note: 'a note', as_printed: '100', qualifier: 'ABOUT', rounded_to: 10 }),
      count('19.02', 200),
    ]);
    const second = await desk.publish(participantCount, [count('19.01', 110)]);
    const third = await desk.publish(participantCount, [count('19.02', 210)]);
    const scheduled = await desk.approve(
      (await desk.draft(participantCount, [count('19.01', 120)])).id,
      desk.now() + 8000,
    );
    const before = await epoch();

    const redaction = await act(participantCount, keyOf('19.01'));
    const seen = [first, second, third, scheduled].map(({ instant }) => desk.read(participantCount, instant));
    expect(await Promise.all(seen)).toEqual([
      [line('19.01', '', REDACTED), line('19.02', 200)],
      [line('19.01', '', REDACTED), line('19.02', 200)],
      [line('19.01', '', REDACTED), line('19.02', 210)],
      [line('19.01', '', REDACTED), line('19.02', 210)],
    ]);
    const hashes = [first, second, scheduled].map(async ({ id }) => [id, await csvHash(id)]);
    expect(redaction).toEqual({
      id: 1,
      dataset: 'participant_count',
      rowKey: '["19.01","2025-12","PU","JHT","ACTIVE","ALL","BPJSTK",null,"WORKPLACE"]',
      reason: REASON,
      redactedAt: desk.now(),
      redactedBy: BY,
      contentHashes: {
        ...Object.fromEntries(await Promise.all(hashes)),
        ...Object.fromEntries([first, second, scheduled].map(({ id }) => [`${id} rest`, expect.any(String)])),
      },
      chainHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await findRedactions(desk.world.db, participantCount.name)).toEqual([redaction]);
    expect(await epoch()).toBe(before + 1);
  });

  test('asked again only begins another epoch, for the first reply may have been lost', async () => {
    await desk.publish(participantCount, [count('15.01', 100)]);
    const done = await act(participantCount, keyOf('15.01'));
    const before = await epoch();
    expect([await act(participantCount, keyOf('15.01')), await epoch()]).toEqual([done, before + 1]);
  });

  test('of a figure that was published again is another, chained to the first', async () => {
    await desk.publish(participantCount, [count('15.02', 100)]);
    const done = await act(participantCount, keyOf('15.02'));
    await desk.publish(participantCount, [count('15.02', 101)]);
    const again = await act(participantCount, keyOf('15.02'), 'and again');
    expect(await desk.read(participantCount, desk.now())).toContain(line('15.02', '', REDACTED));
    expect((await findRedactions(desk.world.db, participantCount.name)).slice(-2)).toEqual([done, again]);
    expect(again.chainHash).toBe(redactionHashOf(done.chainHash, again));
  });

  test('is undone by no file unnoticed: it has to say that it means to', async () => {
    await desk.publish(participantCount, [count('18.01', 100), count('18.02', 200)]);
    const { redactedAt } = await act(participantCount, keyOf('18.01'));
    const header = participantCount.columns.map(({ name }) => name).join(',');
    const csv = (ending: string) => `${header}\n${line('18.02', 200)}\n${ending}\n`;
    const refused = await desk.draftCsv(participantCount, csv(line('18.01', 100))).catch((error: unknown) => error);
    expect(refused).toEqual(code('WARNINGS_NOT_ACKNOWLEDGED'));
    expect(refused).toMatchObject({ extensions: { report: { problems: [{ rule: 'REDACTED', row: 3, raw: null }] } } });
    expect(String(refused)).toContain('REDACTED (1)');
    expect((await desk.draftCsv(participantCount, csv(line('18.01', '', REDACTED)))).release).toBe(null);
    const meant = await desk.draftCsv(participantCount, csv(line('18.01', 100)), {
      acknowledged: ['REDACTED'],
      reason: 'the order was lifted',
    });
    expect([meant.release?.difference?.changed, meant.report.problems[0]?.message.en]).toEqual([
      1,
      `this figure was redacted from all that was published on ${new Date(redactedAt).toISOString().slice(0, 10)} (${REASON}) and would be published again`,
    ]);
  });

  test('forgets the true value of a figure that was withheld, and of no other', async () => {
    const values = async () =>
      (await desk.world.db.query('SELECT row_key, value FROM withheld_value ORDER BY row_key')).map(
        ({ row_key, value }) => `${String(row_key).slice(2, 7)} ${value}`,
      );
    await desk.publish(participantCount, [count('16.01', 3), count('16.02', 4)]);
    expect(await values()).toEqual(['16.01 3', '16.02 4']);
    await act(participantCount, keyOf('16.01'));
    expect(await values()).toEqual(['16.02 4']);
  });

  test('empties the figure in drafts that wait', async () => {
    await desk.publish(participantCount, [count('17.01', 100)]);
    const { stage } = await desk.draft(participantCount, [count('17.01', 3, { note: 'a note' }), count('17.02', 200)]);
    await act(participantCount, keyOf('17.01'));
    const rows = await desk.world.db.query(
      `SELECT region_code, value, note, obs_status, withheld FROM ${stageTable(stage ?? 0)} ORDER BY region_code`,
    );
    expect(rows.map((row) => ({ ...row, value: row.value === null ? null : Number(row.value) }))).toEqual([
      { region_code: '17.01', value: null, note: null, obs_status: 'Q', withheld: null },
      { region_code: '17.02', value: 200, note: null, obs_status: 'A', withheld: null },
    ]);
  });

  test('empties the texts of a row that has no figures, and keeps what names it', async () => {
    const before = await desk.read(sources, desk.now());
    await act(sources, { id: 'other' });
    expect([before, await desk.read(sources, desk.now())]).toEqual([
      ['invented,An invented office,Invented figures,,,,,', 'other,Other,A name,,,,,It'],
      ['invented,An invented office,Invented figures,,,,,', 'other,,,,,,,'],
    ]);
  });

  test('is seen in the epoch it begins by processes that remember what they read', async () => {
    await desk.publish(sources, [{ id: 'remembered', publisher: 'An office', title: 'A name' }]);
    await desk.publish(indicators, [INDICATOR]);
    const share = { region_code: '19.03', date: '2025-12', indicator_id: 'ucj', category: 'ALL', percent: 21 };
    const { instant } = await desk.publish(statedCoverage, [
      { ...share, obs_status: 'A', conf_status: 'F', source_id: 'remembered' },
    ]);
    const hosted = desk.world.hosted('participants');
    const titles = async (redactions: number) => {
      const { result } = await hosted.execute({ query: SOURCES }, instant, {}, redactions);
      return JSON.parse(JSON.stringify(result)).data._entities[0].coverage.sources;
    };
    const before = await epoch();
    const [first] = [await titles(before)];
    await act(sources, { id: 'remembered' });
    expect([first, await titles(await epoch())]).toEqual([[{ title: 'A name' }], [{ title: null }]]);
  });

  test.each([
    ['without a reason', () => act(participantCount, keyOf('19.01'), ' '), 'REASON_MISSING'],
    ['of a region without the figure', () => act(participantCount, keyOf('31.01')), 'BAD_ARGUMENT'],
    ['of an unknown series', () => act(participantCount, { ...keyOf('19.01'), segment: 'PMI' }), 'BAD_ARGUMENT'],
    ['of a rule of law, whose value each row must have', () => act(benefitRule, { program: 'JKP' }), 'BAD_ARGUMENT'],
  ])('%s is refused and begins no epoch', async (_, refused, expected) => {
    const [before, listed] = [await epoch(), await all()];
    await expect(refused()).rejects.toEqual(code(expected));
    expect([await epoch(), await all()]).toEqual([before, listed]);
  });

  async function all(): Promise<Redaction[]> {
    return (
      await Promise.all([participantCount, benefitRule].map(({ name }) => findRedactions(desk.world.db, name)))
    ).flat();
  }
});

const SOURCES = `{ _entities(representations: [{ __typename: "Region", code: "19.03" }]) {
  ... on Region { coverage(indicator: "ucj") { sources { title } } } } }`;

/** A share of nothing that there is. */
const INDICATOR: Row = {
  id: 'ucj',
  name_id: 'Cakupan',
  name_en: 'Coverage',
  short_id: 'Cakupan',
  short_en: 'Coverage',
  numerator_id: 'peserta',
  numerator_en: 'participants',
  denominator_id: 'pekerja',
  denominator_en: 'workers',
  unit: 'PERCENT',
};
