import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { assert, asyncProperty, gen } from 'fast-check';
import type { World } from '../support/world.js';
import { diceOf } from './dice.js';
import type { LAYOUTS } from './layout.js';
import { type Mutated, mutate } from './mutations.js';
import { judge, type Lists, readLists, type Verdict } from './oracle.js';
import type { Told } from './relations.js';
import { type Sheet, textOf } from './sheet.js';
import { createTally } from './tally.js';
import { validSheet } from './valid-file.js';
import { countStages, createEmptyWorld, type Outcome, sendIn } from './way-in.js';

/** Noon in WIB: the files are checked on this day, whenever the test runs. */
const NOW = Date.parse('2026-06-15T05:00:00Z');
const TODAY = '2026-06-15';
/** The nightly command says how many files; without it they are few, and always the same ones. */
const IS_NIGHTLY = process.env.PROPERTY_FILES !== undefined;
const FILES = Number(process.env.PROPERTY_FILES ?? 500);
/** A seed that is given again gives the same files again. */
const SEED = Number(process.env.PROPERTY_SEED ?? (IS_NIGHTLY ? Date.now() % 2 ** 31 : 20241012));
/** Every value as likely as any other: dice that are loaded, as is usual, leave most kinds of mistakes out. */
const CHOICE = { seed: SEED, unbiased: true } as const;
const TIME = 30_000 + FILES * 100;

let world: World;
let lists: Lists;
let sources: Readonly<Record<'participants' | 'benefits', readonly string[]>>;
beforeAll(async () => {
  world = await createEmptyWorld(NOW);
  lists = readLists(TODAY);
  const named = (ids: ReadonlySet<string>) => [...ids].filter((id) => id !== 'id');
  sources = { participants: named(lists.sources.participants), benefits: named(lists.sources.benefits) };
}, 60_000);
afterAll(() => world.close());

describe(`the way in (seed ${SEED})`, () => {
  test(
    'takes every valid file, without a word',
    async () => {
      const valid = asyncProperty(gen(), async (generate) => {
        const sheet = validSheet(diceOf(generate), sources);
        await send(sheet, { bytes: Buffer.from(textOf(sheet)), done: [] });
      });
      await assert(valid, { numRuns: Math.ceil(FILES / 5), ...CHOICE });
    },
    TIME,
  );

  test(
    'refuses a file with mistakes, or stages what it says and nothing else',
    async () => {
      const tally = createTally();
      const began = { at: Date.now(), cpu: process.cpuUsage() };
      const mutated = asyncProperty(gen(), async (generate) => {
        const dice = diceOf(generate);
        const sheet = validSheet(dice, sources);
        const file = mutate(sheet, dice.pick([1, 1, 1, 2, 3]), dice);
        tally.add(file.done, await send(sheet, file), wordsOf(sheet));
      });
      await assert(mutated, { numRuns: FILES, ...CHOICE });
      const { user, system } = process.cpuUsage(began.cpu);
      tally.printPace(SEED, { ms: Date.now() - began.at, cpuMs: (user + system) / 1000 });
      if (IS_NIGHTLY) tally.printTable();
    },
    TIME,
  );

  test('keeps no stage of a file it refused, nor of one that was given up', async () => {
    expect(await countStages(world)).toBe(0);
  });
});

/** What the file would say had nothing gone wrong. */
function wordsOf(sheet: Sheet): Verdict {
  return judgeSheet(sheet, Buffer.from(textOf(sheet)));
}

function judgeSheet({ layout, locale }: Sheet, bytes: Buffer): Verdict {
  return judge(layout.dataset as keyof typeof LAYOUTS, bytes, locale, lists); // one of its keys
}

/** Sends a file in and throws, with the file, where what comes of it is not what the oracle says. */
async function send(sheet: Sheet, file: Mutated): Promise<Outcome> {
  const verdict = judgeSheet(sheet, file.bytes);
  const outcome = await sendIn(world, sheet.layout, file.bytes, sheet.locale);
  const wrong = wrongIn(verdict, outcome, file);
  if (wrong !== null) throw new Error(`${wrong}\n${describeFile(sheet, file, verdict, outcome)}`);
  return outcome;
}

/** What is wrong with an outcome; null for nothing. */
function wrongIn(verdict: Verdict, outcome: Outcome, { done }: Mutated): string | null {
  if (verdict.is === 'refuse') {
    if (outcome.is === 'staged') return `accepted what must be refused: ${verdict.why}`;
    return verdict.secrets.length > 0 ? tells(verdict.secrets, outcome) : null;
  }
  const isWhole = done.every(({ isHarmless }) => isHarmless);
  if (outcome.is === 'refused') return isWhole ? 'refused a valid file' : null;
  if (done.length === 0 && outcome.report.warnings > 0) return 'warned of a valid file';
  if (differing(verdict.rows, outcome.rows).length > 0) return 'staged other values';
  const silent = verdict.warnings.find((names) => !names.some((name) => outcome.report.counts[name]));
  return silent ? `did not warn: ${silent.join(' or ')}` : null;
}

/** A file with a person in it is refused for that only, or for not being read at all; nothing of the person is told. */
function tells(secrets: readonly string[], { report }: Outcome): string | null {
  const rules = Object.keys(report.counts).join(' ');
  if (rules !== 'PERSONAL' && rules !== 'FILE') return `a person is in the file, and the report says ${rules}`;
  const told = secrets.find((secret) => secret !== 'a title' && JSON.stringify(report).includes(secret));
  return told === undefined ? null : 'the report tells of a person';
}

/** A row with its cells in one order. */
function sorted({ line, cells, withheld }: Told): unknown {
  const inOrder = (told: Told['cells']) => Object.entries(told).sort(([one], [other]) => (one < other ? -1 : 1));
  return [line, inOrder(cells), withheld && inOrder(withheld)];
}

function describeFile({ layout, locale }: Sheet, { bytes, done }: Mutated, verdict: Verdict, outcome: Outcome): string {
  const problems = outcome.report.problems.map(({ row, rule, message }) => `${rule}, line ${row}: ${message.en}`);
  const rows = outcome.is === 'staged' && verdict.is === 'accept' ? differing(verdict.rows, outcome.rows) : [];
  return [
    `${layout.dataset}, ${locale}; what went wrong: ${done.map(({ name }) => name).join(', ') || 'nothing'}`,
    JSON.stringify(bytes.toString('utf8')),
    `the oracle: ${verdict.is === 'refuse' ? `refuse, ${verdict.why}` : `accept, and warn of ${JSON.stringify(verdict.warnings)}`}`,
    `the way in: ${outcome.is}; ${problems.slice(0, 5).join('; ')}`,
    ...rows,
  ].join('\n');
}

/** The first row that is not as it should be, and as it should be. */
function differing(expected: readonly Told[], staged: readonly Told[]): string[] {
  const texts = [expected, staged].map((rows) => rows.map((row) => JSON.stringify(sorted(row))));
  const [right = [], found = []] = texts;
  const at = right.findIndex((text, index) => text !== found[index]);
  if (at < 0 && right.length === found.length) return [];
  const index = at < 0 ? right.length : at;
  return [`expected: ${right[index] ?? 'no more rows'}`, `staged: ${found[index] ?? 'no more rows'}`];
}
