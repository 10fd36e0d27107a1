import type { Report } from '../../kit/check.js';
import type { Problem } from '../../kit/problems.js';
import { CommandFailure, EXIT, type Refusal } from './exit.js';
import { type CommonOptions, inLanguage, type Terminal } from './terminal.js';

/** How many problems are printed; `--json` has all that the server tells. */
const PRINTED = 200;

/** A line for each problem by its place, `file:row:column`, and one for what to do about it. */
export function problemLines({ problems, counts }: Report, { lang }: CommonOptions): string[] {
  const printed = problems.slice(0, PRINTED);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const more = all > printed.length ? [`  and ${all - printed.length} more`] : [];
  return [...printed.flatMap((problem) => linesOf(problem, lang)), ...more];
}

function linesOf({ file, row, column, rule, message, suggestion }: Problem, lang: CommonOptions['lang']): string[] {
  const place = [file, ...(row === null ? [] : [row]), ...(column === null ? [] : [column])].join(':');
  const first = `  ${place} ${rule}  ${inLanguage(message, lang)}`;
  return suggestion ? [first, `      -> ${inLanguage(suggestion, lang)}`] : [first];
}

/** Tells a refusal, with its report where it has one, on the error output, and ends the command. */
export function endRefused(terminal: Terminal, options: CommonOptions, error: Refusal): never {
  if (options.json) {
    terminal.print(JSON.stringify({ errors: error.errors }));
    throw new CommandFailure('', EXIT.REFUSED);
  }
  for (const { message, extensions } of error.errors) {
    terminal.printError(`cakupan: ${message}`);
    const report = extensions?.report as Report | undefined; // what the routes send
    for (const line of report ? problemLines(report, options) : []) terminal.printError(line);
  }
  throw new CommandFailure('', EXIT.REFUSED);
}
