import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandFailure, EXIT, Refusal } from './exit.js';
import type { Progress } from './progress.js';
import { readAnswer, type Server } from './server.js';

/** How much is sent at a time, in bytes: more while it goes fast, less where it takes long or breaks. */
const SLICE = { first: 4 * 2 ** 20, least: 64 * 2 ** 10, most: 32 * 2 ** 20 } as const;
const LF = 10;
const FAST_MS = 1500;
const SLOW_MS = 8000;

/** How often in a row an upload may fail before it is given up. */
const TRIES = 6;
const FIRST_PAUSE_MS = 250;

/** A file that the server has. */
export interface Sent {
  /** SHA-256 of its bytes. */
  readonly hash: string;
  /** How many rows it seems to have, by its line ends: about what a check will read. */
  readonly rows: number;
}

/** Sends a file, from where an earlier attempt broke. Throws CommandFailure or Refusal. */
export async function uploadFile(
  server: Server,
  url: string,
  dataset: string,
  path: string,
  progress: Progress,
): Promise<Sent> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new CommandFailure(`there is no file "${path}" that can be read`, EXIT.USAGE, { cause });
  });
  try {
    const { size } = await file.stat();
    const sent = await hashFile(path, size, progress);
    await sendSlices({ server, url, path: `${encodeURIComponent(dataset)}/files/${sent.hash}`, file, size, progress });
    return sent;
  } catch (error) {
    if (isDirectory(error)) throw new CommandFailure(`"${path}" is a folder, not a file`, EXIT.USAGE);
    throw error;
  } finally {
    progress.end();
    await file.close();
  }
}

async function hashFile(path: string, size: number, progress: Progress): Promise<Sent> {
  const hash = createHash('sha256');
  let [done, lines] = [0, 0];
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    done += chunk.length;
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) lines += 1;
    progress.bytes('read', done, size);
  }
  return { hash: hash.digest('hex'), rows: Math.max(0, lines - 1) };
}

interface Upload {
  readonly server: Server;
  readonly url: string;
  readonly path: string;
  readonly file: FileHandle;
  readonly size: number;
  readonly progress: Progress;
}

interface Kept {
  readonly offset: number;
  readonly isWhole: boolean;
}

async function sendSlices(upload: Upload): Promise<void> {
  let kept = await findKept(upload); // a server that is not there is told at once
  let slice: number = SLICE.first;
  let failures = 0;
  while (!kept.isWhole) {
    upload.progress.bytes('sent', kept.offset, upload.size);
    const startedAt = Date.now();
    try {
      const before = kept.offset;
      kept = await sendSlice(upload, before, slice);
      if (kept.offset > before || kept.isWhole) failures = 0;
      else failures += 1;
      slice = nextSlice(slice, Date.now() - startedAt);
    } catch (error) {
      failures += 1;
      if (failures >= TRIES || !isPassing(error)) throw error;
      slice = Math.max(SLICE.least, slice / 2);
      await delay(FIRST_PAUSE_MS * 2 ** failures);
      kept = await findKept(upload).catch(() => kept);
    }
  }
  upload.progress.bytes('sent', upload.size, upload.size);
}

function nextSlice(slice: number, tookMs: number): number {
  if (tookMs < FAST_MS) return Math.min(SLICE.most, slice * 2);
  return tookMs > SLOW_MS ? Math.max(SLICE.least, slice / 2) : slice;
}

async function findKept({ server, path }: Upload): Promise<Kept> {
  const { statusCode, headers, body } = await server.send(path, { method: 'HEAD' });
  await body.dump();
  if (statusCode !== 200) return { offset: 0, isWhole: false }; // the first bytes are refused with the reason
  return { offset: Number(headers['upload-offset']), isWhole: headers['upload-complete'] === '?1' };
}

async function sendSlice({ server, url, path, file, size }: Upload, offset: number, slice: number): Promise<Kept> {
  const bytes = Buffer.alloc(Math.min(slice, size - offset));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
  const response = await server.send(path, {
    method: 'PATCH',
    headers: {
      'content-type': 'application/octet-stream',
      'upload-offset': String(offset),
      'upload-length': String(size),
    },
    body: bytes.subarray(0, bytesRead),
  });
  return readAnswer<Kept>(response, url);
}

/** True for what may be over in a moment. */
function isPassing(error: unknown): boolean {
  if (error instanceof Refusal) return error.code === 'WRONG_OFFSET' || error.code === 'UPLOAD_BUSY';
  return error instanceof CommandFailure && error.exitCode === EXIT.UNREACHABLE;
}

function isDirectory(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EISDIR';
}
