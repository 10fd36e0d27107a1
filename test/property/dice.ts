import { type GeneratorValue, integer } from 'fast-check';

/** Choices that fast-check makes, remembers and, when a case fails, makes smaller. */
export interface Dice {
  /** A whole number, both ends included; the lower one where there is none between. */
  whole(min: number, max: number): number;
  pick<T>(list: readonly T[]): T;
  /** True so many times of a hundred. */
  chance(percent: number): boolean;
}

export function diceOf(generate: GeneratorValue): Dice {
  const whole = (min: number, max: number) => generate(integer, { min, max: Math.max(min, max) });
  return {
    whole,
    pick: (list) => {
      const index = list.length < 2 ? 0 : whole(0, list.length - 1);
      if (index >= list.length) throw new Error('there is nothing to pick from');
      return list[index] as (typeof list)[number]; // the index is within the list
    },
    chance: (percent) => whole(1, 100) > 100 - percent,
  };
}
