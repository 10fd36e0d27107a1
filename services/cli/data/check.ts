import { counted } from '../../kit/bilingual.js';
import type { Report } from '../../kit/check.js';
import type { Difference } from '../../kit/difference.js';
import { CommandFailure, EXIT, Refusal } from './exit.js';
import { type FileOptions, sendFile } from './file.js';
import { changesText } from './list.js';
import { reportLines } from './report.js';
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
  const request = { dataset, file, verb: 'check', fields: { keepMissing } };
  const answer = await sendFile<Answer>(session, request).catch(reportOfRefusal);
  const { report, difference } = answer;
  session.answer(answer, () => [
    `${report.file}: ${counted(report.rows, 'row')}, ${verdict(report)}`,
    ...differenceLines(difference, report),
    ...reportLines(report, session.options),
  ]);
  if (report.errors > 0) throw new CommandFailure('', EXIT.REFUSED);
}

/** A file that is refused while it is sent, since it tells of persons, has its report all the same. */
function reportOfRefusal(error: unknown): Answer {
  const report = error instanceof Refusal && error.code === 'BAD_FILE' && error.errors[0]?.extensions?.report;
  if (report) return { report: report as Report, difference: null }; // what the routes send
  throw error;
}

/** What it would change, and that published figures are changed with a reason only. */
function differenceLines(difference: Difference | null, { rows }: Report): string[] {
  if (difference === null) return [];
  const changes = `it would publish ${changesText({ difference, rows })}`;
  if (difference.changed === 0) return [changes];
  return [changes, `it changes ${counted(difference.changed, 'published figure')}: publish it with --reason`];
}

function verdict({ errors, warnings }: Report): string {
  const warned = counted(warnings, 'warning');
  if (errors > 0) return `${counted(errors, 'error')} and ${warned}: it cannot be published as it is`;
  return warnings > 0 ? `${warned}, to be acknowledged by name when you publish it` : 'no problem';
}
