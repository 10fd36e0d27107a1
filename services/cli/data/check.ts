import type { Report } from '../../kit/check.js';
import type { Difference } from '../../kit/difference.js';
import { CommandFailure, EXIT } from './exit.js';
import { type FileOptions, sendFile } from './file.js';
import { changesText } from './list.js';
import { printProblems } from './report.js';
import type { Session } from './session.js';

export interface CheckOptions extends FileOptions {
  readonly keepMissing?: boolean;
}

interface Answer {
  readonly report: Report;
  readonly difference: Difference | null;
}

/** `data check`: all that is wrong with a file, and nothing else happens. */
export async function check(session: Session<CheckOptions>, dataset: string, file: string): Promise<void> {
  const { keepMissing } = session.options;
  const answer = await sendFile<Answer>(session, { dataset, file, verb: 'check', fields: { keepMissing } });
  const { report, difference } = answer;
  session.answer(answer, () => [
    `${report.file}: ${report.rows} rows, ${verdict(report)}`,
    ...(difference ? [`it would publish ${changesText({ difference, rows: report.rows })}`] : []),
  ]);
  if (!session.options.json) printProblems(session.terminal, report, session.options);
  if (report.errors > 0) throw new CommandFailure('', EXIT.REFUSED);
}

function verdict({ errors, warnings }: Report): string {
  if (errors > 0) return `${errors} errors and ${warnings} warnings: it cannot be published as it is`;
  return warnings > 0 ? `${warnings} warnings, which you acknowledge by name when you publish it` : 'no problem';
}
