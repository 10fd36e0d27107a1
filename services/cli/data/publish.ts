import { say } from '../../kit/bilingual.js';
import type { Report } from '../../kit/check.js';
import type { Bilingual } from '../../kit/dataset.js';
import type { KnownRelease } from '../../kit/release-facts.js';
import { CommandFailure, EXIT } from './exit.js';
import { type FileOptions, namesOf, sendFile } from './file.js';
import { changesText } from './list.js';
import { reportLines } from './report.js';
import { readReleaseOf, type Session } from './session.js';
import { inOneLanguage } from './terminal.js';

export interface PublishOptions extends FileOptions {
  readonly kind?: string;
  readonly reason?: string;
  readonly acknowledge?: readonly string[];
  readonly keepMissing?: boolean;
}

export interface CorrectOptions extends PublishOptions {
  readonly supersedes: string;
}

interface Answer {
  readonly outcome: 'DRAFTED' | 'ALREADY_DRAFTED' | 'ALREADY_PUBLISHED' | 'NOTHING_NEW';
  /** Null where nothing is new. */
  readonly release: KnownRelease | null;
  /** Null where the file was known already. */
  readonly report: Report | null;
}

/** `data publish`: makes a draft of a file, for another person to approve. */
export async function publish(
  session: Session<PublishOptions>,
  dataset: string,
  file: string,
  more: object = {},
): Promise<void> {
  const { kind, reason, acknowledge = [], keepMissing } = session.options;
  const fields = { kind, reason, acknowledge: namesOf(acknowledge), keepMissing, ...more };
  const answer = await sendFile<Answer>(session, { dataset, file, verb: 'releases', fields });
  const { report } = answer;
  session.answer(answer, () => [
    ...linesOf(answer).map((text) => inOneLanguage(text, session.options.lang)),
    ...(report ? reportLines(report, session.options) : []),
  ]);
  if (answer.outcome === 'NOTHING_NEW' || answer.outcome === 'ALREADY_PUBLISHED')
    throw new CommandFailure('', EXIT.NOTHING_NEW);
}

/** `data correct`: the same, for a file that corrects what a release said. */
export function correct(session: Session<CorrectOptions>, dataset: string, file: string): Promise<void> {
  const { number } = readReleaseOf(dataset, session.options.supersedes);
  return publish(session, dataset, file, { kind: 'CORRECTION', supersedes: `${dataset}/${number}` });
}

function linesOf({ outcome, release }: Answer): Bilingual[] {
  if (release === null || outcome === 'ALREADY_PUBLISHED') return [nothingNew(release)];
  const { id, status } = release;
  const known = outcome === 'ALREADY_DRAFTED' ? say('sudah ada: ', 'is there already: ') : say('', '');
  const changes = changesText(release);
  const next = say(`Orang lain menyetujuinya: data approve ${id}`, `Another person approves it: data approve ${id}`);
  const made = say(`${id} ${known.id}${status}, ${changes.id}`, `${id} ${known.en}${status}, ${changes.en}`);
  return status === 'DRAFT' ? [made, next] : [made];
}

function nothingNew(release: KnownRelease | null): Bilingual {
  if (release === null)
    return say('tidak ada yang baru: angka ini sudah terbit', 'nothing new: these figures are published already');
  const { id, status } = release;
  return status === 'SCHEDULED'
    ? say(
        `tidak ada yang baru: ${id} memuat berkas ini dan menunggu waktunya`,
        `nothing new: ${id} has this very file and waits for its instant`,
      )
    : say(`tidak ada yang baru: ${id} menerbitkan berkas ini`, `nothing new: ${id} published this very file`);
}
