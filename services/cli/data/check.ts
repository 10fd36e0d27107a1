import { counted, say } from '../../kit/bilingual.js';
import type { Report } from '../../kit/check.js';
import type { Bilingual } from '../../kit/dataset.js';
import type { Difference } from '../../kit/difference.js';
import { CommandFailure, EXIT, Refusal } from './exit.js';
import { type FileOptions, sendFile } from './file.js';
import { changesText } from './list.js';
import { reportOf } from './refusal.js';
import { reportLines } from './report.js';
import type { Session } from './session.js';
import { inOneLanguage } from './terminal.js';

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
  const told = [summaryOf(report), ...(difference ? differenceOf(difference, report) : [])];
  session.answer(answer, () => [
    ...told.map((text) => inOneLanguage(text, session.options.lang)),
    ...reportLines(report, session.options),
  ]);
  if (report.errors > 0) throw new CommandFailure('', EXIT.REFUSED);
}

/** A file that is refused while it is sent, since it tells of persons, has its report all the same. */
function reportOfRefusal(error: unknown): Answer {
  const [refused] = error instanceof Refusal && error.code === 'BAD_FILE' ? error.errors : [];
  const report = refused && reportOf(refused);
  if (report) return { report, difference: null };
  throw error;
}

/** What it would change, and that published figures are changed with a reason only. */
function differenceOf(difference: Difference, { rows }: Report): Bilingual[] {
  const { id, en } = changesText({ difference, rows });
  const changes = say(`akan menerbitkan ${id}`, `it would publish ${en}`);
  const { changed } = difference;
  if (changed === 0) return [changes];
  const reason = say(
    `mengubah ${changed} angka yang sudah terbit: terbitkan dengan --reason`,
    `it changes ${counted(changed, 'published figure')}: publish it with --reason`,
  );
  return [changes, reason];
}

function summaryOf(report: Report): Bilingual {
  const { file, rows, counts } = report;
  if (counts.PERSONAL) return say(`${file} ${TELLS_OF_PERSONS.id}`, `${file} ${TELLS_OF_PERSONS.en}`);
  const { id, en } = verdict(report);
  return say(`${file}: ${rows} baris, ${id}`, `${file}: ${counted(rows, 'row')}, ${en}`);
}

const TELLS_OF_PERSONS = say(
  'tampaknya memuat data orang: ditolak, dan isinya tidak disimpan',
  'seems to tell of persons: it is refused, and nothing of it is kept',
);

function verdict({ errors, warnings }: Report): Bilingual {
  const warned = counted(warnings, 'warning');
  if (errors > 0)
    return say(
      `${errors} kesalahan dan ${warnings} peringatan: tidak dapat diterbitkan seperti ini`,
      `${counted(errors, 'error')} and ${warned}: it cannot be published as it is`,
    );
  if (warnings === 0) return say('tidak ada masalah', 'no problem');
  return say(
    `${warnings} peringatan, yang diakui dengan namanya saat diterbitkan`,
    `${warned}, to be acknowledged by name when you publish it`,
  );
}
