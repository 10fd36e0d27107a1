import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { CommandFailure } from '../../services/cli/data/exit.js';
import { addData } from '../../services/cli/data.js';

/** How `cakupan data ...` ended. */
export interface Ended {
  /** Its exit code. */
  readonly code: number;
  /** The one JSON value it gave; null where it was refused or not answered. */
  readonly value: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly string[];
}

/** Runs a verb of `cakupan data` in this process. Throws what is neither done nor refused nor unanswered. */
export async function runData(url: string, token: string, words: readonly string[]): Promise<Ended> {
  const lines: string[] = [];
  const errors: string[] = [];
  const program = new Command().exitOverride();
  const terminal = {
    env: { CAKUPAN_URL: url, CAKUPAN_TOKEN: token },
    print: (line: string) => void lines.push(line),
    printError: (line: string) => void errors.push(line),
    showProgress: null,
    readLoadToken: async () => null,
  };
  addData(program, terminal, new PassThrough());
  const code = await program.parseAsync(['data', ...words, '--json'], { from: 'user' }).then(
    () => 0,
    (error: unknown) => {
      if (!(error instanceof CommandFailure)) throw error;
      errors.push(error.message);
      return error.exitCode;
    },
  );
  const [line] = lines;
  return { code, value: line === undefined ? null : JSON.parse(line), errors };
}
