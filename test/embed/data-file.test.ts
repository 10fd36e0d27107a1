import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { readText } from '../support/sources.js';

const page = (name: string) => import(`${new URL(`../../services/gateway/pages/${name}`, import.meta.url)}`);

interface Local {
  readonly hash: string;
  readonly lines: number;
}
const { createSha256 }: { createSha256: () => { update(bytes: Uint8Array): void; digest(): string } } =
  await page('sha256.js');
const {
  readLocal,
  readLine,
  splitCells,
}: {
  readLocal: (file: File, options: object) => Promise<Local>;
  readLine: (local: Local, number: number) => Promise<string | null>;
  splitCells: (line: string, separator: string) => string[];
} = await page('data-file.js');
const { reportAsCsv }: { reportAsCsv: (report: object) => string } = await page('data-download.js');
const { ERRORS }: { ERRORS: Record<string, { id: string; en: string }> } = await page('data-words.js');

const read = (text: string) =>
  readLocal(new File([text], 'file.csv'), { onProgress: () => {}, signal: new AbortController().signal });

test('the hash is that of the bytes, however they are cut', () => {
  for (const length of [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000, 100_003]) {
    const bytes = randomBytes(length);
    const hash = createSha256();
    const cut = Math.floor(length / 3);
    for (const part of [bytes.subarray(0, cut), bytes.subarray(cut, cut + 7), bytes.subarray(cut + 7)])
      hash.update(part);
    expect([length, hash.digest()]).toEqual([length, createHash('sha256').update(bytes).digest('hex')]);
  }
});

test.each([['\n'], ['\r\n'], ['\r']])(
  'lines are found where they are, ended by %j, over more than one piece of the file',
  async (end) => {
    const lines = Array.from({ length: 300_000 }, (_, index) => `${index},"sel ke-${index}"`);
    for (const last of ['', end]) {
      const text = lines.join(end) + last;
      const local = await read(text);
      expect([local.hash, local.lines]).toEqual([createHash('sha256').update(text).digest('hex'), lines.length]);
      for (const number of [1, 2, 512, 513, 514, 1024, 1025, 250_000, lines.length])
        expect(await readLine(local, number)).toBe(lines[number - 1]);
      expect([await readLine(local, 0), await readLine(local, lines.length + 1)]).toEqual([null, null]);
    }
  },
);

test('an empty file has no line', async () => {
  expect((await read('')).lines).toBe(0);
});

test('a line is split into cells, quoted or not', () => {
  expect(splitCells('a,"b, ""c""",,"d', ',')).toEqual(['a', 'b, "c"', '', 'd']);
  expect(splitCells('1.200;"a;b";', ';')).toEqual(['1.200', 'a;b', '']);
});

test('a report as CSV holds no formula', () => {
  const text = (id: string) => ({ id, en: id });
  const problem = { file: 'f.csv', row: 2, column: 'note', rule: 'FORMULA', severity: 'E', message: text('a, b') };
  const lines = reportAsCsv({
    problems: ['=1+1', '+1', '-1', '@x', '\tx'].map((raw) => ({ ...problem, raw, suggestion: null })),
  }).split('\r\n');
  expect(lines.slice(1, -1)).toEqual(
    ["'=1+1", "'+1", "'-1", "'@x", "'\tx"].map((raw) => `f.csv,2,note,${raw},FORMULA,E,"a, b","a, b",,`),
  );
});

test('the mistakes that the page has words for are those of docs/errors.md', () => {
  const known = [...readText('docs/errors.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
  expect(Object.keys(ERRORS).filter((code) => !known.includes(code))).toEqual([]);
  expect(Object.values(ERRORS).filter(({ id, en }) => !id || !en)).toEqual([]);
});
