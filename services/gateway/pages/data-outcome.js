import { tilesOf } from './data-changes.js';
import { showChanges } from './data-releases.js';
import { filled } from './data-words.js';
import { both, button, byId, element } from './element.js';

/** What became of a file that was to be a draft. */

const TITLES = {
  DRAFTED: { id: 'Draf # dibuat', en: 'The draft # is made' },
  ALREADY_DRAFTED: { id: 'Berkas ini sudah menjadi #', en: 'This file is # already' },
  ALREADY_PUBLISHED: { id: 'Berkas ini sudah terbit sebagai #', en: 'This file is published already, as #' },
  NOTHING_NEW: {
    id: 'Tidak ada yang baru: angka yang sama sudah terbit',
    en: 'Nothing is new: the same figures are published',
  },
};

const NEXT = {
  id: 'Belum terbit. Orang lain menyetujuinya di daftar rilis, dengan token penyetuju di atas halaman.',
  en: 'It is not published. Another person approves it in the list of releases, with the token of an approver at the top of the page.',
};

/** Shows it, with what a draft changes; `open` goes to a release in the list. */
export function showOutcome({ outcome, release }, token, open) {
  const box = byId('outcome');
  const slot = element('div', { class: 'slot', id: 'changes' });
  const isDraft = release !== null && outcome !== 'ALREADY_PUBLISHED';
  const toList = () =>
    button({ id: 'Buka di daftar rilis', en: 'Open in the list of releases' }, () => open(release.id), {
      class: 'main',
    });
  box.replaceChildren(
    element('h2', { id: 'outcome-title', tabindex: '-1' }, both(filled(TITLES[outcome], release?.id ?? ''))),
    ...(release?.difference ? [tilesOf(release.difference)] : []),
    ...(isDraft ? [element('p', {}, both(NEXT)), element('p', { class: 'acts' }, toList())] : []),
    slot,
  );
  box.hidden = false;
  box.querySelector('h2').focus();
  if (isDraft) void showChanges(release, token, slot);
}
