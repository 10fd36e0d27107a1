import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import type { Database } from '../services/kit/database.js';
import { silent } from '../services/kit/log.js';
import { createHostApp } from '../services/kit/serve.js';
import { settle } from '../services/kit/settle.js';
import { DATASET, fileOf, whole } from './kill/figures.js';
import { findSeals, halfWritten, readRounds, strayStages } from './kill/look.js';
import { type CutLine, layLine, type Moment } from './support/cut-line.js';
import { askData, codeOf, type Said, sendFile, tokenFor } from './support/data-client.js';
import { freshSqlite } from './support/databases.js';
import { freshMariaDb, startMariaDb } from './support/mariadb.js';
import { createWorld, type World } from './support/world.js';

const HOUR_MS = 60 * 60 * 1000;
const closers: (() => Promise<unknown>)[] = [];
const closeAll = async () => {
  for (const close of closers.splice(0).reverse()) await close();
};

/** A host and two people who publish there, with a clock that the test moves. */
interface Office {
  readonly world: World;
  readonly clock: { now: number };
  /** Sends the file of a round, makes a draft of it and approves it. Ends at the first that is not done. */
  publish(round: number): Promise<Said>;
  /** The same, until it is done and an hour has passed. Gives what was said on the way. */
  finish(round: number): Promise<(string | null)[]>;
  /** The rounds at the two newest instants that are sealed, the older first. */
  read(): Promise<Record<number, number>[]>;
}

async function openOffice(url: string): Promise<Office> {
  const clock = { now: Date.now() };
  const world = await createWorld({ url, clock: () => clock.now });
  closers.push(world.close);
  const hosted = [world.hosted('participants')];
  const app = createHostApp({ hosted, office: world.office, loadToken: null, isReady: () => true, log: silent });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  closers.push(() => app.close());
  const publisher = await tokenFor(world.office, { role: 'publisher', expiresInMs: 1000 * HOUR_MS });
  const approver = await tokenFor(world.office, { role: 'approver', expiresInMs: 1000 * HOUR_MS });
  const publish = async (round: number) => {
    const fields = { acknowledge: ['W6', 'W12'], reason: 'the next round' };
    const made = await sendFile(address, `${DATASET}/releases`, publisher, fileOf(round), fields);
    const release = made.body.release as { number: number; status: string } | null | undefined; // as the route shapes it
    if (release?.status !== 'DRAFT') return made;
    return askData(address, `${DATASET}/releases/${release.number}/approve`, approver, {});
  };
  return {
    world,
    clock,
    publish,
    async finish(round) {
      const said = [codeOf(await publish(round)) as string | null];
      for (let hour = 0; hour < 2; hour += 1) {
        await world.office.publication.tick();
        clock.now += HOUR_MS;
      }
      await settle(world.db, world.log, world.loader.datasets, clock.now);
      return said;
    },
    async read() {
      const rounds: Record<number, number>[] = [];
      for (const instant of (await findSeals(world)).slice(-2)) rounds.push(await readRounds(world.db, instant));
      return rounds;
    },
  };
}

describe('a MySQL database that is gone in the middle of publishing', () => {
  let line: CutLine;
  let office: Office;
  let round = 1;

  beforeAll(async () => {
    line = await layLine(await freshMariaDb());
    closers.push(line.stop);
    office = await openOffice(line.url);
    await office.finish(round);
  }, 60_000);
  afterAll(closeAll);

  test.each<readonly [string, string, Moment]>([
    ['its stage is made', 'CREATE TABLE stage_', 'statement'],
    ['its rows are staged', 'LOAD DATA LOCAL INFILE', 'statement'],
    ['its rows are staged and that is not heard', 'LOAD DATA LOCAL INFILE', 'commit'],
    ['it becomes a draft', 'INSERT INTO `data_release`', 'statement'],
    ['it has become a draft and that is not heard', 'INSERT INTO `data_release`', 'commit'],
    ['it is approved', "status = 'APPROVED', publish_at", 'statement'],
    ['it has been approved and that is not heard', "status = 'APPROVED', publish_at", 'commit'],
    ['its rows are written', 'SET p.published_to', 'statement'],
    ['it is armed', "status = 'ARMED'", 'statement'],
    ['it has been armed and that is not heard', "status = 'ARMED'", 'commit'],
    ['it is sealed', 'INSERT INTO edition (', 'statement'],
    ['it has been sealed and that is not heard', 'INSERT INTO edition (', 'commit'],
    ['its seal is copied', 'INSERT IGNORE INTO seal', 'statement'],
    ['its end is written down', "status = 'SEALED'", 'statement'],
  ])('while %s is told so, leaves nothing half-written, and goes on later', async (_when, text, moment) => {
    round += 1;
    const cut = line.cutAt(text, moment);
    const said = await office.publish(round);
    await cut;
    const refused = await office.publish(round);
    line.mend();
    const left = { newest: (await office.read()).at(-1), halves: await halfWritten(office.world.db) };
    const again = await office.finish(round);
    expect([whole(round - 1), whole(round)]).toContainEqual(left.newest);
    expect(left.halves).toEqual([]);
    expect([null, 'DATABASE_UNAVAILABLE']).toContain(codeOf(said));
    expect([refused.status, codeOf(refused)]).toEqual([503, 'DATABASE_UNAVAILABLE']);
    expect({ again, rounds: await office.read(), stages: await strayStages(office.world.db) }).toEqual({
      again: [null],
      rounds: [whole(round - 1), whole(round)],
      stages: [],
    });
  });
});

test('a MySQL server that is killed while a file is published has the old edition or the new one, and goes on', async () => {
  const server = await startMariaDb();
  closers.push(server.stop);
  await createDatabase(server.url, 'killed');
  const office = await openOffice(`${server.url}/killed`);
  await office.finish(1);
  for (const [round, waitMs] of [
    [2, 100],
    [3, 400],
    [4, 700],
  ] as const) {
    const publishing = office.publish(round);
    await delay(waitMs);
    await server.kill();
    const said = await publishing;
    const refused = await office.publish(round);
    await server.startAgain();
    const left = { newest: (await office.read()).at(-1), halves: await halfWritten(office.world.db) };
    expect([whole(round - 1), whole(round)]).toContainEqual(left.newest);
    expect(left.halves).toEqual([]);
    expect([null, 'DATABASE_UNAVAILABLE']).toContain(codeOf(said));
    expect(codeOf(refused)).toBe('DATABASE_UNAVAILABLE');
    expect(await office.finish(round)).toEqual([null]);
    expect(await office.read()).toEqual([whole(round - 1), whole(round)]);
  }
  await closeAll();
}, 120_000);

async function createDatabase(url: string, name: string): Promise<void> {
  const connection = await createConnection(url);
  await connection.query(`CREATE DATABASE ${name}`).finally(() => connection.end());
}

describe('a SQLite database whose disk is full', () => {
  let office: Office;
  let round = 1;
  const outcomes = new Set<string>();

  beforeAll(async () => {
    office = await openOffice(await freshSqlite());
    await office.finish(round);
    await office.world.db.write((tx) => tx.query('CREATE TABLE filler (id INTEGER PRIMARY KEY, bytes BLOB)'));
  }, 60_000);
  afterAll(closeAll);

  test.each([0, 2, 8, 32, 64, 96, 128, 160, 224])(
    'but for %i pages has the old edition or the new one, and goes on when there is room',
    async (pages) => {
      round += 1;
      await fillDisk(office.world.db, pages);
      const outcome = outcomeOf(await office.publish(round));
      outcomes.add(outcome);
      const left = { newest: (await office.read()).at(-1), halves: await halfWritten(office.world.db) };
      await emptyDisk(office.world.db);
      const again = await office.finish(round);
      expect(left).toEqual({ newest: whole(outcome === '200 SCHEDULED' ? round : round - 1), halves: [] });
      expect({ again, rounds: await office.read(), stages: await strayStages(office.world.db) }).toEqual({
        again: [null],
        rounds: [whole(round - 1), whole(round)],
        stages: [],
      });
    },
  );

  test('tells so who sends a file, and lets wait what is approved', () => {
    expect([...outcomes]).toEqual(['507 DATABASE_FULL', '200 APPROVED', '200 SCHEDULED']);
  });
});

/** The status, and the code of the refusal or where the release stands. */
function outcomeOf(said: Said): string {
  const [release] = (said.body.releases ?? []) as { status: string }[]; // as the route shapes them
  return `${said.status} ${codeOf(said) ?? release?.status}`;
}

const PAGE_BYTES = 4096;

/** Leaves room for so many pages only. */
async function fillDisk(db: Database, pages: number): Promise<void> {
  const [row] = await db.query('PRAGMA page_count');
  await limitPages(db, Number(row?.page_count));
  const fill = () => db.write((tx) => tx.query('INSERT INTO filler (bytes) VALUES (zeroblob(?))', [PAGE_BYTES * 0.75]));
  while (
    await fill().then(
      () => true,
      () => false,
    )
  );
  await limitPages(db, Number(row?.page_count) + pages);
}

async function emptyDisk(db: Database): Promise<void> {
  await limitPages(db, 2 ** 31);
  await db.write((tx) => tx.query('DELETE FROM filler'));
}

async function limitPages(db: Database, pages: number): Promise<void> {
  await db.write((tx) => tx.query(`PRAGMA max_page_count = ${pages}`));
}
