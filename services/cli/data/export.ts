import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
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
  const { asOf, release, out, url } = session.options;
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
  await pipeline(response.body, createWriteStream(part)).catch(async (error: unknown) => {
    await rm(part, { force: true });
    broken(error);
  });
  await rename(part, out);
}
