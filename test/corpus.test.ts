import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type StartedWorld, startWorld } from './support/world.js';

const FOLDER = 'test/corpus';

/** What was asked of the past, and answered. */
interface Answered {
  readonly about: string;
  readonly asOf: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

const corpus = readdirSync(FOLDER).map((file) => ({
  file,
  ...(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Answered), // the format of these files
}));

/** Every file is a promise: an answer changes with a decision record only, that names it. */
describe('an answer about the past', () => {
  let world: StartedWorld;
  beforeAll(async () => {
    world = await startWorld({ clock: () => Date.parse('2026-03-01T05:00:00Z') });
  }, 60_000);
  afterAll(() => world.stop());

  test.each(corpus)('H: is what it was: $about ($file)', async ({ asOf, query, variables, data }) => {
    const answer = await world.ask(query, { asOf, variables });
    expect({ data: answer.data, errors: answer.errors }).toEqual({ data, errors: undefined });
  });

  test('H: is of figures, statuses and definitions: no file is empty', () => {
    const empty = corpus.filter(({ data }) => leavesOf(data).length < 5);
    expect([corpus.length >= 12, empty.map(({ file }) => file)]).toEqual([true, []]);
  });
});

/** What an answer says, without what it does not. */
function leavesOf(value: unknown): unknown[] {
  if (value === null || value === undefined) return [];
  return typeof value === 'object' ? Object.values(value).flatMap(leavesOf) : [value];
}
