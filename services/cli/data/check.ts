import { counted } from '../../kit/bilingual.js';
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
    `${report.file}: ${counted(report.rows, 'row')}, ${verdict(report)}`,
    ...(difference ? [`it would publish ${changesText({ difference, rows: report.rows })}`] : []),
  ]);
  if (!session.options.json) printProblems(session.terminal, report, session.options);
  if (report.errors > 0) throw new CommandFailure('', EXIT.REFUSED);
}

function verdict({ errors, warnings }: Report): string {
  const warned = counted(warnings, 'warning');
  if (errors > 0) return `${counted(errors, 'error')} and ${warned}: it cannot be published as it is`;
  return warnings > 0 ? `${warned}, to be acknowledged by name when you publish it` : 'no problem';
}
