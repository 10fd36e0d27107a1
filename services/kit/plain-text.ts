import type { Bilingual } from './dataset.js';

/** What is wrong with a text, by its rule. */
export interface TextProblem {
  readonly rule: 'FORMULA' | 'MARKUP' | 'TEXT';
  readonly problem: Bilingual;
  readonly suggestion: Bilingual;
}

/**
 * Null for a text that is safe wherever it is shown or opened: it begins no formula of a spreadsheet, holds no markup
 * and no sign that cannot be seen. What looks like a query is a text like any other.
 */
export function wrongText(text: string): TextProblem | null {
  if (!SUSPECT.test(text)) return null;
  const hidden = HIDDEN.exec(text);
  if (hidden) return hiddenSign(hidden[0]);
  if (MARKUP.test(text)) return TAGGED;
  return FORMULA.test(text) && !SIGNED_NUMBER.test(text) ? BEGINS_FORMULA : null;
}

/** The text with what cannot be seen written out: `U+202E`. */
export function visibleText(text: string): string {
  return SUSPECT.test(text) ? text.replace(new RegExp(HIDDEN, 'gu'), codeOf) : text;
}

function codeOf(sign: string): string {
  return `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** Cheap, and true of every text that one of the rules below refuses. */
const SUSPECT =
  /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[^\x20-\x7e\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027]|<|script:|data:/i;
/** Control signs but line ends, signs without width, signs that turn the direction, and what is left of a broken letter. */
const HIDDEN = /[^\P{C}\r\n]|[\ufffd\u2028\u2029\u115f\u1160\u3164\u180e]/u;
const MARKUP = /<[a-z/!?]|^\s*(java|vb)script:|^\s*data:\w+\/\w+/i;
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
const SIGNED_NUMBER = /^\s*[+-]\s?\d[\d.,]*\s?%?\s*$/;

function hiddenSign(sign: string): TextProblem {
  const code = codeOf(sign).slice(1, -1);
  const isBroken = sign === '\ufffd';
  return {
    rule: 'TEXT',
    problem: isBroken
      ? { id: `memuat huruf yang rusak (${code})`, en: `holds a broken letter (${code})` }
      : { id: `memuat karakter yang tidak terlihat (${code})`, en: `holds a character that cannot be seen (${code})` },
    suggestion: isBroken
      ? {
          id: 'perbaiki hurufnya di berkas asal, lalu simpan sebagai UTF-8',
          en: 'mend it where it was written and save as UTF-8',
        }
      : { id: 'hapus karakter itu; ketik ulang isi selnya', en: 'remove it; type the cell anew' },
  };
}

const TAGGED: TextProblem = {
  rule: 'MARKUP',
  problem: { id: 'memuat kode HTML atau skrip', en: 'holds HTML or script' },
  suggestion: {
    id: 'tulis sebagai kalimat biasa, tanpa tanda < di depan kata',
    en: 'write plain text, without < before a word',
  },
};

const BEGINS_FORMULA: TextProblem = {
  rule: 'FORMULA',
  problem: {
    id: 'diawali =, +, - atau @, yang dijalankan Excel sebagai rumus',
    en: 'begins with =, +, - or @, which a spreadsheet runs as a formula',
  },
  suggestion: {
    id: 'tulis nilainya, bukan rumusnya; teks dimulai dengan huruf; sel tanpa isi dikosongkan',
    en: 'write the value, not the formula; begin a text with a letter; leave a cell blank that says nothing',
  },
};
