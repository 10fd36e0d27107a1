import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { discover } from '../services/kit/discover.js';
import { silent } from '../services/kit/log.js';
import { createHostApp } from '../services/kit/serve.js';
import { askData, codeOf, type Said, sendFile, tokenFor } from './support/data-client.js';
import { eachDatabase } from './support/databases.js';
import { createWorld, type World } from './support/world.js';

/** The folder that others are copied from: what its dataset gets, a copy gets. */
const NAME = '_example';
const DATASET = `${NAME}_workshop`;
const HEADER = 'region_code,year,held,source_id,note';
const csv = (...rows: readonly string[]) => `${[HEADER, ...rows].join('\n')}\n`;

eachDatabase('a subgraph that is a folder only', (makeUrl) => {
  const clock = { now: Date.parse('2026-03-01T05:00:00Z') };
  const closers: (() => Promise<unknown>)[] = [];
  let world: World;
  let url: string;
  let publisher: string;
  let approver: string;
  beforeAll(async () => {
    const subgraphs = await discover(['regions', NAME]);
    world = await createWorld({ url: await makeUrl(), clock: () => clock.now, subgraphs });
    const hosted = [world.hosted(NAME)];
    const app = createHostApp({ hosted, office: world.office, loadToken: null, isReady: () => true, log: silent });
    url = await app.listen({ host: '127.0.0.1', port: 0 });
    closers.push(world.close, () => app.close());
    publisher = await tokenFor(world.office, { role: 'publisher', datasets: [DATASET] });
    approver = await tokenFor(world.office, { role: 'approver', datasets: [DATASET] });
  }, 60_000);
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
  });

  const publish = (text: string, fields: object = {}) =>
    sendFile(url, `${DATASET}/releases`, publisher, text, { name: 'workshop.csv', keepMissing: true, ...fields });
  /** Approves a draft and lets its instant come; gives its number. */
  async function approve({ body }: Said): Promise<number> {
    expect(body).toMatchObject({ outcome: 'DRAFTED' });
    const { number } = body.release as { number: number }; // as the route shapes it
    const approved = await askData(url, `${DATASET}/releases/${number}/approve`, approver, {});
    const [release] = approved.body.releases as { publishedAt: string }[]; // likewise
    clock.now = Date.parse(release?.publishedAt ?? '') + 1000;
    return number;
  }
  const readCsv = async (query = '') => (await fetch(`${url}/data/${DATASET}.csv${query}`)).text();

  test('has every problem of its files told, by its own rules and by those of all', async () => {
    const text = csv(
      '19.03,2025-10,3,synthetic,',
      '1903,2025,4,synthetic,',
      '19.99,2025,4,synthetic,',
      '19.04,2999,4,synthetic,',
      '19.05,2025,-4,synthetic,',
      '19.06,2025,"1.204",synthetic,',
      '19.01,2025,4,nobody,',
      '19.02,2025,4,synthetic,=SUM(A1)',
      '19,2025,40,synthetic,',
      '19,2025,41,synthetic,',
      '19.71,2024,24,synthetic,',
      '19.71,2025,240,synthetic,',
    );
    const { body } = await sendFile(url, `${DATASET}/check`, publisher, text);
    const { problems } = body.report as { problems: { row: number; rule: string }[] }; // as the route shapes it
    expect(problems.map(({ row, rule }) => [row, rule])).toEqual([
      [2, 'LAYOUT'],
      [3, 'E2'],
      [4, 'E2'],
      [5, 'DATE'],
      [6, 'E3'],
      [7, 'E3'],
      [8, 'REFERENCE'],
      [9, 'FORMULA'],
      [11, 'E1'],
      [13, 'W5'],
    ]);
    expect(body.difference).toBeNull();
    expect(codeOf(await publish(text))).toBe('BAD_FILE');
    const personal = 'region_code,year,held,source_id,nik\n19.03,2025,3,synthetic,1999990101990001\n'; // invented: no such district
    expect(codeOf(await publish(personal))).toBe('BAD_FILE');
  });

  test('has its figures published by two, corrected, withdrawn, and every row held against its hash', async () => {
    const before = clock.now;
    const first = await approve(await publish(csv('19.03,2025,12,synthetic,', '19.05,2025,9,synthetic,')));
    const [ofFirst, written] = [clock.now, await readCsv()];
    expect(written).toMatch(/^19\.03,2025,12,A,F,synthetic,$/m);
    const wrong = csv('19.03,2025,13,synthetic,');
    expect(codeOf(await publish(wrong))).toBe('REASON_MISSING');
    const facts = { kind: 'CORRECTION', supersedes: `${DATASET}/${first}`, reason: 'one was forgotten' };
    const second = await approve(await publish(wrong, facts));
    expect(await readCsv()).toBe(written.replace('19.03,2025,12,', '19.03,2025,13,'));
    expect(await readCsv(`?asOf=${new Date(ofFirst).toISOString()}`)).toBe(written);
    expect(await readCsv(`?asOf=${new Date(before).toISOString()}`)).not.toContain('19.03');
    const path = `${DATASET}/releases/${first}/withdraw`;
    const withdrawn = await askData(url, path, publisher, { reason: 'held elsewhere' });
    const third = await approve({ ...withdrawn, body: { outcome: 'DRAFTED', ...withdrawn.body } });
    expect(await readCsv()).toMatch(/^19\.03,2025,13,A,F,synthetic,\n19\.05,2025,,O,F,synthetic,$/m);
    const { body } = await askData(url, `${DATASET}/releases`, null);
    const releases = body.releases as { number: number; kind: string; status: string; reason: string | null }[]; // likewise
    expect(releases.slice(0, 3).map(({ number, kind, status, reason }) => [number, kind, status, reason])).toEqual([
      [third, 'WITHDRAWAL', 'PUBLISHED', 'held elsewhere'],
      [second, 'CORRECTION', 'PUBLISHED', 'one was forgotten'],
      [first, 'REGULAR', 'WITHDRAWN', null],
    ]);
    const verified = await askData(url, `${DATASET}/verify`, publisher);
    expect(verified.body).toMatchObject({ dataset: DATASET, problems: [] });
  });

  test('is read by the API and as open data with nothing more', async () => {
    const query =
      '{ _entities(representations: [{ __typename: "Region", code: "19.03" }]) { ... on Region { workshops { year held release { kind } } } } }';
    expect((await world.ask(NAME, query)).data).toEqual({
      _entities: [{ workshops: [{ year: '2025', held: 13, release: { kind: 'CORRECTION' } }] }],
    });
    const descriptor = await (await fetch(`${url}/data/${DATASET}/datapackage.json`)).json();
    expect(descriptor.resources).toContainEqual(expect.objectContaining({ name: DATASET, path: `${DATASET}.csv` }));
  });

  test('has a changed figure found', async () => {
    await world.db.write((tx) => tx.query(`UPDATE ${DATASET} SET held = 14 WHERE held = 13`));
    const { body } = await askData(url, `${DATASET}/verify`, publisher);
    expect((body.problems as unknown[]).length).toBeGreaterThan(0); // as the route shapes it
  });
});
