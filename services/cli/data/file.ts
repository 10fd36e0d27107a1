import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locale } from '../../kit/locale.js';
import { CommandFailure, EXIT, Refusal } from './exit.js';
import { reportOf } from './refusal.js';
import type { Session } from './session.js';
import type { CommonOptions } from './terminal.js';
import { uploadFile } from './upload.js';

/** How a file is to be read. */
export interface FileOptions extends CommonOptions {
  readonly locale?: Locale;
  readonly scopeRegion?: string;
  /** Path of the `datapackage.json` that came with it. */
  readonly descriptor?: string;
}

/** What is asked of the server with a file that lies there. */
export interface FileRequest {
  readonly dataset: string;
  readonly file: string;
  /** `check`, `releases` or `load`. */
  readonly verb: string;
  readonly fields?: object;
}

const TRIES = 3;
const PAUSE_MS = 1000;

/**
 * Sends a file and asks for what is to become of it. Asking twice does nothing twice, so a broken answer is asked for again;
 * so is one for a file that the server has let go meanwhile, since another sender of the same bytes had his answer.
 */
export async function sendFile<T>(session: Session<FileOptions>, request: FileRequest, tries = TRIES): Promise<T> {
  const { server, options, progress } = session;
  const { dataset, file, verb, fields = {} } = request;
  const descriptor = await readDescriptor(options);
  const sent = await uploadFile(server, options.url, dataset, file, progress).catch((error: unknown) => {
    throw error instanceof Refusal ? named(error, basename(file)) : error;
  });
  const { locale, scopeRegion } = options;
  const body = { file: sent.hash, name: basename(file), locale, region: scopeRegion, descriptor, ...fields };
  const tell = ({ rows }: { readonly rows?: number }) =>
    rows !== undefined && progress.rows('checked', rows, sent.rows || null);
  try {
    return await server.post<T>(`${encodeURIComponent(dataset)}/${verb}`, body, tell);
  } catch (error) {
    const isBroken = error instanceof CommandFailure && error.exitCode === EXIT.UNREACHABLE;
    const isGone = error instanceof Refusal && error.code === 'UNKNOWN_FILE';
    if (!(isBroken || isGone) || tries <= 1) throw error;
    await delay(PAUSE_MS);
    return sendFile(session, request, tries - 1);
  } finally {
    progress.end();
  }
}

/** The refusal with the name of the file in its report: while it is sent, a file is known by its hash only. */
function named({ errors }: Refusal, file: string): Refusal {
  return new Refusal(
    errors.map((error) => {
      const report = reportOf(error);
      if (report === null) return error;
      const problems = report.problems.map((problem) => ({ ...problem, file }));
      return { ...error, extensions: { ...error.extensions, report: { ...report, file, problems } } };
    }),
  );
}

async function readDescriptor({ descriptor }: FileOptions): Promise<string | undefined> {
  if (descriptor === undefined) return undefined;
  return readFile(descriptor, 'utf8').catch((cause: unknown) => {
    throw new CommandFailure(`there is no file "${descriptor}" that can be read`, EXIT.USAGE, { cause });
  });
}

/** Names of warnings, given apart or with commas between. */
export function namesOf(words: readonly string[] = []): string[] {
  return words.flatMap((one) => one.split(',')).filter(Boolean);
}
