import { createHash } from 'node:crypto';
import type { Dice } from '../property/dice.js';

/**
 * Dice that fall the same way for the same seed, whatever was thrown before: a case is named by its numbers and made
 * again alone. What fails is made smaller in `smaller.ts`, as a document: that is shorter than fewer throws would be.
 */
export function diceFrom(...seed: readonly (string | number)[]): Dice {
  const random = randomNumbers(seed.join(' '));
  const whole = (min: number, max: number) => min + Math.floor(random() * (Math.max(min, max) - min + 1));
  return {
    whole,
    pick(list) {
      if (list.length === 0) throw new Error('there is nothing to pick from');
      return list[whole(0, list.length - 1)] as (typeof list)[number]; // the index is within the list
    },
    chance: (percent) => whole(1, 100) <= percent,
  };
}

/** A few of a list, in its order. */
export function someOf<T>(dice: Dice, list: readonly T[], least: number, most: number): T[] {
  const left = [...list];
  const wanted = Math.min(dice.whole(least, most), list.length);
  while (left.length > wanted) left.splice(dice.whole(0, left.length - 1), 1);
  return left;
}

/** Numbers from 0 to 1 by a multiplier known to fill the range (MINSTD). */
function randomNumbers(seed: string): () => number {
  let state = (createHash('sha256').update(seed).digest().readUInt32BE() % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
