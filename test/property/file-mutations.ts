import { deflateRawSync, gzipSync } from 'node:zlib';
import { type Mutation, setCell } from './mutation.js';

/** How the bytes of a file go wrong. */
export const FILE_MUTATIONS: readonly Mutation[] = [
  {
    name: 'the mark of UTF-8',
    number: 1,
    isHarmless: true,
    bytes: (bytes) => (bytes[0] === 0xef ? null : Buffer.concat([Buffer.from('\ufeff'), bytes])),
  },
  {
    name: 'UTF-16',
    number: 2,
    bytes: (bytes, _, dice) => {
      const wide = Buffer.from(bytes.toString('utf8'), 'utf16le');
      const turned = dice.chance(30) ? wide.swap16() : wide;
      return dice.chance(30)
        ? turned
        : Buffer.concat([Buffer.from(turned === wide ? [0xff, 0xfe] : [0xfe, 0xff]), turned]);
    },
  },
  {
    name: 'Windows-1252',
    number: 3,
    sheet: setCell('note', ['Café', 'é', 'naïve']),
    bytes: (bytes) => Buffer.from(bytes.toString('utf8'), 'latin1'),
  },
  {
    name: 'other line ends',
    number: 4,
    isHarmless: true,
    sheet: (sheet, dice) => ({ ...sheet, lineEnd: dice.pick(['\r\n', '\r']) }),
  },
  {
    name: 'mixed line ends',
    number: 4,
    isHarmless: true,
    text: (text) => {
      let count = 0;
      return text.includes('"') ? null : text.replace(/\r\n|\r|\n/g, () => ['\n', '\r\n'][count++ % 2] ?? '\n');
    },
  },
  { name: 'a line that tells the separator', number: 5, text: (text, { separator }) => `sep=${separator}\n${text}` },
  {
    name: 'another separator',
    number: 6,
    sheet: (sheet, dice) => ({
      ...sheet,
      separator: dice.pick([',', ';', '\t', '|'].filter((sign) => sign !== sheet.separator)),
    }),
  },
  {
    name: 'a workbook',
    number: 7,
    bytes: (bytes) => Buffer.concat([Buffer.from('504b0304140000000800', 'hex'), deflateRawSync(bytes)]),
  },
  {
    name: 'a web page',
    number: 8,
    text: (text, _, dice) =>
      dice.pick([`<!doctype html><p>${text}</p>`, '<html><body>404</body></html>', '{"error":"denied"}']),
  },
  { name: 'empty', number: 9, bytes: (_, __, dice) => Buffer.from(dice.pick(['', '\n', ' ', '\ufeff', '\r\n\r\n'])) },
  { name: 'a header only', number: 9, sheet: (sheet) => ({ ...sheet, rows: [] }) },
  {
    name: 'cut off',
    number: 10,
    bytes: (bytes, _, dice) => bytes.subarray(0, dice.whole(0, Math.max(0, bytes.length - 1))),
  },
  {
    name: 'cut off near the end',
    number: 10,
    bytes: (bytes, _, dice) => bytes.subarray(0, Math.max(0, bytes.length - dice.whole(1, 12))),
  },
  {
    name: 'the beginning lost',
    number: 10,
    bytes: (bytes, _, dice) => bytes.subarray(dice.whole(1, Math.max(1, bytes.length - 1))),
  },
  {
    name: 'no end of the last line',
    number: null,
    bytes: (bytes) => (bytes.at(-1) === 10 ? bytes.subarray(0, bytes.at(-2) === 13 ? -2 : -1) : null),
  },
  {
    name: 'a NUL',
    number: 11,
    bytes: (bytes, _, dice) => insert(bytes, dice.whole(0, bytes.length), Buffer.from([0])),
  },
  { name: 'compressed', number: 11, bytes: (bytes) => gzipSync(bytes) },
  {
    name: 'a byte changed',
    number: null,
    bytes: (bytes, _, dice) => {
      if (bytes.length === 0) return null;
      const changed = Buffer.from(bytes);
      changed[dice.whole(0, bytes.length - 1)] = dice.whole(0, 255);
      return changed;
    },
  },
  {
    name: 'a letter changed',
    number: null,
    text: (text, _, dice) => {
      const at = dice.whole(0, text.length);
      return text.slice(0, at) + dice.pick([...SIGNS]) + text.slice(at + 1);
    },
  },
  {
    name: 'a letter put in',
    number: null,
    text: (text, _, dice) => {
      const at = dice.whole(0, text.length);
      return text.slice(0, at) + dice.pick([...SIGNS]) + text.slice(at);
    },
  },
  {
    name: 'a letter lost',
    number: null,
    text: (text, _, dice) => {
      const at = dice.whole(0, text.length);
      return text.slice(0, at) + text.slice(at + 1);
    },
  },
  {
    name: 'a quote put in',
    number: null,
    text: (text, _, dice) => {
      const at = dice.whole(0, text.length);
      return `${text.slice(0, at)}"${text.slice(at)}`;
    },
  },
  {
    name: 'a piece repeated',
    number: null,
    text: (text, _, dice) => {
      const at = dice.whole(0, text.length);
      const end = dice.whole(at, text.length);
      return text.slice(0, end) + text.slice(at);
    },
  },
  {
    name: 'blank lines',
    number: null,
    isHarmless: true,
    text: (text, { lineEnd, quotes }) => (quotes === 'none' ? null : `${text}${lineEnd}${lineEnd}`),
  },
];

/** Signs that mean something in a file, and some that seem to. */
const SIGNS = '0123456789.,;"\'\n\r\t -+=@<APUé\u00a0\u200b\u202e\ufeff';

function insert(bytes: Buffer, at: number, more: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
}
