import type { Drawing } from '../../widget/drawing.js';
import { createFormat } from '../../widget/format.js';
import type { Reader } from '../../widget/view.js';
import { type Language, WORDS } from '../../widget/words.js';

/** Somebody who reads a view in a language. */
export function readerOf(language: Language): Reader {
  return { language, words: WORDS[language], format: createFormat(language), isPinned: false };
}

/** The markup of a picture, with what stands in its templates, without their handlers. */
export function markupOf({ picture }: Drawing): string {
  return flat(picture).replace(/\s+/g, ' ');
}

/** What a reader sees of a picture, piece by piece. */
export function textsOf(drawing: Drawing): string[] {
  const pieces = markupOf(drawing).split(/<[^>]*>/);
  return pieces.map((piece) => piece.trim()).filter(Boolean);
}

function flat(value: unknown): string {
  if (Array.isArray(value)) return value.map(flat).join('');
  if (typeof value !== 'object' || value === null) return `${value ?? ''}`;
  const { strings, values } = value as { strings: readonly string[]; values: readonly unknown[] }; // a template of Lit
  return strings.map((text, at) => text + flat(values[at])).join('');
}
