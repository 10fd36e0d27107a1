import { counted, say } from '../../kit/bilingual.js';
import type { Report } from '../../kit/check.js';
import type { Problem } from '../../kit/problems.js';
import { CommandFailure, EXIT, type Refusal } from './exit.js';
import { refusalText, reportOf } from './refusal.js';
import { type CommonOptions, inLanguage, inOneLanguage, type Language, type Terminal } from './terminal.js';

/** How many problems are printed; `--json` has all that the server tells. */
const PRINTED = 200;

/** How many rows will be withheld, then a line for each problem by its place, `file:row:column`, and what to do about it. */
export function reportLines(report: Report, { lang }: CommonOptions): string[] {
  const { problems, counts } = report;
  const printed = problems.slice(0, PRINTED);
  const left = leftOf(counts, printed);
  const more = left === '' ? [] : [inOneLanguage(say(`  dan lagi: ${left}`, `  and more: ${left}`), lang)];
  return [...withheldLines(report, lang), ...printed.flatMap((problem) => linesOf(problem, lang)), ...more];
}

/** How many of each rule are not printed: `VANISHED 812, W2 3`. */
function leftOf(counts: Report['counts'], printed: readonly Problem[]): string {
  return Object.entries(counts)
    .map(([rule, count]) => [rule, count - printed.filter((problem) => problem.rule === rule).length] as const)
    .filter(([, left]) => left > 0)
    .map(([rule, left]) => `${rule} ${left}`)
    .join(', ');
}

function withheldLines({ withheld, threshold }: Report, lang: Language | undefined): string[] {
  if (withheld === 0) return [];
  const text = say(
    `${withheld} baris ditahan: jumlah di bawah ${threshold}`,
    `${counted(withheld, 'row')} ${withheld === 1 ? 'is' : 'are'} withheld: counts below ${threshold}`,
  );
  return [inOneLanguage(text, lang)];
}

function linesOf({ file, row, column, rule, message, suggestion }: Problem, lang: Language | undefined): string[] {
  const place = [file, ...(row === null ? [] : [row]), ...(column === null ? [] : [column])].join(':');
  const first = `  ${place} ${rule}  ${inLanguage(message, lang)}`;
  const options = OPTIONS[rule] ? ` (${OPTIONS[rule]})` : '';
  return suggestion ? [first, `      -> ${inLanguage(suggestion, lang)}${options}`] : [first];
}

/** How the command is told what some suggestions leave to its user. */
const OPTIONS: Readonly<Record<string, string>> = {
  VANISHED: '--keep-missing, --acknowledge VANISHED',
  SCHEDULED: '--acknowledge SCHEDULED',
  REDACTED: '--acknowledge REDACTED',
};

/** Tells a refusal, with its report where it has one, on the error output, and ends the command. */
export function endRefused(terminal: Terminal, options: CommonOptions, error: Refusal): never {
  if (options.json) {
    terminal.print(JSON.stringify({ errors: error.errors }));
    throw new CommandFailure('', EXIT.REFUSED);
  }
  for (const refused of error.errors) {
    terminal.printError(`cakupan: ${refusalText(refused, options.lang)}`);
    const report = reportOf(refused);
    for (const line of report ? reportLines(report, options) : []) terminal.printError(line);
  }
  throw new CommandFailure('', EXIT.REFUSED);
}
