import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CommandFailure, EXIT } from './exit.js';
import { readAnswer } from './server.js';
import { readReleaseOf, type Session } from './session.js';
import type { CommonOptions } from './terminal.js';

export interface ExportOptions extends CommonOptions {
  readonly asOf?: string;
  readonly release?: string;
  readonly out?: string;
}

/** `data export`: the CSV of a dataset, now, as of a day, or of one release, into a file or to the output given. */
export async function exportCsv(session: Session<ExportOptions>, dataset: string, output: Writable): Promise<void> {
  const { asOf, release, out, url, json } = session.options;
  if (json && !out) throw new CommandFailure('--json needs --out <file>: the CSV itself is no JSON', EXIT.USAGE);
  const query = new URLSearchParams({
    ...(asOf ? { asOf } : {}),
    ...(release ? { release: readReleaseOf(dataset, release).number } : {}),
  });
  const response = await session.server.send(`${encodeURIComponent(dataset)}.csv?${query}`, { method: 'GET' });
  if (response.statusCode !== 200) return readAnswer(response, url);
  const broken = (cause: unknown) => {
    throw new CommandFailure(`the CSV of ${dataset} broke off`, EXIT.UNREACHABLE, { cause });
  };
  if (!out) return pipeline(response.body, output, { end: false }).catch(broken);
  const part = `${out}.part`; // what is there stays until the new one is whole
  const file = await open(part, 'w').catch((error: unknown) => {
    response.body.on('error', () => {}).destroy(); // that it was broken off is no news
    return refuseFile(out, error);
  });
  const bytes = await write(response.body, file, session).catch(async (error: unknown) => {
    await rm(part, { force: true });
    return isLocal(error) ? refuseFile(out, error) : broken(error);
  });
  await rename(part, out).catch((error: unknown) => refuseFile(out, error));
  session.answer({ file: out, bytes }, () => []);
}

/** Writes the whole of it, telling how much has come, and gives how many bytes it was. */
async function write(input: AsyncIterable<Buffer>, file: FileHandle, { progress }: Session): Promise<number> {
  let bytes = 0;
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      progress.received('received', bytes);
      yield chunk;
    }
  };
  await pipeline(input, counted, file.createWriteStream());
  return bytes;
}

/** True where the disk failed, and not the server. */
function isLocal(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'write';
}

function refuseFile(out: string, cause: unknown): never {
  throw new CommandFailure(`"${out}" cannot be written: name a file in a folder that is there`, EXIT.USAGE, { cause });
}
