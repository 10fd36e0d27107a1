import { createSha256 } from './sha256.js';

/** A file on the reader's own machine: its hash, and its lines where a problem is. It is never held whole in memory. */

/** Small enough that the page goes on answering while one is hashed. */
const PIECE = 1024 * 1024;
/** Of every so many lines it is remembered where they begin. */
const STRIDE = 512;
const [LF, CR] = [10, 13];
/** A line that is shown is cut here, in bytes: nobody reads more of one. */
const LONGEST = 20_000;

/** Reads a file through once: `{ file, hash, lines, marks }`. Rejects when the signal is aborted or the file cannot be read. */
export async function readLocal(file, { onProgress, signal }) {
  const hash = createSha256();
  const marks = [0];
  const counter = { lines: 0, last: LF };
  for (let at = 0; at < file.size; at += PIECE) {
    signal.throwIfAborted();
    const bytes = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
    hash.update(bytes);
    countLines(bytes, at, counter, marks);
    onProgress(Math.min(file.size, at + bytes.length));
  }
  const lines = counter.lines + (counter.last === LF || counter.last === CR ? 0 : 1);
  return { file, hash: hash.digest(), lines, marks };
}

/** A line ends with LF, CR LF or CR. */
function countLines(bytes, start, counter, marks) {
  let { lines, last } = counter;
  const begin = (at) => {
    if (lines % STRIDE === 0) marks[lines / STRIDE] = start + at;
  };
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (last === CR && byte !== LF) begin(at);
    if (byte === LF && last === CR) begin(at + 1);
    else if (byte === LF || byte === CR) {
      lines += 1;
      if (byte === LF) begin(at + 1);
    }
    last = byte;
  }
  Object.assign(counter, { lines, last });
}

/** The text of one line, 1 being the header; null where the file has no such line. */
export async function readLine({ file, lines, marks }, number) {
  if (number < 1 || number > lines) return null;
  let skip = (number - 1) % STRIDE;
  let at = marks[Math.floor((number - 1) / STRIDE)] ?? 0;
  const found = [];
  let last = 0;
  for (;;) {
    const bytes = new Uint8Array(await file.slice(at, at + 64 * 1024).arrayBuffer());
    for (const byte of bytes) {
      const isSecondHalf = byte === LF && last === CR;
      last = byte;
      if (isSecondHalf) continue;
      const isEnd = byte === LF || byte === CR;
      if (isEnd && skip === 0) return textOf(found);
      if (isEnd) skip -= 1;
      else if (skip === 0 && found.length < LONGEST) found.push(byte);
    }
    at += bytes.length;
    if (bytes.length === 0) return textOf(found);
  }
}

function textOf(bytes) {
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** The cells of a line. A cell that goes on in the next line ends with this one. */
export function splitCells(line, separator) {
  const cells = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at];
    if (isQuoted && sign === '"' && line[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"' && (isQuoted || cell === '')) isQuoted = !isQuoted;
    else if (sign === separator && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell];
}
