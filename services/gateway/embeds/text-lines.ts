/** How wide signs are, in parts of their size: as wide as in the widest fonts that systems bring, so that lines never run out. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[iljtfrI.,:;|!'’()[\]\s·/-]/, 0.38],
  [/[mwMW%@&—…]/, 0.98],
  [/[A-Z]/, 0.72],
  [/[\u0020-\u024f“”]/, 0.64],
];
const WIDEST = 1.05;
const BOLD = 1.08;

/** Those of the signs up to U+024F, by their codes. */
const KNOWN = Array.from({ length: 0x250 }, (_, code) => partOf(String.fromCharCode(code)));

/** About how wide a text is, rather more than less. */
export function widthOf(text: string, size: number, isBold = false): number {
  let parts = 0;
  for (const sign of text) parts += KNOWN[sign.codePointAt(0) ?? 0] ?? partOf(sign);
  return parts * size * (isBold ? BOLD : 1);
}

function partOf(sign: string): number {
  return WIDTHS.find(([signs]) => signs.test(sign))?.[1] ?? WIDEST;
}

/** What belongs together, as a date: it does not break at the end of a line. */
export function whole(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

/** The text in lines no wider than this; a word that is wider itself is cut. */
export function linesOf(text: string, width: number, size: number, isBold = false): string[] {
  const fits = (line: string) => widthOf(line, size, isBold) <= width;
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .split(/[ \t\r\n]+/)
    .filter(Boolean)
    .flatMap((long) => cut(long, fits))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || fits(longer)) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

function cut(word: string, fits: (piece: string) => boolean): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const sign of word) {
    if (piece !== '' && !fits(piece + sign)) {
      pieces.push(piece);
      piece = '';
    }
    piece += sign;
  }
  return [...pieces, piece];
}
