import type { Bilingual } from './dataset.js';

/** A way of writing, and what to say to it: given what its groups found (empty where nothing); null for "not this one". */
export type Habit<Context> = readonly [RegExp, (groups: readonly string[], context: Context) => Bilingual | null];

/** The advice of the first habit that a text shows and that has any; null when none. */
export function adviseByHabit<Context>(
  habits: readonly Habit<Context>[],
  text: string,
  context: Context,
): Bilingual | null {
  for (const [pattern, advise] of habits) {
    const match = pattern.exec(text);
    const advice =
      match &&
      advise(
        match.slice(1).map((group) => group ?? ''),
        context,
      );
    if (advice) return advice;
  }
  return null;
}
