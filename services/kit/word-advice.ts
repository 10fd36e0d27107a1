import { aliasOf, remarkOn } from './alias.js';
import { say } from './bilingual.js';
import type { Bilingual } from './dataset.js';
import { adviseWriting, plainText } from './lookalike.js';

/** The word of a list that a cell may be meant to say, or what to do instead; null when nothing comes to mind. */
export function adviseWord(raw: string, words: readonly string[]): Bilingual | null {
  if (raw.length > 120) return null;
  const text = plainText(raw);
  if (words.includes(text)) return adviseWriting(raw, text);
  const same = words.find((word) => fold(word) === fold(text));
  if (same) return say(`tulis ${same}, persis begitu`, `write ${same}, exactly so`);
  const meant = aliasOf(text, words);
  if (meant) return say(`bila maksudnya ${meant}, tulis ${meant}`, `if it means ${meant}, write ${meant}`);
  return remarkOn(text, words);
}

/** The id that a cell may be meant to say: without what cannot be seen, and with `_` for spaces. */
export function adviseId(raw: string): Bilingual | null {
  if (raw.length > 120) return null;
  const text = plainText(raw);
  if (ID.test(text)) return adviseWriting(raw, text);
  const joined = text.replace(/[ /&]+/g, '_');
  return ID.test(joined)
    ? say(`bila maksudnya ${joined}, tulis ${joined}`, `if it means ${joined}, write ${joined}`)
    : null;
}

/** True for an id: letters, digits and few signs. */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** What a cell that names rows of another dataset may be meant to say. */
export function adviseReference(raw: string): Bilingual | null {
  if (raw.length > 1000) return null;
  const text = plainText(raw);
  return text.split(' ').every(isId) ? adviseWriting(raw, text) : null;
}

export function adviseBoolean(raw: string): Bilingual | null {
  const text = plainText(raw).toLowerCase();
  if (/^(?:true|ya|y|yes|1|benar|t)$/.test(text)) return say('tulis true', 'write true');
  return /^(?:false|tidak|tdk|n|no|0|salah|f)$/.test(text) ? say('tulis false', 'write false') : null;
}

const ID = /^[A-Za-z0-9_.:-]{1,80}$/;

function fold(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
