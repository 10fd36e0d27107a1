import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { LAYOUTS, type Locale } from './layout.js';
import { judge, readLists } from './oracle.js';

const lists = readLists('2026-06-15');
const NAMES = Object.keys(LAYOUTS) as (keyof typeof LAYOUTS)[]; // its own keys

/** A bad file, as its folder has it. */
interface Case {
  readonly name: string;
  readonly dataset: keyof typeof LAYOUTS;
  readonly locale: Locale;
  readonly errors: number;
  readonly bytes: Buffer;
}

const FOLDER = 'test/bad-input';
const cases = readdirSync(FOLDER).flatMap((name): Case[] => {
  if (!/^\d\d-/.test(name)) return [];
  const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, name, file), 'utf8'));
  const { dataset, locale = 'C', options, given } = read('case.json');
  const file = readdirSync(join(FOLDER, name)).find((one) => one.startsWith('file.')) ?? '';
  if (!NAMES.includes(dataset) || options || given) return [];
  return [
    { name, dataset, locale, errors: read('expected.json').errors, bytes: readFileSync(join(FOLDER, name, file)) },
  ];
});

describe('the oracle', () => {
  test.each(NAMES)('has nothing against the published %s', (name) => {
    const bytes = readFileSync(`services/subgraphs/${LAYOUTS[name].owner}/data/${name}.csv`);
    const verdict = judge(name, bytes, 'C', lists);
    expect([null, 'E1']).toContain(verdict.is === 'refuse' ? verdict.why : null); // of a key, a first load has every vintage
  });

  test('refuses no file of the catalogue of bad input that is expected to be taken', () => {
    const taken = cases.filter(({ errors, name }) => errors === 0 && !name.startsWith('55-')); // its regions are invented
    const refused = taken.filter(({ dataset, bytes, locale }) => judge(dataset, bytes, locale, lists).is === 'refuse');
    expect(refused.map(({ name }) => name)).toEqual([]);
  });

  test('refuses every file of the catalogue that is expected to be refused', () => {
    const bad = cases.filter(({ errors }) => errors > 0);
    const taken = bad.filter(({ dataset, bytes, locale }) => judge(dataset, bytes, locale, lists).is === 'accept');
    expect(taken.map(({ name }) => name)).toEqual([]);
  });
});
