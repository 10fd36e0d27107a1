import type { Column, Dataset } from './dataset.js';
import { personalCell, personalTitle } from './personal.js';

/** Watches the bytes of a file go by, before anything of it is kept. */
export interface PersonalWatch {
  /** True when these bytes, or those before, seem to tell of a person: they must not be written anywhere. */
  sees(chunk: Uint8Array): boolean;
  /** True when the last bytes do. Call it once, after the last chunk. */
  ends(): boolean;
}

/** How much is kept back until the cell it belongs to is whole. */
const LONGEST_CELL = 4096;

/** `a@b.id`: nothing shorter tells of a person. */
const SHORTEST = 6;

/** What may end a cell, or stand within one that is quoted. */
const SIGNS = [',', ';', '\t', '\n', '\r'];
/** By character code. */
const IS_SIGN: readonly boolean[] = Array.from({ length: 256 }, (_, code) =>
  `${SIGNS.join('')}"`.includes(String.fromCharCode(code)),
);

/** No cell ends by it: the separator of a file whose header has not been read. */
const NONE = 'none';

/**
 * A watch for the files of a dataset: titles of columns that promise persons, and cells that seem to tell of one, each
 * read by the kind of its column where the header is one. The check reads every cell again, more closely.
 */
export function createPersonalWatch({ columns }: Dataset): PersonalWatch {
  const own = new Map(columns.map(({ name, kind }) => [name, kind]));
  const figures = columns.some(({ kind }) => kind === 'rupiah') ? 'rupiah' : 'unknown';
  const at = { column: 0, isQuoted: false, isParted: false, cell: '', separator: NONE };
  let kinds: (Column['kind'] | undefined)[] = [];
  let left = '';
  let header: string | null = '';
  let found = false;

  const tells = (text: string) => text.length >= SHORTEST && personalCell(text, kinds[at.column] ?? figures) !== null;
  const readHeader = (isLineEnd: boolean) => {
    if (header === null) return;
    const isEnd = isLineEnd && header.trim() !== '';
    if (!isEnd && header.length <= LONGEST_CELL) return;
    const titles = titlesOf(header);
    found ||= titles.some((title) => !own.has(title) && personalTitle(title) !== null);
    at.separator = separatorOf(header);
    kinds = isEnd ? titles.map((title) => own.get(title)) : [];
    header = null;
  };
  /** A piece of a cell, and the sign behind it. A cell of several pieces is looked at again when it is whole. */
  const take = (piece: string, sign: string) => {
    found ||= tells(piece);
    const isLineEnd = sign === '\n' || sign === '\r';
    if (header !== null) {
      header += isLineEnd ? piece : piece + sign;
      readHeader(isLineEnd);
    }
    const isEnd = isLineEnd || sign === at.separator;
    if (sign === '"') at.isQuoted = !at.isQuoted;
    if (isEnd && !at.isQuoted) {
      if (at.cell !== '' && (piece !== '' || at.isParted)) found ||= tells(at.cell + piece);
      Object.assign(at, { cell: '', isParted: false, column: isLineEnd ? 0 : at.column + 1 });
      return;
    }
    at.isParted ||= at.cell !== '' && piece !== '';
    at.cell += sign === '"' ? piece : piece + sign;
    if (at.cell.length <= LONGEST_CELL) return;
    found ||= tells(at.cell);
    at.cell = '';
  };
  const look = (text: string) => {
    let begin = 0;
    for (let index = 0; index < text.length && !found; index += 1) {
      if (!IS_SIGN[text.charCodeAt(index)]) continue;
      take(text.slice(begin, index), text.charAt(index));
      begin = index + 1;
    }
    if (begin < text.length) take(text.slice(begin), '');
    return found;
  };

  return {
    sees(chunk) {
      const text = left + textOf(chunk);
      const whole = Math.max(...SIGNS.map((sign) => text.lastIndexOf(sign))) + 1;
      const end = whole === 0 && text.length > LONGEST_CELL ? text.length : whole;
      left = text.slice(end).slice(-LONGEST_CELL);
      return look(text.slice(0, end));
    },
    ends: () => look(`${left}\n`),
  };
}

/** A letter for each byte; in UTF-16, Latin letters and digits have an empty byte beside them. */
function textOf(chunk: Uint8Array): string {
  const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

function titlesOf(line: string): string[] {
  return line
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .split(/[,;\t]/)
    .map((title) => title.replace(/^"|"$/g, ''));
}

/** The sign that parts most titles. */
function separatorOf(line: string): string {
  const counts = [',', ';', '\t'].map((sign) => [sign, line.split(sign).length] as const);
  return counts.reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}
