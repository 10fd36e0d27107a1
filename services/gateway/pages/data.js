import { ask, listDatasets, sendFile } from './data-client.js';
import { readLocal } from './data-file.js';
import { downloadTemplate, showLayout } from './data-layout.js';
import { showOutcome } from './data-outcome.js';
import { showReport } from './data-problems.js';
import { createReleases } from './data-releases.js';
import { isStopped, troubleOf } from './data-trouble.js';
import { acknowledged, keepsMissing, showWarnings } from './data-warnings.js';
import { filled, size } from './data-words.js';
import { both, byId, element } from './element.js';
import { onLanguage, pageLanguage } from './language.js';

/** The page of those who publish: a file on its way in, and the releases on their way out. */

const SEPARATORS = { 'C': ',', 'id-ID': ';' };
/** Which part of the bar each stage has. */
const [HASHED, SENT, CHECKED] = [0.2, 0.6, 0.95];
const CHECKING = { id: 'Memeriksa.', en: 'Checking.' };

let datasets = [];
let file = null;
/** The file as it was read last. */
let local = null;
/** What it would change by its check; null where that found errors. */
let difference = null;
let controller = null;

const dataset = () => datasets.find(({ name }) => name === byId('dataset').value);
const token = () => byId('token').value.trim();
const locale = () => byId('check').elements.locale.value;
const releases = createReleases({ dataset, token, say, correct });

/** Tells screen readers; the page shows it elsewhere. */
function say(text) {
  byId('spoken').replaceChildren(...both(text));
}

function stage(text, share) {
  byId('stage').replaceChildren(...both(text));
  byId('bar').value = share;
}

function showTrouble(box, error) {
  box.replaceChildren(troubleOf(error));
  box.firstChild.focus();
}

/** Does one long work at a time, which the reader may stop; tells of what went wrong in a box. */
async function run(box, work) {
  leave();
  const mine = new AbortController();
  controller = mine;
  box.replaceChildren();
  setBusy(true);
  try {
    await work(mine.signal);
  } catch (error) {
    if (controller === mine) tellOf(error, box);
  } finally {
    if (controller === mine) setBusy(false);
  }
}

/** Nobody waits for the work that is under way any more. */
function leave() {
  controller?.abort();
  controller = null;
  setBusy(false);
}

function setBusy(isBusy) {
  byId('stop').disabled = !isBusy;
  for (const id of ['start', 'draft']) byId(id).disabled = isBusy;
}

/** A refusal that has a report shows that; one for its mistakes alone needs no more words. */
function tellOf(error, box) {
  const { report } = error.extensions ?? {};
  if (report) finish(report);
  else if (isStopped(error)) stage({ id: 'Dihentikan.', en: 'Stopped.' }, 0);
  else stage({ id: 'Berhenti karena masalah.', en: 'It stopped at a problem.' }, 0);
  if (!isStopped(error) && !(report && error.code === 'BAD_FILE')) showTrouble(box, error);
}

async function check(event) {
  event.preventDefault();
  forget();
  await run(byId('trouble'), async (signal) => {
    const checked = await askOfFile('check', request, signal);
    difference = checked.difference;
    finish(checked.report);
  });
}

/**
 * Brings the file to the server and asks for something of it. The server lets a file go once it has answered: what was
 * brought for another tab with the same file may be gone, and is brought again.
 */
async function askOfFile(verb, bodyOf, signal) {
  const path = `/data/${dataset().name}/${verb}`;
  for (let isAgain = false; ; isAgain = true) {
    await bring(signal);
    try {
      return await ask(path, { token: token(), body: bodyOf(), signal, onProgress: showRows });
    } catch (error) {
      if (error.code !== 'UNKNOWN_FILE' || isAgain) throw error;
    }
  }
}

/** Brings the file to the server: what is there already is not sent again. */
async function bring(signal) {
  const whole = file.size;
  const share = (bytes) => bytes / Math.max(1, whole);
  const tell = (verb, bytes, done) =>
    stage(filled({ id: '# # / #', en: '# # / #' }, verb, size(bytes), size(whole)), done);
  say({ id: 'Membaca berkas.', en: 'Reading the file.' });
  local = await readLocal(file, {
    signal,
    onProgress: (bytes) => tell({ id: 'Membaca', en: 'Reading' }, bytes, HASHED * share(bytes)),
  });
  say({ id: 'Mengirim berkas.', en: 'Sending the file.' });
  await sendFile(dataset().name, local, {
    token: token(),
    signal,
    onProgress: (bytes) => tell({ id: 'Mengirim', en: 'Sending' }, bytes, HASHED + (SENT - HASHED) * share(bytes)),
  });
  stage(CHECKING, SENT);
  say(CHECKING);
}

function showRows({ rows = 0 }) {
  const text = filled({ id: 'Memeriksa, # baris', en: 'Checking, # [row|rows]' }, rows);
  stage(text, SENT + (CHECKED - SENT) * Math.min(1, rows / Math.max(1, local.lines - 1)));
}

/** What is asked for of the file. */
function request() {
  const region = byId('region').value.trim();
  const scope = dataset().isByRegion && region ? { region } : {};
  return { file: local.hash, name: local.file.name, locale: locale(), ...scope };
}

function finish(report) {
  stage({ id: 'Selesai diperiksa.', en: 'The check is done.' }, 1);
  byId('publish').hidden = report.errors > 0;
  showWarnings(report);
  demandReason();
  const changes = report.errors > 0 ? null : difference;
  showReport(byId('result'), named(report, local.file.name), changes, local, SEPARATORS[locale()]);
}

/** A report with the name of the file: while it is sent, a file is known by its hash only. */
function named(report, name) {
  return { ...report, file: name, problems: report.problems.map((problem) => ({ ...problem, file: name })) };
}

async function makeDraft(event) {
  event.preventDefault();
  await run(byId('publish-trouble'), async (signal) => {
    const bodyOf = () => ({
      ...request(),
      kind: byId('kind').value,
      reason: byId('reason').value,
      acknowledge: acknowledged(),
      keepMissing: keepsMissing(),
      ...(isCorrection() ? { supersedes: byId('supersedes').value } : {}),
    });
    const made = await askOfFile('releases', bodyOf, signal);
    stage({ id: 'Selesai.', en: 'Done.' }, 1);
    byId('publish').hidden = true;
    byId('correcting').replaceChildren();
    showOutcome(made, token(), openReleases);
  });
}

/** Nothing of an earlier file stays. */
function forget() {
  difference = null;
  for (const id of ['result', 'publish', 'outcome']) byId(id).hidden = true;
  for (const id of ['trouble', 'publish-trouble', 'acknowledge', 'result', 'outcome']) byId(id).replaceChildren();
}

function chooseFile(chosen) {
  if (!chosen) return;
  leave();
  file = chosen;
  forget();
  stage({ id: 'Belum dikirim.', en: 'Not sent yet.' }, 0);
  byId('file-text').replaceChildren(
    element('strong', { class: 'file-name' }, file.name),
    element('span', { class: 'hint' }, both(size(file.size))),
  );
}

function drop(event) {
  event.preventDefault();
  byId('drop').classList.remove('over');
  const { files } = event.dataTransfer;
  if (files.length === 0) return;
  byId('file').files = files;
  chooseFile(files[0]);
}

const isCorrection = () => byId('kind').value === 'CORRECTION';

/** Readers see why a published figure changes. */
function demandReason() {
  byId('reason').required = isCorrection() || (difference?.changed ?? 0) > 0;
}

async function chooseKind() {
  byId('supersedes-field').hidden = !isCorrection();
  demandReason();
  if (!isCorrection()) return;
  const { releases: published } = await ask(`/data/${dataset().name}/releases?first=1000`).catch(() => ({
    releases: [],
  }));
  const chosen = byId('supersedes').value;
  byId('supersedes').replaceChildren(
    ...published.map(({ id }) => element('option', { value: id, selected: id === chosen }, id)),
  );
}

/** A correction begins with the mended file. */
async function correct({ id }) {
  openView('send');
  byId('kind').value = 'CORRECTION';
  byId('supersedes').replaceChildren(element('option', { value: id }, id));
  await chooseKind();
  byId('correcting').replaceChildren(
    ...both({
      id: `Anda mengoreksi ${id}: kirim berkas yang sudah diperbaiki.`,
      en: `You are correcting ${id}: send the mended file.`,
    }),
  );
  byId('file').focus();
}

function chooseDataset() {
  const { name, isByRegion } = dataset();
  leave();
  forget();
  byId('published').href = `/data/${name}.csv`;
  byId('region-field').hidden = !isByRegion;
  showLayout(dataset());
  byId('kind').value = 'REGULAR';
  byId('correcting').replaceChildren();
  void chooseKind();
  const url = new URL(location.href);
  url.searchParams.set('dataset', name);
  history.replaceState(null, '', url);
  if (!byId('releases').hidden) void releases.load();
}

const VIEWS = ['send', 'releases'];

function openView(view) {
  for (const name of VIEWS) {
    byId(name).hidden = name !== view;
    byId(`tab-${name}`).setAttribute('aria-selected', String(name === view));
    byId(`tab-${name}`).tabIndex = name === view ? 0 : -1;
  }
}

function openReleases(id) {
  openView('releases');
  return id === undefined ? releases.load() : releases.open(id);
}

function moveTab(event) {
  if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
  const other = byId(event.target.id === 'tab-send' ? 'tab-releases' : 'tab-send');
  other.focus();
  other.click();
}

/** The texts of options cannot be in two languages at once. */
function speakOptions() {
  const language = pageLanguage();
  for (const option of document.querySelectorAll('option[data-id]')) option.textContent = option.dataset[language];
}

async function begin() {
  try {
    datasets = await listDatasets();
  } catch (error) {
    return showTrouble(byId('trouble'), error);
  }
  const wanted = new URLSearchParams(location.search).get('dataset');
  byId('dataset').replaceChildren(
    ...datasets.map(({ name, title }) =>
      element('option', { value: name, selected: name === wanted, 'data-id': title.id, 'data-en': title.en }),
    ),
  );
  speakOptions();
  chooseDataset();
  if (location.hash === '#releases') await openReleases();
}

byId('dataset').addEventListener('change', chooseDataset);
byId('token').addEventListener('change', () => {
  if (!byId('releases').hidden) void releases.load();
});
byId('file').addEventListener('change', () => chooseFile(byId('file').files[0]));
byId('check').addEventListener('submit', check);
byId('publish').addEventListener('submit', makeDraft);
byId('stop').addEventListener('click', () => controller?.abort());
byId('kind').addEventListener('change', chooseKind);
byId('template').addEventListener('click', () => downloadTemplate(dataset(), SEPARATORS[locale()]));
byId('tab-send').addEventListener('click', () => openView('send'));
byId('tab-releases').addEventListener('click', () => openReleases());
byId('refresh').addEventListener('click', () => releases.load());
for (const view of VIEWS) byId(`tab-${view}`).addEventListener('keydown', moveTab);
for (const name of ['dragover', 'drop']) window.addEventListener(name, (event) => event.preventDefault()); // a miss must not leave the page
byId('drop').addEventListener('dragover', () => byId('drop').classList.add('over'));
byId('drop').addEventListener('dragleave', () => byId('drop').classList.remove('over'));
byId('drop').addEventListener('drop', drop);
onLanguage(speakOptions);
await begin();
