import { counted, say } from '../../kit/bilingual.js';
import type { Report } from '../../kit/check.js';
import type { Bilingual } from '../../kit/dataset.js';
import { Refusal } from './exit.js';
import { type FileOptions, namesOf, sendFile } from './file.js';
import { reportLines } from './report.js';
import type { Session } from './session.js';
import { inOneLanguage } from './terminal.js';

interface Answer {
  readonly releases: readonly { readonly id: string; readonly publishedAt: string; readonly changedCells: number }[];
  readonly report: Report;
}

export interface LoadOptions extends FileOptions {
  readonly acknowledge?: readonly string[];
}

/** `data load`: the first file of an empty dataset, checked, published and approved in one. */
export async function load(session: Session<LoadOptions>, dataset: string, file: string): Promise<void> {
  const fields = { acknowledge: namesOf(session.options.acknowledge) };
  const answer = await sendFile<Answer>(session, { dataset, file, verb: 'load', fields }).catch(explain);
  session.answer(answer, () => [
    ...answer.releases.map((release) => inOneLanguage(textOf(release), session.options.lang)),
    ...reportLines(answer.report, session.options),
  ]);
}

function textOf({ id, publishedAt, changedCells }: Answer['releases'][number]): Bilingual {
  return say(
    `${id}: ${changedCells} baris, terlihat sejak ${publishedAt}`,
    `${id}: ${counted(changedCells, 'row')}, seen from ${publishedAt}`,
  );
}

/** The token that is not good is the load token here. */
function explain(error: unknown): never {
  if (!(error instanceof Refusal) || error.code !== 'BAD_TOKEN') throw error;
  const message = 'A first load needs the load token: set the same LOAD_TOKEN for the server and for the command.';
  throw new Refusal([{ message, extensions: { code: 'BAD_TOKEN' } }]);
}
