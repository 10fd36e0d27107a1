import type { Bilingual } from './dataset.js';

/** One text in the two languages of data people. */
export function say(id: string, en: string): Bilingual {
  return { id, en };
}

/** A number with its word in English: `1 row`, `2 rows`. Indonesian has one form for both. */
export function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}
