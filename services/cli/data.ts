import type { Writable } from 'node:stream';
import { type Command, Option } from 'commander';
import { LOCALES } from '../kit/locale.js';
import { type ApproveOptions, approve, cancel, type MoveOptions, move } from './data/approve.js';
import { type CheckOptions, check } from './data/check.js';
import { type DiffOptions, diff } from './data/diff.js';
import { type ExportOptions, exportCsv } from './data/export.js';
import { type ListOptions, list } from './data/list.js';
import { type LoadOptions, load } from './data/load.js';
import { type CorrectOptions, correct, type PublishOptions, publish } from './data/publish.js';
import { runVerb } from './data/session.js';
import { type CommonOptions, LANGUAGES, type Terminal } from './data/terminal.js';
import { verify } from './data/verify.js';
import { type RedactOptions, redact, type WithdrawOptions, withdraw } from './data/withdraw.js';

/** The verbs of data teams. They speak to a running server, and show it the token in CAKUPAN_TOKEN. */
export function addData(program: Command, terminal: Terminal, output: Writable): void {
  const data = program
    .command('data')
    .description('bring figures in, publish, correct and withdraw them; shows CAKUPAN_TOKEN');
  const { env } = terminal;
  const verb = (name: string, description: string) =>
    data
      .command(name)
      .description(description)
      .option('--url <url>', 'address of the server', env.CAKUPAN_URL ?? `http://127.0.0.1:${env.PORT ?? 4000}`)
      .option('--json', 'one JSON value, for scripts')
      .addOption(
        new Option(
          '--lang <language>',
          'language of what is told about a file; without it problems are told in both',
        ).choices(LANGUAGES),
      );
  const fileVerb = (name: string, description: string) =>
    verb(name, description)
      .argument('<dataset>', 'its name, as `data list` shows it')
      .argument('<file>', 'CSV file')
      .addOption(new Option('--locale <locale>', 'how its numbers are written').choices(LOCALES))
      .option('--descriptor <file>', 'the datapackage.json that came with it: the file must be the one it describes');
  const publishVerb = (name: string, description: string) =>
    fileVerb(name, description)
      .option('--scope-region <code>', 'the region it speaks for, with all below, such as 19.03')
      .option('--acknowledge <names...>', 'warnings that you have seen and stand by, such as W2,VANISHED')
      .option('--keep-missing', 'let stay what is published for its periods and not in it');

  fileVerb('check', 'tell all that is wrong with a file; nothing is kept')
    .option('--scope-region <code>', 'the region it speaks for, with all below, such as 19.03')
    .option('--keep-missing', 'let stay what is published for its periods and not in it')
    .action((dataset: string, file: string, given: CheckOptions) =>
      runVerb(terminal, given, (session) => check(session, dataset, file)),
    );
  publishVerb('publish', 'check a file and make a draft release of it, for another person to approve')
    .addOption(
      new Option('--kind <kind>', 'what kind of release')
        .choices(['REGULAR', 'PRELIMINARY', 'REVISION'])
        .default('REGULAR'),
    )
    .option('--reason <text>', 'why, as readers will see it')
    .action((dataset: string, file: string, given: PublishOptions) =>
      runVerb(terminal, given, (session) => publish(session, dataset, file)),
    );
  publishVerb('correct', 'the same for a file that corrects what a release said')
    .requiredOption('--supersedes <release>', 'the release it corrects, such as participant_count/7, or its number')
    .requiredOption('--reason <text>', 'why, as readers will see it')
    .action((dataset: string, file: string, given: CorrectOptions) =>
      runVerb(terminal, given, (session) => correct(session, dataset, file)),
    );
  verb('approve', 'let a draft out that another person made')
    .argument('<release>', 'such as participant_count/7')
    .option('--at <instant>', 'when, with its zone: 2026-12-01T08:30+07:00; as soon as possible when not given')
    .option('--together <releases...>', 'others that appear with it, or not at all')
    .option('--wait', 'end when readers see it')
    .action((release: string, given: ApproveOptions) =>
      runVerb(terminal, given, (session) => approve(session, release)),
    );
  verb('move', 'let an approved release appear at another instant')
    .argument('<release>', 'such as participant_count/7')
    .requiredOption('--at <instant>', 'when, with its zone: 2026-12-01T08:30+07:00')
    .action((release: string, given: MoveOptions) => runVerb(terminal, given, (session) => move(session, release)));
  verb('cancel', 'give up a draft, or an approved release until a few seconds before its instant')
    .argument('<release>', 'such as participant_count/7')
    .action((release: string, given: CommonOptions) => runVerb(terminal, given, (session) => cancel(session, release)));
  verb('withdraw', 'make a draft that takes back what a release said')
    .argument('<release>', 'such as participant_count/7')
    .requiredOption('--reason <text>', 'why, as readers will see it')
    .action((release: string, given: WithdrawOptions) =>
      runVerb(terminal, given, (session) => withdraw(session, release)),
    );
  verb('redact', 'empty one figure at every as-of, at once, where the law demands it')
    .argument('<dataset>', 'its name, as `data list` shows it')
    .requiredOption('--key <cells...>', 'what names the row: region_code=19.03 date=2024-10-12')
    .requiredOption('--reason <text>', 'why, as readers will see it')
    .option('--yes', 'you have looked at the cells: it never comes back')
    .action((dataset: string, given: RedactOptions) => runVerb(terminal, given, (session) => redact(session, dataset)));
  fileVerb('load', 'check a file and publish it as the first load of an empty dataset; shows LOAD_TOKEN')
    .option('--acknowledge <names...>', 'warnings that you have seen and stand by, such as W2,W6')
    .action(async (dataset: string, file: string, given: LoadOptions) => {
      const token = env.LOAD_TOKEN ?? (await terminal.readLoadToken()) ?? '';
      await runVerb(terminal, given, (session) => load(session, dataset, file), token);
    });
  verb('list', 'the datasets of the server, or the releases of one')
    .argument('[dataset]', 'its name')
    .option('--first <number>', 'how many at most', '100')
    .action((dataset: string | undefined, given: ListOptions) =>
      runVerb(terminal, given, (session) => list(session, dataset)),
    );
  verb('diff', 'how two releases differ; of a draft alone, what it would change')
    .argument('<release>', 'such as participant_count/7')
    .argument('[other]', 'such as participant_count/9')
    .option('--first <number>', 'how many rows at most', '100')
    .addOption(new Option('--order <order>', 'which rows first').choices(['key', 'largest']).default('largest'))
    .action((one: string, other: string | undefined, given: DiffOptions) =>
      runVerb(terminal, given, (session) => diff(session, one, other)),
    );
  verb('export', 'the CSV of a dataset')
    .argument('<dataset>', 'its name')
    .option('--as-of <day>', 'as it was: 2024-10-12, or an instant with its zone')
    .option('--release <release>', 'what that release opened, such as participant_count/7, or its number')
    .option('--out <file>', 'where to; the output when not given')
    .action((dataset: string, given: ExportOptions) =>
      runVerb(terminal, given, (session) => exportCsv(session, dataset, output)),
    );
  verb('verify', 'hold what is published against the hashes it was sealed under')
    .argument('[datasets...]', 'their names; all that the token is for when none is given')
    .action((datasets: readonly string[], given: CommonOptions) =>
      runVerb(terminal, given, (session) => verify(session, datasets)),
    );
}
