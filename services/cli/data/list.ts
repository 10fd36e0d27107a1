import { counted, say } from '../../kit/bilingual.js';
import type { Bilingual } from '../../kit/dataset.js';
import type { DatasetFacts } from '../../kit/dataset-facts.js';
import type { KnownRelease, PublicRelease } from '../../kit/release-facts.js';
import type { Session } from './session.js';
import { type CommonOptions, inLanguage, inOneLanguage, type Language } from './terminal.js';

export interface ListOptions extends CommonOptions {
  readonly first: string;
}

/** `data list`: the datasets of the server, or the releases of one; drafts too where a token was given. */
export async function list(session: Session<ListOptions>, dataset: string | undefined): Promise<void> {
  if (dataset === undefined) {
    const answer = await session.server.get<{ datasets: DatasetFacts[] }>('');
    const { lang } = session.options;
    session.answer(answer, () => answer.datasets.map(({ name, title }) => `${name}  ${inLanguage(title, lang)}`));
    return;
  }
  const { first } = session.options;
  const answer = await session.server.get<{ releases: (PublicRelease | KnownRelease)[] }>(
    `${encodeURIComponent(dataset)}/releases?first=${encodeURIComponent(first)}`,
  );
  session.answer(answer, () => answer.releases.map((release) => lineOf(release, session.options.lang)));
}

function lineOf(release: PublicRelease | KnownRelease, lang: Language | undefined): string {
  const { id, status, kind, publishedAt, supersedes, reason } = release;
  const wanted = 'publishAt' in release ? release.publishAt : null;
  const facts = [id, status, kind, publishedAt ?? wanted ?? '-', inOneLanguage(changesText(release), lang)];
  if (supersedes) facts.push(`of ${supersedes}`);
  if (reason) facts.push(`"${reason}"`);
  if ('failure' in release && release.failure) facts.push(release.failure);
  return facts.join('  ');
}

/** `3 added, 1 changed, 0 removed, 40 the same`; the rows where nothing was there to compare with. */
export function changesText({ difference, rows }: Pick<PublicRelease, 'difference' | 'rows'>): Bilingual {
  if (difference === null) return say(`${rows} baris`, counted(rows, 'row'));
  const { added, changed, removed, same } = difference;
  return say(
    `${added} ditambah, ${changed} diubah, ${removed} dihapus, ${same} tetap`,
    `${added} added, ${changed} changed, ${removed} removed, ${same} the same`,
  );
}
