import { appendFile } from 'node:fs/promises';
import { afterEach, expect, test } from '@jest/globals';
import { freshSqlite } from '../support/databases.js';
import { freshMariaDb } from '../support/mariadb.js';
import { type Chain, type Killed, type Step, startChain } from './chain.js';
import { whole } from './figures.js';

/** How many kills: few in CI, many at night. */
const KILLS = Number(process.env.KILLS ?? 20);
/** A file to which a line is added for each kill, to see how they spread; none when not given. */
const LIST = process.env.KILL_LIST;
/** A database is taken for so many rounds, then a new one. */
const ROUNDS = 25;

/** The steps that are killed in, in turn: the more there is to break, the more often. */
const STEPS: readonly Step[] = ['check', 'publish', 'approve', 'publish', 'approve', 'approve'];

/** A kill comes after a share of the longest time that its step has taken, up to this one: what follows is hit too. */
const LONGEST = 1.2;

/** What may be told of a command that is given again: it does the work, or says that it is done or under way. */
const AGAIN = {
  publish: ['DRAFTED', 'ALREADY_DRAFTED', 'ALREADY_PUBLISHED'],
  approve: ['DONE', 'RELEASE_NOT_READY'],
} as const;

let chain: Chain | null = null;
afterEach(() => chain?.stop());

test.each([
  ['SQLite', freshSqlite, Math.ceil(KILLS * 0.6)],
  ['MariaDB', freshMariaDb, Math.floor(KILLS * 0.4)],
])(
  'a host on %s that is killed at any moment leaves the old edition or the new one, and what was begun can be given again',
  async (name, makeUrl, kills) => {
    let looks = 0;
    for (let first = 0; first < kills; first += ROUNDS) {
      chain = await startChain(await makeUrl());
      const rounds = Math.min(ROUNDS, kills - first);
      for (let round = 0; round < rounds; round += 1) {
        const [step, share] = [STEPS[round % STEPS.length] ?? 'check', (LONGEST * (round + Math.random())) / rounds];
        const killed = await chain.kill(step, share);
        await list(`${name} ${step} ${share.toFixed(2)}: ${killed.point}, again: ${killed.again.join(', ')}`);
        expectWhole(killed, round + 3);
        looks += killed.looks;
      }
      await chain.stop();
      chain = null;
    }
    expect(looks).toBeGreaterThan(kills); // or the readers have found no mix because they could not read
  },
  (60 + KILLS * 20) * 1000,
);

/** The rounds before this one were seen all the time; this one is not seen, or whole, and in the end it is seen. */
function expectWhole({ point: _point, looks: _looks, before, again, after, ...found }: Killed, round: number): void {
  const rounds = (count: number) => Array.from({ length: count }, (_, index) => whole(index + 1));
  const isSealed = before.length === round;
  expect(before.map((seen) => seen.rounds)).toEqual(rounds(isSealed ? round : round - 1));
  expect(after.map((seen) => seen.rounds)).toEqual(rounds(round));
  expect(after.map(({ instant }) => instant)).toEqual(expect.arrayContaining(before.map(({ instant }) => instant)));
  expect(found).toEqual({ mixed: [], halves: [], stages: [], newest: [whole(round), whole(round)], wrong: [] });
  expect(AGAIN.publish).toContain(again[0]);
  expect(AGAIN.approve).toContain(again[1]);
}

async function list(line: string): Promise<void> {
  if (LIST !== undefined) await appendFile(LIST, `${line}\n`);
}
