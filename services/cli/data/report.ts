import type { Report } from '../../kit/check.js';
import type { Problem } from '../../kit/problems.js';
import { CommandFailure, EXIT, type Refusal } from './exit.js';
import { type CommonOptions, inLanguage, type Terminal } from './terminal.js';

/** How many problems are printed; `--json` has all that the server tells. */
const PRINTED = 200;

/** Prints each problem by its place, `file:row:column`, and what to do about it. */
export function printProblems({ printError }: Terminal, { problems, counts }: Report, { lang }: CommonOptions): void {
  const printed = problems.slice(0, PRINTED);
  for (const problem of printed) for (const line of linesOf(problem, lang)) printError(line);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (all > printed.length) printError(`  and ${all - printed.length} more`);
}

function linesOf({ file, row, column, rule, message, suggestion }: Problem, lang: CommonOptions['lang']): string[] {
  const place = [file, ...(row === null ? [] : [row]), ...(column === null ? [] : [column])].join(':');
  const first = `  ${place} ${rule}  ${inLanguage(message, lang)}`;
  return suggestion ? [first, `      -> ${inLanguage(suggestion, lang)}`] : [first];
}

/** Tells a refusal, with its report where it has one, and ends the command. */
export function endRefused(terminal: Terminal, options: CommonOptions, error: Refusal): never {
  if (options.json) {
    terminal.print(JSON.stringify({ errors: error.errors }));
    throw new CommandFailure('', EXIT.REFUSED);
  }
  for (const { message, extensions } of error.errors) {
    terminal.printError(`cakupan: ${message}`);
    const report = extensions?.report as Report | undefined; // what the routes send
    if (report) printProblems(terminal, report, options);
  }
  throw new CommandFailure('', EXIT.REFUSED);
}
