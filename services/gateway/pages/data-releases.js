import { askApproval, askCancel, askMove, askWithdrawal } from './data-acts.js';
import { changesOf, LISTED } from './data-changes.js';
import { ask } from './data-client.js';
import { troubleOf } from './data-trouble.js';
import { filled, KINDS, STATUSES, time } from './data-words.js';
import { both, button, byId, element } from './element.js';

/** The list of releases of a dataset, and what can be done with each. */

const SHOWN = 50;
/** A release that is about to appear is looked at this often, and this many times. */
const AGAIN_MS = 2500;
const TIMES = 60;
const SOON_MS = 60_000;

/** `page` tells the dataset and the token in use, speaks to screen readers and begins a correction. */
export function createReleases(page) {
  const list = byId('release-list');
  let shown = new Map();
  let caller = null;
  let asked = 0;
  let timer = 0;

  const draw = (releases) => {
    const items = releases.map((release) => {
      const text = JSON.stringify([release, caller]);
      const before = shown.get(release.id);
      return [release.id, before?.text === text ? before : { text, node: itemOf(release, { page, caller, done }) }];
    });
    shown = new Map(items);
    const nodes = [...shown.values()].map(({ node }) => node);
    if (nodes.length !== list.children.length || nodes.some((node, at) => node !== list.children[at]))
      list.replaceChildren(...nodes);
  };

  const load = async (times = TIMES) => {
    clearTimeout(timer);
    asked += 1;
    const mine = asked;
    const token = page.token();
    try {
      const answer = await ask(`/data/${page.dataset().name}/releases?first=${SHOWN}`, { token });
      if (mine !== asked) return;
      const { releases } = answer;
      caller = answer.caller ?? null;
      byId('releases-trouble').replaceChildren();
      byId('releases-note').replaceChildren(...both(noteOf(releases.length, token !== '')));
      draw(releases);
      if (times > 0 && releases.some(isSoon)) timer = setTimeout(load, AGAIN_MS, times - 1);
    } catch (error) {
      if (mine !== asked) return;
      draw([]);
      byId('releases-note').replaceChildren();
      byId('releases-trouble').replaceChildren(troubleOf(error));
    }
  };

  const done = async (release) => {
    await load();
    page.say(filled({ id: '#: #', en: '#: #' }, release.id, STATUSES[release.status]));
    show(release.id);
  };

  const show = (id) => {
    const node = shown.get(id)?.node;
    node?.querySelector('h3').focus();
  };

  return {
    load,
    /** Loads the list and goes to one release. */
    async open(id) {
      await load();
      show(id);
    },
  };
}

function isSoon({ status, publishAt, publishedAt }) {
  if (status === 'APPROVED') return true;
  return status === 'SCHEDULED' && new Date(publishedAt ?? publishAt).getTime() - Date.now() < SOON_MS;
}

function noteOf(count, hasToken) {
  if (!hasToken)
    return {
      id: 'Tanpa token hanya rilis yang sudah terbit yang tampak.',
      en: 'Without a token only releases that are published are shown.',
    };
  if (count === 0) return { id: 'Belum ada rilis.', en: 'There is no release yet.' };
  return {
    id: 'Draf di atas, lalu yang terbaru menurut waktu terbitnya.',
    en: 'Drafts first, then the newest by the instant they appear.',
  };
}

function itemOf(release, { page, caller, done }) {
  const { id, kind, status, reason, supersedes, failure } = release;
  const slot = element('div', { class: 'slot', id: `changes-${release.number}` });
  return element(
    'li',
    { class: `release ${status.toLowerCase()}` },
    element(
      'div',
      { class: 'about' },
      element(
        'h3',
        { tabindex: '-1' },
        id,
        ' ',
        element('span', { class: `tag ${status.toLowerCase()}` }, both(STATUSES[status])),
      ),
      whenOf(release),
      element(
        'p',
        { class: 'hint' },
        both(KINDS[kind] ?? { id: kind, en: kind }),
        supersedes && [': ', supersedes],
        ' · ',
        changedOf(release),
      ),
      reason && kind !== 'HISTORICAL' && element('p', { class: 'reason' }, reason), // of a first load the kind says it all
      failure && element('p', { class: 'reason bad', lang: 'en' }, failure),
      detailsOf(release),
    ),
    actsOf(release, { page, caller, done, slot }),
    slot,
  );
}

/** An embargoed release says its instant, and that nobody sees it before. */
function whenOf({ status, publishedAt, publishAt, createdAt }) {
  const text = (() => {
    const at = publishedAt ?? publishAt;
    if (status === 'SCHEDULED' && at) return filled(EMBARGOED, time(at));
    if (publishedAt) return filled({ id: 'Terlihat sejak #', en: 'Seen since #' }, time(publishedAt));
    return createdAt ? filled({ id: 'Dibuat #', en: 'Made #' }, time(createdAt)) : null;
  })();
  return text && element('p', { class: 'when' }, both(text));
}

const EMBARGOED = {
  id: 'Embargo: terbit #, tidak terlihat siapa pun sebelum itu',
  en: 'Embargoed: appears #, seen by nobody before',
};

function changedOf({ difference, rows }) {
  if (!difference) return both(filled({ id: '# baris', en: '# [row|rows]' }, rows));
  const { added, changed, removed, same } = difference;
  const text = { id: '# ditambah, # diubah, # dihapus, # tetap', en: '# added, # changed, # removed, # as they were' };
  return both(filled(text, added, changed, removed, same));
}

function detailsOf(release) {
  const facts = [
    [{ id: 'Berkas', en: 'File' }, release.fileName],
    [{ id: 'Wilayah', en: 'Region' }, release.region],
    [{ id: 'Dibuat oleh', en: 'Made by' }, release.createdBy],
    [{ id: 'Disetujui oleh', en: 'Approved by' }, release.approvedBy],
    [{ id: 'Terbit bersama', en: 'Appears with' }, release.tiedWith?.filter((id) => id !== release.id).join(', ')],
    [{ id: 'Peringatan diakui', en: 'Warnings acknowledged' }, release.acknowledged?.join(', ')],
    [{ id: 'SHA-256 berkas', en: 'SHA-256 of the file' }, release.fileHash],
    [{ id: 'SHA-256 isi terbit', en: 'SHA-256 of what it published' }, release.contentHash],
  ].filter(([, value]) => value);
  if (facts.length === 0) return null;
  return element(
    'details',
    {},
    element('summary', {}, both({ id: 'Rincian', en: 'Details' })),
    element(
      'dl',
      { class: 'facts' },
      facts.map(([name, value]) => element('div', {}, element('dt', {}, both(name)), element('dd', {}, value))),
    ),
  );
}

const WAITS = { id: 'Menunggu persetujuan orang lain.', en: 'It waits for another person to approve it.' };

/** What the token at the top of the page may do with it; the server looks again. */
function actsOf(release, { page, caller, done, slot }) {
  if (caller === null) return null;
  const { token } = page;
  const { status, kind, publishedAt } = release;
  const isDraft = status === 'DRAFT';
  const isWaiting = status === 'APPROVED' || status === 'SCHEDULED';
  const isOut = status === 'PUBLISHED' && kind !== 'WITHDRAWAL';
  const isApprover = caller.roles.includes('approver');
  const mayApprove = isDraft && isApprover && !isMadeBy(caller, release);
  const mayChange = isOut && caller.roles.includes('publisher') && (page.dataset().isByRegion || !caller.region);
  const acts = [
    mayApprove &&
      button({ id: 'Setujui…', en: 'Approve…' }, () => askApproval(release, token(), done), { class: 'main' }),
    (isDraft || isWaiting) &&
      !publishedAt &&
      button({ id: 'Lihat perubahan', en: 'See what it changes' }, () => showChanges(release, token(), slot)),
    isWaiting &&
      isApprover &&
      !publishedAt &&
      button({ id: 'Pindahkan waktu…', en: 'Move…' }, () => askMove(release, token(), done)),
    (isDraft || isWaiting) && button({ id: 'Batalkan…', en: 'Cancel…' }, () => askCancel(release, token(), done)),
    mayChange && button({ id: 'Koreksi…', en: 'Correct…' }, () => page.correct(release)),
    mayChange && button({ id: 'Tarik…', en: 'Withdraw…' }, () => askWithdrawal(release, token(), done)),
    isDraft && !mayApprove && element('span', { class: 'hint' }, both(WAITS)),
  ].filter(Boolean);
  return acts.length > 0 && element('p', { class: 'acts' }, acts);
}

/** Nobody approves a release of their own. */
function isMadeBy({ id }, { createdBy }) {
  return createdBy?.split(' ')[0] === id;
}

/** Shows what a release would change, in a place for it that has an id. */
export async function showChanges({ dataset, number: index }, token, slot) {
  try {
    const { changes } = await ask(`/data/${dataset}/releases/${index}/changes?first=${LISTED}&order=largest`, {
      token,
    });
    slot.replaceChildren(changesOf(changes, slot.id));
  } catch (error) {
    slot.replaceChildren(troubleOf(error));
  }
}
