import type { Bilingual } from './dataset.js';

/** One text in the two languages of data people. */
export function say(id: string, en: string): Bilingual {
  return { id, en };
}
