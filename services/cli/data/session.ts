import { CommandFailure, EXIT, Refusal } from './exit.js';
import { createProgress, type Progress } from './progress.js';
import { endRefused } from './report.js';
import { connectServer, type Server } from './server.js';
import type { CommonOptions, Terminal } from './terminal.js';

/** What one verb works with. */
export interface Session<O extends CommonOptions = CommonOptions> {
  readonly server: Server;
  readonly terminal: Terminal;
  readonly progress: Progress;
  readonly options: O;
  /** One value for scripts where `--json` was given, else lines for people. */
  answer(value: object, lines: () => readonly string[]): void;
}

/** Runs a verb with the token of the environment; what is refused is told with its report. */
export async function runVerb<O extends CommonOptions>(
  terminal: Terminal,
  options: O,
  work: (session: Session<O>) => Promise<void>,
  token: string | null = terminal.env.CAKUPAN_TOKEN ?? null,
): Promise<void> {
  const progress = createProgress(terminal);
  const session: Session<O> = {
    server: connectServer(options.url, token),
    terminal,
    progress,
    options,
    answer(value, lines) {
      progress.end();
      for (const line of options.json ? [JSON.stringify(value)] : lines()) terminal.print(line);
    },
  };
  await work(session)
    .finally(() => progress.end())
    .catch((error: unknown) => {
      if (error instanceof Refusal) endRefused(terminal, options, error);
      if (error instanceof CommandFailure && options.json) endFailed(terminal, error);
      throw error;
    });
}

/** Tells scripts, which read the output only, why the command could do nothing; its exit code says of what kind that is. */
function endFailed(terminal: Terminal, error: CommandFailure): never {
  if (error.message === '') throw error; // it has been told
  terminal.print(JSON.stringify({ errors: [{ message: error.message }] }));
  throw new CommandFailure('', error.exitCode, { cause: error });
}

/** A release as it is named on the command line. */
export interface NamedRelease {
  readonly dataset: string;
  readonly number: string;
  /** Where it is found below `/data/`. */
  readonly path: string;
}

/** The same where the dataset is known: `participant_count/7`, or its number alone. Throws CommandFailure. */
export function readReleaseOf(dataset: string, text: string): NamedRelease {
  const release = readRelease(/^\d{1,9}$/.test(text) ? `${dataset}/${text}` : text);
  if (release.dataset === dataset) return release;
  throw new CommandFailure(`"${text}" is no release of ${dataset}: write its number, or ${dataset}/7`, EXIT.USAGE);
}

/** `participant_count/7` as dataset and number; throws CommandFailure for anything else. */
export function readRelease(text: string): NamedRelease {
  const [, dataset = '', number = ''] = /^([\w-]+)\/(\d{1,9})$/.exec(text) ?? [];
  if (dataset !== '') return { dataset, number, path: `${dataset}/releases/${number}` };
  throw new CommandFailure(
    `"${text}" is no release: write its dataset and number, such as participant_count/7`,
    EXIT.USAGE,
  );
}
