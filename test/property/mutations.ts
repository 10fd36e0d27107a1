import { CODE_MUTATIONS } from './code-mutations.js';
import type { Dice } from './dice.js';
import { FIGURE_MUTATIONS } from './figure-mutations.js';
import { FILE_MUTATIONS } from './file-mutations.js';
import { LAYOUT_MUTATIONS } from './layout-mutations.js';
import type { Mutation } from './mutation.js';
import { NUMBER_MUTATIONS } from './number-mutations.js';
import { type Sheet, textOf } from './sheet.js';

export const MUTATIONS: readonly Mutation[] = [
  ...NUMBER_MUTATIONS,
  ...CODE_MUTATIONS,
  ...LAYOUT_MUTATIONS,
  ...FIGURE_MUTATIONS,
  ...FILE_MUTATIONS,
];

/** A file and what was done to it. */
export interface Mutated {
  readonly bytes: Buffer;
  readonly done: readonly Mutation[];
}

/** The bytes of a sheet as they are, or with so many things gone wrong: first cells, then text, then bytes. */
export function mutate(sheet: Sheet, count: number, dice: Dice): Mutated {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const wanted = Array.from({ length: count }, () => dice.pick(MUTATIONS));
    const mutated = apply(sheet, wanted, dice);
    if (mutated.done.length === count) return mutated;
  }
  throw new Error('no mutation fits this file');
}

/** Some fit few files only. */
const TRIES = 100;

function apply(sheet: Sheet, wanted: readonly Mutation[], dice: Dice): Mutated {
  const done = new Set<Mutation>();
  let cells = sheet;
  for (const mutation of wanted) {
    const changed = mutation.sheet?.(cells, dice) ?? null;
    if (changed === null) continue;
    cells = changed;
    done.add(mutation);
  }
  let text = textOf(cells);
  for (const mutation of wanted) {
    const changed = mutation.text?.(text, cells, dice) ?? null;
    if (changed === null) continue;
    text = changed;
    done.add(mutation);
  }
  let bytes: Buffer = Buffer.from(text);
  for (const mutation of wanted) {
    const changed = mutation.bytes?.(bytes, cells, dice) ?? null;
    if (changed === null) continue;
    bytes = changed;
    done.add(mutation);
  }
  return { bytes, done: [...done] };
}
