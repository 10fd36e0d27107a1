import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import type { Bilingual } from './dataset.js';

/** The bytes are no text that can be read as CSV; nothing after this place was read. */
export class BadFile extends Error {
  /** `row` is the line of the first bad byte; null when it is about the file as a whole. */
  constructor(
    readonly problem: Bilingual,
    readonly suggestion: Bilingual | null,
    readonly row: number | null = null,
    /** FILE, or LAYOUT where the bytes are text and the text is no CSV. */
    readonly rule: 'FILE' | 'LAYOUT' = 'FILE',
  ) {
    super(problem.en);
    this.name = 'BadFile';
  }
}

/** How the last line ended. */
export interface Ending {
  /** False when the last byte ends no line and closes no quote: the file may have been cut off. */
  isClean: boolean;
}

/**
 * The same bytes without the mark of UTF-8, chunk by chunk, once they are seen to be text in UTF-8; a letter is never
 * torn between chunks. Throws BadFile for another encoding, for the files of other programs, and for NUL.
 */
export async function* decode(input: Readable, ending: Ending): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  let left: Buffer = Buffer.alloc(0);
  let line = 1;
  let unbroken = 0;
  for await (const chunk of input) {
    let bytes: Buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (head) {
      head = Buffer.concat([head, bytes]);
      if (head.length < HEAD) continue;
      bytes = checkHead(head);
      head = null;
    }
    if (left.length > 0) bytes = Buffer.concat([left, bytes]);
    const whole = bytes.length - tornBytes(bytes);
    left = bytes.subarray(whole);
    bytes = bytes.subarray(0, whole);
    line += checkText(bytes, line);
    const end = endOfLines(bytes);
    unbroken = end < 0 ? unbroken + bytes.length : bytes.length - end;
    if (unbroken > LONGEST_RECORD) throw new BadFile(TOO_LONG, UNCLOSED, line);
    ending.isClean = isCleanEnd(bytes, ending.isClean);
    yield bytes;
  }
  const rest = Buffer.concat([head ? checkHead(head) : Buffer.alloc(0), left]);
  checkText(rest, line);
  ending.isClean = isCleanEnd(rest, ending.isClean);
  if (rest.length > 0) yield rest;
}

/** The longest row, in bytes: a quote that is never closed, or a file that is one line, ends here. */
export const LONGEST_RECORD = 1024 * 1024;

/** Enough to know a file by its beginning. */
const HEAD = 512;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const [LF, CR, QUOTE] = [0x0a, 0x0d, 0x22];

/** The first bytes without the mark of UTF-8; throws BadFile when they belong to another kind of file. */
function checkHead(head: Buffer): Buffer {
  const known = KINDS.find(({ begins }) => begins.some((bytes) => head.subarray(0, bytes.length).equals(bytes)));
  if (known) throw new BadFile(known.problem, known.suggestion);
  const text = head.subarray(0, BOM.length).equals(BOM) ? head.subarray(BOM.length) : head;
  const start = text.toString('latin1').trimStart();
  if (/^<(!doctype|html|head|body|\?xml|svg|table)/i.test(start)) throw new BadFile(WEB_PAGE, DOWNLOAD_AGAIN);
  if (/^[[{]\s*(["{[]|$)/.test(start)) throw new BadFile(JSON_TEXT, DOWNLOAD_AGAIN);
  if (looksUtf16(text)) throw new BadFile(UTF16, SAVE_AS_UTF8);
  const separator = /^"?sep=(.)/i.exec(start);
  if (separator) throw new BadFile(...separatorLine(separator[1] ?? ''), 1);
  return text;
}

/** The count of line ends; throws BadFile, with its line, at a byte that is no text. */
function checkText(bytes: Buffer, line: number): number {
  const bad = bytes.includes(0) ? NUL : isUtf8(bytes) ? null : NOT_UTF8;
  if (!bad) return countLines(bytes);
  let before = 0;
  for (const text of linesOf(bytes)) {
    if (bad === NUL ? text.includes(0) : !isUtf8(text)) break;
    before += 1;
  }
  const looks16 = bad === NUL && looksUtf16(bytes);
  throw new BadFile(looks16 ? UTF16 : bad, looks16 || bad === NOT_UTF8 ? SAVE_AS_UTF8 : REPAIR, line + before);
}

function endOfLines(bytes: Buffer): number {
  return Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR));
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines += 1;
  if (lines > 0 || !bytes.includes(CR)) return lines;
  for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) lines += 1;
  return lines;
}

function linesOf(bytes: Buffer): Buffer[] {
  const end = bytes.includes(LF) ? LF : CR;
  const lines: Buffer[] = [];
  let start = 0;
  for (let at = bytes.indexOf(end); at >= 0; at = bytes.indexOf(end, start)) {
    lines.push(bytes.subarray(start, at));
    start = at + 1;
  }
  return [...lines, bytes.subarray(start)];
}

/** How many bytes at the end begin a letter that the next chunk goes on with. */
function tornBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

function isCleanEnd(bytes: Buffer, before: boolean): boolean {
  const last = bytes.at(-1);
  return last === undefined ? before : last === LF || last === CR || last === QUOTE;
}

/** Every second byte of plain text in UTF-16 is NUL. */
function looksUtf16(bytes: Buffer): boolean {
  const some = bytes.subarray(0, HEAD);
  const nuls = [0, 0];
  for (const [index, byte] of some.entries()) if (byte === 0) nuls[index % 2] = (nuls[index % 2] ?? 0) + 1;
  return Math.max(...nuls) > some.length / 4 && Math.min(...nuls) <= some.length / 20;
}

const SAVE_AS_UTF8: Bilingual = {
  id: 'di Excel pilih Simpan Sebagai, lalu "CSV UTF-8 (Comma delimited)"',
  en: 'in Excel choose Save As, then "CSV UTF-8 (Comma delimited)"',
};
const DOWNLOAD_AGAIN: Bilingual = {
  id: 'unduh lagi berkas aslinya; mungkin Anda belum masuk, atau alamatnya salah',
  en: 'download the file itself again; you may not have been signed in, or the address was wrong',
};
const UNPACK: Bilingual = {
  id: 'buka arsipnya dan kirim berkas CSV di dalamnya',
  en: 'unpack it and send the CSV file inside',
};
const REPAIR: Bilingual = {
  id: 'berkas rusak atau bukan teks: simpan ulang sebagai "CSV UTF-8" dari program asalnya',
  en: 'the file is damaged or no text: save it again as "CSV UTF-8" from where it was made',
};
const UTF16: Bilingual = {
  id: 'berkas dalam UTF-16 ("Unicode Text" di Excel), seharusnya UTF-8',
  en: 'the file is in UTF-16 ("Unicode Text" in Excel); UTF-8 is expected',
};
const NOT_UTF8: Bilingual = {
  id: 'ada huruf yang bukan UTF-8; berkas mungkin disimpan dengan pengodean Windows-1252',
  en: 'a letter here is not UTF-8; the file may have been saved as Windows-1252',
};
const NUL: Bilingual = { id: 'ada byte NUL, yang bukan teks', en: 'there is a NUL byte, which is no text' };
const WEB_PAGE: Bilingual = {
  id: 'ini halaman web (HTML atau XML), bukan berkas CSV',
  en: 'this is a web page (HTML or XML), not a CSV file',
};
const JSON_TEXT: Bilingual = { id: 'ini JSON, bukan berkas CSV', en: 'this is JSON, not a CSV file' };

/** What is said of a row beyond the limit. */
export const TOO_LONG: Bilingual = {
  id: 'baris lebih panjang dari 1 MiB; sisanya tidak dibaca',
  en: 'a row is longer than 1 MiB; what follows was not read',
};
/** What to do about a row that does not end. */
export const UNCLOSED: Bilingual = {
  id: 'berkas mungkin terpotong, atau tanda kutip di baris ini tidak punya pasangan',
  en: 'the file may have been cut off, or a quote in this row has no partner',
};

function separatorLine(sign: string): [Bilingual, Bilingual] {
  return [
    { id: `baris pertama "sep=${sign}" bukan judul kolom`, en: `the first line "sep=${sign}" is no header` },
    {
      id: 'hapus baris itu; pemisahnya koma, atau titik koma bila dikirim dengan locale id-ID',
      en: 'delete that line; columns are separated by commas, or by semicolons when sent with the locale id-ID',
    },
  ];
}

interface FileKind {
  readonly begins: readonly Buffer[];
  readonly problem: Bilingual;
  readonly suggestion: Bilingual;
}

/** Files of other programs, by their first bytes. Nothing is ever unpacked. */
const KINDS: readonly FileKind[] = [
  kindOf(
    ['504b0304', '504b0506'],
    ['buku kerja Excel (.xlsx) atau arsip ZIP', 'an Excel workbook (.xlsx) or a ZIP archive'],
    SAVE_AS_UTF8,
  ),
  kindOf(['d0cf11e0'], ['buku kerja Excel lama (.xls)', 'an old Excel workbook (.xls)'], SAVE_AS_UTF8),
  kindOf(['1f8b'], ['berkas terkompresi (gzip)', 'a compressed file (gzip)'], UNPACK),
  kindOf(
    ['526172211a', '377abcaf271c', '425a68', 'fd377a585a', '28b52ffd'],
    ['arsip terkompresi', 'a compressed archive'],
    UNPACK,
  ),
  kindOf(['25504446'], ['dokumen PDF', 'a PDF document'], {
    id: 'minta tabel aslinya sebagai CSV; angka dari PDF tidak dibaca',
    en: 'ask for the table itself as CSV; figures are not read from a PDF',
  }),
  { begins: [Buffer.from('fffe', 'hex'), Buffer.from('feff', 'hex')], problem: UTF16, suggestion: SAVE_AS_UTF8 },
];

function kindOf(begins: readonly string[], [id, en]: readonly [string, string], suggestion: Bilingual): FileKind {
  return {
    begins: begins.map((hex) => Buffer.from(hex, 'hex')),
    problem: { id: `ini ${id}, bukan berkas CSV`, en: `this is ${en}, not a CSV file` },
    suggestion,
  };
}
