import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { CommandFailure } from '../../services/cli/data/exit.js';
import { addData } from '../../services/cli/data.js';
import { tokenFor } from './data-client.js';
import { freshFolder } from './databases.js';
import { HEADER } from './participant-file.js';
import { LOAD_TOKEN, type StartedWorld, startWorld } from './world.js';

export interface Ended {
  readonly code: number;
  readonly lines: readonly string[];
  readonly errors: readonly string[];
  readonly output: string;
  /** What a terminal would show in one line, one text in place of the other. */
  readonly progress: readonly string[];
}

/** A server, and the command `data` as two persons use it at a terminal. */
export interface CommandDesk {
  readonly world: StartedWorld;
  readonly clock: { now: number };
  readonly folder: string;
  readonly tokens: { readonly publisher: string; readonly approver: string };
  makeFile(name: string, lines: readonly string[], header?: string): Promise<string>;
  run(token: string | null, words: readonly string[], url?: string, env?: object): Promise<Ended>;
  asPublisher(...words: string[]): Promise<Ended>;
  asApprover(...words: string[]): Promise<Ended>;
  /** Approves a release and lets its instant come. */
  approve(id: string): Promise<void>;
}

export async function startCommandDesk(): Promise<CommandDesk> {
  const clock = { now: Date.parse('2026-03-01T05:00:00Z') };
  const world = await startWorld({ clock: () => clock.now });
  const folder = await freshFolder();
  const tokens = {
    publisher: await tokenFor(world.office, { role: 'publisher' }),
    approver: await tokenFor(world.office, { role: 'approver' }),
  };
  const desk: CommandDesk = {
    world,
    clock,
    folder,
    tokens,
    async makeFile(name, lines, header = HEADER) {
      const path = join(folder, name);
      await writeFile(path, `${[header, ...lines].join('\n')}\n`);
      return path;
    },
    run: (token, words, url = world.url, env = {}) => runData(words, { url, token, env }),
    asPublisher: (...words) => desk.run(tokens.publisher, words),
    asApprover: (...words) => desk.run(tokens.approver, words),
    async approve(id) {
      const { lines } = await desk.asApprover('approve', id, '--json');
      const { releases } = JSON.parse(lines[0] ?? '') as { releases: { publishedAt: string }[] };
      clock.now = Date.parse(releases[0]?.publishedAt ?? '') + 1000;
      await world.poll();
    },
  };
  return desk;
}

interface Place {
  readonly url: string;
  readonly token: string | null;
  readonly env: object;
}

async function runData(words: readonly string[], { url, token, env }: Place): Promise<Ended> {
  const lines: string[] = [];
  const errors: string[] = [];
  const progress: string[] = [];
  const output = new PassThrough();
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  const terminal = {
    env: { CAKUPAN_URL: url, ...(token === null ? {} : { CAKUPAN_TOKEN: token }), ...env },
    print(line: string) {
      demandEmpty(progress);
      lines.push(line);
    },
    printError(line: string) {
      demandEmpty(progress);
      errors.push(line);
    },
    showProgress: (text: string) => void progress.push(text),
    readLoadToken: async () => LOAD_TOKEN,
  };
  addData(program, terminal, output);
  const code = await program.parseAsync(['data', ...words], { from: 'user' }).then(
    () => 0,
    (error: unknown) => {
      if (!(error instanceof CommandFailure))
        return String((error as { code: unknown }).code).includes('commander') ? 2 : 99;
      if (error.message !== '') errors.push(error.message);
      return error.exitCode;
    },
  );
  output.end();
  demandEmpty(progress);
  return { code, lines, errors, output: await text(output), progress };
}

/** A terminal has one cursor: what tells of progress is taken away before a line is printed. */
function demandEmpty(progress: readonly string[]): void {
  const left = progress.at(-1) ?? '';
  if (left !== '') throw new Error(`a line would stand behind "${left}"`);
}
