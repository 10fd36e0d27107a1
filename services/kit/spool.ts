import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import type { Report } from './check.js';
import { readCsv } from './csv.js';
import type { Dataset } from './dataset.js';
import { RequestError } from './errors.js';
import { TELLS_OF_PERSONS } from './findings.js';
import { LOCALES } from './locale.js';
import type { Instant } from './period.js';
import { createPersonalWatch, type PersonalWatch } from './personal-watch.js';
import { createProblems, type Problem } from './problems.js';

/**
 * Files on their way in, each under the SHA-256 of its bytes, so that a broken upload goes on where it broke. What seems
 * to tell of a person is not written. Nothing stays here: a file goes once what was asked of it has ended, or after a day.
 */
export interface Spool {
  /** How much of a file is here. */
  find(dataset: Dataset, hash: string): Promise<Kept>;
  /**
   * Adds bytes at the place where the file ended so far, as far as their last whole cell. Throws WRONG_OFFSET, UPLOAD_BUSY, FILE_TOO_LARGE, SPOOL_FULL;
   * HASH_MISMATCH, and BAD_FILE for personal data, of which nothing is kept then. Bytes that cease to come are no error.
   */
  append(dataset: Dataset, hash: string, place: ChunkPlace, input: Readable): Promise<Kept>;
  /** The bytes of a whole file; throws UNKNOWN_FILE. Whoever reads it destroys it. */
  open(dataset: Dataset, hash: string): Promise<Readable>;
  /** Removes a whole file; of one that is still coming nothing is touched. */
  remove(dataset: Dataset, hash: string): Promise<void>;
  /** Removes what nobody has added to for a day. */
  removeOld(): Promise<void>;
}

export interface Kept {
  /** Bytes, from the beginning. */
  readonly offset: number;
  readonly isWhole: boolean;
}

/** Where in its file a chunk begins, and how long the whole file is, in bytes. */
export interface ChunkPlace {
  readonly offset: number;
  readonly length: number;
}

export interface SpoolOptions {
  readonly folder: string;
  readonly maxBytes: number;
  readonly clock: () => Instant;
  /** How long a sender may send nothing, in milliseconds. */
  readonly idleMs?: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const IDLE_MS = 15_000;
/** How many uploads are remembered so that their next chunk needs no second look at those before. */
const REMEMBERED = 64;
const LONGEST_HEADER = 64 * 1024;
/** A cell longer than this holds no number of a person alone; it is written in parts. */
const LONGEST_CELL = 4096;

/** What is known of the bytes of an upload that were written. */
interface Upload {
  offset: number;
  readonly hash: Hash;
  readonly watch: PersonalWatch;
  /** The beginning, as far as its first line or longer, and the last chunk: where a person is found these name the column. */
  header: Buffer;
  last: Buffer;
}

interface Work extends Required<SpoolOptions> {
  readonly uploads: LRUCache<string, Upload>;
  readonly busy: Set<string>;
}

export function createSpool(options: SpoolOptions): Spool {
  const work: Work = { idleMs: IDLE_MS, ...options, uploads: new LRUCache({ max: REMEMBERED }), busy: new Set() };
  const wholePath = (dataset: Dataset, hash: string) => join(options.folder, dataset.name, demandHash(hash));

  return {
    find: (dataset, hash) => findKept(wholePath(dataset, hash)),
    async append(dataset, hash, place, input) {
      const path = wholePath(dataset, hash);
      if (place.length > options.maxBytes) throw tooLarge(options.maxBytes);
      if (work.busy.has(path))
        throw new RequestError(
          'UPLOAD_BUSY',
          'This file is being sent by somebody else right now: ask again in a second.',
        );
      work.busy.add(path);
      try {
        return await appendTo(work, dataset, path, hash, place, input);
      } finally {
        work.busy.delete(path);
      }
    },
    async open(dataset, hash) {
      const path = wholePath(dataset, hash);
      const handle = await open(path, 'r').catch((error: unknown) => {
        if (isMissing(error)) throw unknownFile(hash);
        throw error;
      });
      return handle.createReadStream();
    },
    remove: (dataset, hash) => rm(wholePath(dataset, hash), { force: true }),
    removeOld: () => removeOld(options.folder, options.clock() - DAY_MS),
  };
}

async function appendTo(
  work: Work,
  dataset: Dataset,
  path: string,
  hash: string,
  { offset, length }: ChunkPlace,
  input: Readable,
): Promise<Kept> {
  const kept = await findKept(path);
  if (kept.offset !== offset) throw wrongOffset(kept.offset);
  if (kept.isWhole) return kept;
  if (offset === 0) await removeOld(work.folder, work.clock() - DAY_MS);
  const known = work.uploads.get(path);
  const upload = known?.offset === offset ? known : await lookAgain(work, dataset, path);
  work.uploads.set(path, upload);
  await writeChunks(work, dataset, path, upload, length, input);
  if (upload.offset < length) return { offset: upload.offset, isWhole: false };
  if (upload.hash.copy().digest('hex') !== hash) {
    await removeAll(work, path);
    throw new RequestError(
      'HASH_MISMATCH',
      `The bytes that came are not those of ${hash}: the file changed while it was sent, or its hash is another. Nothing of it is kept; send it again.`,
    );
  }
  await rename(partOf(path), path);
  work.uploads.delete(path);
  return { offset: upload.offset, isWhole: true };
}

async function writeChunks(
  work: Work,
  dataset: Dataset,
  path: string,
  upload: Upload,
  length: number,
  input: Readable,
): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  const handle = await open(partOf(path), 'a', 0o600);
  try {
    let held = Buffer.alloc(0);
    for await (const chunk of untilCut(input, work.idleMs)) {
      const bytes = Buffer.concat([held, chunk]);
      const isLast = upload.offset + bytes.length === length;
      if (upload.offset + bytes.length > length) throw tooLong(length);
      const cells = isLast ? bytes : bytes.subarray(0, endOfCells(bytes));
      held = bytes.subarray(cells.length);
      if (upload.watch.sees(cells) || (isLast && upload.watch.ends()))
        await refusePersonal(work, dataset, path, upload, cells);
      await handle.appendFile(cells).catch(refuseFull);
      remember(upload, cells);
    }
  } finally {
    await handle.close();
  }
}

/** Where the last whole cell ends: of a part of one nobody can tell yet whether it is of a person, so it is not written. */
function endOfCells(bytes: Buffer): number {
  const end = Math.max(...[',', ';', '\t', '\n', '\r'].map((sign) => bytes.lastIndexOf(sign))) + 1;
  return bytes.length - end > LONGEST_CELL ? bytes.length : end;
}

/**
 * The chunks of an input; ends where it is cut off or gives nothing any more, as if that were its end. What is left of
 * it is read and forgotten, so that its sender hears of a refusal.
 */
async function* untilCut(input: Readable, idleMs: number): AsyncGenerator<Buffer> {
  const chunks = input.iterator({ destroyOnReturn: false });
  const idle = setTimeout(() => input.destroy(new Error('idle')), idleMs);
  try {
    for (;;) {
      const next: IteratorResult<Buffer | string> = await chunks.next().catch(() => ({ done: true, value: undefined }));
      if (next.done) return;
      idle.refresh();
      yield Buffer.from(next.value);
    }
  } finally {
    clearTimeout(idle);
    await chunks.return?.();
    input.resume();
  }
}

/** Reads what an earlier process wrote, or begins. */
async function lookAgain(work: Work, dataset: Dataset, path: string): Promise<Upload> {
  const upload: Upload = {
    offset: 0,
    hash: createHash('sha256'),
    watch: createPersonalWatch(dataset),
    header: Buffer.alloc(0),
    last: Buffer.alloc(0),
  };
  const { offset } = await findKept(path);
  if (offset === 0) return upload;
  for await (const chunk of createReadStream(partOf(path)) as AsyncIterable<Buffer>) {
    if (upload.watch.sees(chunk)) await refusePersonal(work, dataset, path, upload, chunk);
    remember(upload, chunk);
  }
  return upload;
}

function remember(upload: Upload, chunk: Buffer): void {
  upload.hash.update(chunk);
  upload.offset += chunk.length;
  upload.last = chunk;
  if (upload.header.length < LONGEST_HEADER && !upload.header.includes('\n'))
    upload.header = Buffer.concat([upload.header, chunk.subarray(0, LONGEST_HEADER)]);
}

/** Removes the file and throws BAD_FILE, naming columns only. */
async function refusePersonal(
  work: Work,
  dataset: Dataset,
  path: string,
  { header, last, offset }: Upload,
  chunk: Buffer,
): Promise<never> {
  await removeAll(work, path);
  const near = Buffer.concat([last, chunk]);
  const isBeginning = offset <= last.length;
  const lines = near.subarray(near.indexOf('\n') + 1);
  const firstLine = header.subarray(0, header.indexOf('\n') + 1);
  const problems = await findPersonal(dataset, isBeginning ? near : Buffer.concat([firstLine, lines]));
  const report: Report = {
    dataset: dataset.name,
    file: FILE,
    rows: 0,
    withheld: 0,
    threshold: dataset.threshold?.threshold ?? null,
    problems,
    counts: { PERSONAL: problems.length },
    errors: problems.length,
    warnings: 0,
  };
  throw new RequestError('BAD_FILE', TELLS_OF_PERSONS, { report });
}

/** What a file is called whose name is not known yet. */
const FILE = 'file';

/** The columns in which persons are found, read as the check reads them; a general word where that finds none. */
async function findPersonal(dataset: Dataset, bytes: Buffer): Promise<readonly Problem[]> {
  for (const locale of LOCALES) {
    const problems = createProblems(FILE);
    try {
      for await (const _ of readCsv(dataset, Readable.from([bytes]), problems, { locale }));
    } catch {
      continue; // it was cut out of a file, and may be no CSV of its own
    }
    const found = problems.list.filter(({ rule }) => rule === 'PERSONAL');
    if (found.length > 0) return found;
  }
  const problems = createProblems(FILE);
  problems.add(
    'PERSONAL',
    {
      id: 'ada sel atau judul kolom yang tampaknya berisi data orang',
      en: 'a cell or the title of a column seems to tell of persons',
    },
    {
      suggestion: {
        id: 'hapus data orang itu dari berkas; yang dikirim hanya jumlah orang',
        en: 'remove it from the file; only counts of persons are sent',
      },
    },
  );
  return problems.list;
}

async function findKept(path: string): Promise<Kept> {
  const whole = await sizeOf(path);
  if (whole !== null) return { offset: whole, isWhole: true };
  return { offset: (await sizeOf(partOf(path))) ?? 0, isWhole: false };
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function removeAll({ uploads }: Work, path: string): Promise<void> {
  uploads.delete(path);
  for (const one of [path, partOf(path)]) await rm(one, { force: true });
}

async function removeOld(folder: string, before: Instant): Promise<void> {
  const names = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  for (const path of names.map((name) => join(folder, name))) {
    const facts = await stat(path).catch(() => null); // gone meanwhile
    if (facts?.isFile() && facts.mtimeMs < before && NAME.test(path)) await rm(path, { force: true });
  }
}

/** What this spool writes, and nothing else. */
const NAME = /[/\\][0-9a-f]{64}(\.part)?$/;

function partOf(path: string): string {
  return `${path}.part`;
}

/** Throws BAD_ARGUMENT: the hash becomes the name of a file. */
function demandHash(hash: string): string {
  if (/^[0-9a-f]{64}$/.test(hash)) return hash;
  throw new RequestError('BAD_ARGUMENT', 'A file is named by its SHA-256: 64 hexadecimal digits, in lower case.');
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

function refuseFull(error: unknown): never {
  if (codeOf(error) !== 'ENOSPC' && codeOf(error) !== 'EDQUOT') throw error;
  throw new RequestError('SPOOL_FULL', 'The disk of this server is full: tell who runs it, then go on where you were.');
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
}

function tooLarge(maxBytes: number): RequestError {
  const megabytes = Math.floor(maxBytes / 1024 / 1024);
  return new RequestError('FILE_TOO_LARGE', `A file may have ${megabytes} MB at most: send it in parts, by period.`);
}

function tooLong(length: number): RequestError {
  return new RequestError('FILE_TOO_LARGE', `More bytes came than the ${length} that upload-length announced.`);
}

function wrongOffset(offset: number): RequestError {
  return new RequestError('WRONG_OFFSET', `The file goes on at byte ${offset}.`, { offset });
}

function unknownFile(hash: string): RequestError {
  return new RequestError('UNKNOWN_FILE', `No whole file with the hash ${hash} is here: send its bytes first.`);
}
