import { say } from './bilingual.js';
import type { Bilingual } from './dataset.js';

/**
 * The text as it looks: letters, digits, dashes and spaces that only look plain made plain, nothing that cannot be seen,
 * no space too many. For suggestions only: a value is never read from it.
 */
export function plainText(raw: string): string {
  return raw
    .replace(/[¹²³⁰-⁹]+/g, '*')
    .normalize('NFKC')
    .replace(/[\t\r\n]/g, ' ')
    .replace(UNSEEN, '')
    .replace(/[‐-―−]/g, '-')
    .replace(/[‘’`´]/g, "'")
    .replace(/[^\p{ASCII}]/gu, plainSign)
    .replace(/ +/g, ' ')
    .trim();
}

/** What in a text is not what it looks like, as the object of "the cell holds"; null when it is all plain. */
export function oddity(raw: string): Bilingual | null {
  const unseen = raw.match(UNSEEN)?.[0];
  if (unseen)
    return say(
      `karakter yang tidak terlihat (${nameOf(unseen)})`,
      `a character that cannot be seen (${nameOf(unseen)})`,
    );
  const space = /[^\S ]/.exec(raw)?.[0];
  if (space) return say(`spasi khusus (${nameOf(space)})`, `a special space (${nameOf(space)})`);
  const digit = /(?![0-9])[\p{Nd}]/u.exec(raw)?.[0];
  if (digit) return say(`angka yang bukan 0-9 (${nameOf(digit)})`, `a digit other than 0-9 (${nameOf(digit)})`);
  const letter = /(?![\p{ASCII}])\p{L}/u.exec(raw)?.[0];
  if (letter)
    return say(
      `huruf yang hanya tampak sama (${nameOf(letter)})`,
      `a letter that only looks alike (${nameOf(letter)})`,
    );
  const sign = /(?![\p{ASCII}])./u.exec(raw)?.[0];
  if (sign)
    return say(`tanda yang hanya tampak sama (${nameOf(sign)})`, `a sign that only looks alike (${nameOf(sign)})`);
  if (raw !== raw.trim()) return say('spasi di depan atau di belakang', 'a space before or after');
  return / {2}/.test(raw) ? say('spasi ganda', 'a double space') : null;
}

/** Asks for what a cell looks like to be written so, saying what in it is odd. */
export function adviseWriting(raw: string, text: string): Bilingual {
  const odd = oddity(raw);
  if (!odd) return say(`tulis ${text}`, `write ${text}`);
  return say(`sel memuat ${odd.id}: tulis ${text}`, `the cell holds ${odd.en}: write ${text}`);
}

/** Control signs, signs without width and signs that turn the direction; not tabs and line ends, which are spaces. */
const UNSEEN = /(?![\t\r\n])(?:[\p{Cc}\p{Cf}\u115f\u1160\u3164]|\u034f|[\ufe00-\ufe0f])/gu;

function nameOf(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function plainSign(sign: string): string {
  const index = FOREIGN.indexOf(sign);
  if (index >= 0) return LATIN[index] ?? sign;
  const code = sign.codePointAt(0) ?? 0;
  const zero = ZEROS.find((start) => code >= start && code <= start + 9);
  return zero === undefined ? sign : String(code - zero);
}

/** Cyrillic and Greek letters, each above the Latin one it is taken for; then the Arabic decimal sign and group sign. */
const FOREIGN = 'АВЕКМНОРСТХУЈІЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο٫٬';
const LATIN = 'ABEKMHOPCTXYJISaeopcyxijsABEZHIKMNOPTYXo.,';

/** Where the digits of other scripts begin: Arabic, Persian, Devanagari, Bengali, Thai, Balinese, Sundanese, Javanese. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0x1b50, 0x1bb0, 0xa9d0];
