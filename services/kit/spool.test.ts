import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { freshFolder } from '../../test/support/databases.js';
import { EVERYTHING } from '../../test/support/everything.js';
import { createSpool, type Spool } from './spool.js';

const TEXT = 'region_code,segment,date,category,persons\n19.03,PU,2024-10,ALL,1200\n19.03,BPU,2024-10,ALL,800\n';
const BYTES = Buffer.from(TEXT);
const HASH = hashOf(BYTES);
const NOW = Date.parse('2026-03-01T05:00:00Z');
/** Of the form of an identity number, and nobody's: there is no district 99. */
const NIK = '1903990101900001';

let folder: string;
let spool: Spool;
beforeEach(async () => {
  folder = await freshFolder();
  spool = createSpool({ folder, maxBytes: 1_000_000, clock: () => NOW, idleMs: 200 });
});

const append = (bytes: Buffer, offset = 0, { hash = HASH, length = BYTES.length, by = spool } = {}) =>
  by.append(EVERYTHING, hash, { offset, length }, Readable.from([bytes]));

const files = async () => (await readdir(folder, { recursive: true })).filter((name) => name.includes('/'));

describe('a file in the spool', () => {
  test('is whole once its bytes hash to its name, and readable by its owner only', async () => {
    expect(await append(BYTES)).toEqual({ offset: BYTES.length, isWhole: true });
    expect(await files()).toEqual([`everything/${HASH}`]);
    const modes = await Promise.all(['everything', `everything/${HASH}`].map((name) => stat(join(folder, name))));
    expect(modes.map(({ mode }) => (mode & 0o777).toString(8))).toEqual(['700', '600']);
    expect(await buffer(await spool.open(EVERYTHING, HASH))).toEqual(BYTES);
    await spool.remove(EVERYTHING, HASH);
    expect([await files(), await spool.find(EVERYTHING, HASH)]).toEqual([[], { offset: 0, isWhole: false }]);
  });

  test('is let go whole only: one that is still coming stays', async () => {
    await append(BYTES.subarray(0, 12));
    await spool.remove(EVERYTHING, HASH);
    expect(await spool.find(EVERYTHING, HASH)).toEqual({ offset: 12, isWhole: false });
  });

  test('goes on where it broke, in this process and after a restart', async () => {
    expect(await append(BYTES.subarray(0, 12))).toEqual({ offset: 12, isWhole: false });
    expect(await append(BYTES.subarray(12, 59), 12)).toEqual({ offset: 59, isWhole: false });
    const by = createSpool({ folder, maxBytes: 1_000_000, clock: () => NOW });
    expect(await by.find(EVERYTHING, HASH)).toEqual({ offset: 59, isWhole: false });
    expect(await append(BYTES.subarray(59), 59, { by })).toEqual({ offset: BYTES.length, isWhole: true });
    expect(await readFile(join(folder, 'everything', HASH), 'utf8')).toBe(TEXT);
  });

  test('keeps what came before its sender was cut off, or fell silent', async () => {
    const cut = new PassThrough();
    cut.write(BYTES.subarray(0, 20));
    setTimeout(() => cut.destroy(new Error('aborted')), 50);
    expect(await spool.append(EVERYTHING, HASH, { offset: 0, length: BYTES.length }, cut)).toEqual({
      offset: 20,
      isWhole: false,
    });
    const silent = new PassThrough();
    silent.write(BYTES.subarray(20, 42));
    expect(await spool.append(EVERYTHING, HASH, { offset: 20, length: BYTES.length }, silent)).toEqual({
      offset: 42,
      isWhole: false,
    });
    expect(await append(BYTES.subarray(42), 42)).toEqual({ offset: BYTES.length, isWhole: true });
  });

  test('is told where it goes on when bytes begin elsewhere, and what is there stays', async () => {
    await append(BYTES.subarray(0, 12));
    for (const offset of [0, 11, 13])
      await expect(append(BYTES.subarray(offset), offset)).rejects.toMatchObject({
        extensions: { code: 'WRONG_OFFSET', offset: 12 },
      });
    expect(await append(BYTES.subarray(12), 12)).toEqual({ offset: BYTES.length, isWhole: true });
    expect(await append(Buffer.alloc(0), BYTES.length)).toEqual({ offset: BYTES.length, isWhole: true });
  });

  test('is written as far as its last whole cell, and goes on there', async () => {
    expect(await append(BYTES.subarray(0, 10))).toEqual({ offset: 0, isWhole: false });
    expect(await append(BYTES.subarray(0, 47))).toEqual({ offset: 42, isWhole: false });
    expect(await append(BYTES.subarray(42), 42)).toEqual({ offset: BYTES.length, isWhole: true });
  });

  test('has one sender at a time', async () => {
    const slow = new PassThrough();
    const first = spool.append(EVERYTHING, HASH, { offset: 0, length: BYTES.length }, slow);
    await expect(append(BYTES)).rejects.toMatchObject({ code: 'UPLOAD_BUSY' });
    slow.end(BYTES);
    expect(await first).toEqual({ offset: BYTES.length, isWhole: true });
  });

  test('of other bytes than its hash says is not kept', async () => {
    const other = Buffer.from(TEXT.replace('800', '801'));
    await expect(append(other)).rejects.toMatchObject({ code: 'HASH_MISMATCH' });
    expect(await files()).toEqual([]);
  });

  test('may be no longer than the limit, nor than was announced', async () => {
    await expect(append(BYTES, 0, { length: 1_000_001 })).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    await expect(append(BYTES, 0, { length: 10 })).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  });

  test.each(['../../etc/passwd', HASH.toUpperCase(), '', `${HASH}.part`])('is not named %j', async (hash) => {
    await expect(append(BYTES, 0, { hash })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    await expect(spool.open(EVERYTHING, hash)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  });

  test('that was never sent whole cannot be read', async () => {
    await append(BYTES.subarray(0, 10));
    await expect(spool.open(EVERYTHING, HASH)).rejects.toMatchObject({ code: 'UNKNOWN_FILE' });
  });

  test('goes after a day, and nothing else does', async () => {
    await append(BYTES.subarray(0, 10));
    const young = hashOf(Buffer.from('young'));
    await append(BYTES.subarray(0, 10), 0, { hash: young });
    await mkdir(join(folder, 'other'));
    await writeFile(join(folder, 'other', 'notes.txt'), 'of somebody else');
    const times = [NOW / 1000 - 25 * 3600, NOW / 1000 - 23 * 3600] as const;
    const old = join(folder, 'everything', `${HASH}.part`);
    await utimes(old, times[0], times[0]);
    await utimes(join(folder, 'everything', `${young}.part`), times[1], times[1]);
    await utimes(join(folder, 'other', 'notes.txt'), times[0], times[0]);
    await spool.removeOld();
    expect((await files()).sort()).toEqual([`everything/${young}.part`, 'other/notes.txt']);
  });
});

describe('a file that tells of persons', () => {
  const titled = Buffer.from('region_code,nama_peserta,persons\n19.03,x,1\n');
  const [start, end] = [`${TEXT}19.03,PU,2024-11,ALL,`, `,\n`];
  const celled = Buffer.from(`${start}${NIK}${end}`);

  test.each([
    ['by a title', titled, 'nama_peserta'],
    ['by a cell', celled, 'persons'],
  ])('%s is refused, names the column and nothing else, and is gone', async (_, bytes, column) => {
    const place = { hash: hashOf(bytes), length: bytes.length };
    const refused = await append(bytes, 0, place).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'BAD_FILE',
      extensions: { report: { problems: [{ rule: 'PERSONAL', column, raw: null, row: null }] } },
    });
    expect(JSON.stringify(refused)).not.toContain('1903');
    expect(await files()).toEqual([]);
  });

  test('is found across the border of two chunks, also when the first came before a restart', async () => {
    const place = { hash: hashOf(celled), length: celled.length };
    const middle = start.length + 7; // within the number
    for (const by of [spool, createSpool({ folder, maxBytes: 1_000_000, clock: () => NOW })]) {
      const { offset } = await append(celled.subarray(0, middle), 0, place);
      expect(await readFile(join(folder, 'everything', `${place.hash}.part`), 'utf8')).toBe(start);
      const refused = append(celled.subarray(offset), offset, { ...place, by });
      await expect(refused).rejects.toMatchObject({
        code: 'BAD_FILE',
        extensions: { report: { problems: [{ column: 'persons' }] } },
      });
      expect(await files()).toEqual([]);
    }
  });

  test('is found where its last line does not end', async () => {
    const bytes = Buffer.from(`${start}${NIK}`);
    await expect(append(bytes, 0, { hash: hashOf(bytes), length: bytes.length })).rejects.toMatchObject({
      code: 'BAD_FILE',
    });
    expect(await files()).toEqual([]);
  });
});

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
