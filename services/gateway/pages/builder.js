/**
 * The builder works without this. With it each change is shown at once: the page is asked for again with the choices,
 * and the parts that depend on them are taken over, so that every code is made in one place.
 */
const PARTS = ['codes', 'verdict', 'region-trouble'];
const PAUSE_MS = 250;

const byId = (id) => document.getElementById(id);
const form = byId('choices');

let asking = new AbortController();
let timer = 0;

/** The choices as an address; what is empty is left out, as its default is the same. */
function address() {
  const chosen = [...new FormData(form)].filter(([name, value]) => value !== '' || name === 'region');
  return `/builder?${new URLSearchParams(chosen)}`;
}

async function refresh() {
  asking.abort();
  asking = new AbortController();
  const asked = address();
  try {
    const response = await fetch(asked, { signal: asking.signal });
    if (!response.ok && response.status !== 404) throw new Error(`HTTP ${response.status}`);
    takeOver(new DOMParser().parseFromString(await response.text(), 'text/html'));
    history.replaceState(null, '', withoutPolicy(asked));
    byId('trouble').textContent = '';
  } catch (error) {
    if (error.name !== 'AbortError') byId('trouble').textContent = byId('trouble').dataset.failed;
  }
}

/** A policy may be long, and is nobody's business who is sent the address. */
function withoutPolicy(asked) {
  const url = new URL(asked, location.href);
  url.searchParams.delete('policy');
  return url;
}

/** The field that somebody is in is left as it is. */
function takeOver(page) {
  for (const id of PARTS) byId(id).replaceChildren(...page.getElementById(id).childNodes);
  takeOptions(page, 'indicator');
  for (const id of ['newest', 'pinned']) {
    const [label, next] = [document, page].map((one) => one.querySelector(`label[for=${id}] span`));
    label.textContent = next.textContent;
  }
  byId('code-room').value = page.getElementById('code-room').value;
  byId('language').href = page.getElementById('language').href;
  const region = page.getElementById('region');
  if (region.hasAttribute('aria-invalid')) byId('region').setAttribute('aria-invalid', 'true');
  else byId('region').removeAttribute('aria-invalid');
  takeMistakes(page);
  takePreview(page);
  revealButtons();
}

/** The choice is set again: options that are moved forget which of them was chosen. */
function takeOptions(page, id) {
  const { value, children } = page.getElementById(id);
  byId(id).replaceChildren(...children);
  byId(id).value = value;
}

/** What is wrong with a choice stands behind its field. */
function takeMistakes(page) {
  for (const old of document.querySelectorAll('.mistake')) old.remove();
  for (const mistake of page.querySelectorAll('.mistake')) byId(mistake.dataset.of).after(mistake);
}

/** The tag stays and is given other attributes, as a partner's page would. */
function takePreview(page) {
  const [stage, next] = [byId('stage'), page.getElementById('stage')];
  stage.className = next.className;
  const [tag, wanted] = [stage.firstElementChild, next.firstElementChild];
  if (!tag || !wanted) return stage.replaceChildren(...next.children);
  for (const name of tag.getAttributeNames()) if (!wanted.hasAttribute(name)) tag.removeAttribute(name);
  for (const name of wanted.getAttributeNames()) {
    if (tag.getAttribute(name) !== wanted.getAttribute(name)) tag.setAttribute(name, wanted.getAttribute(name));
  }
}

function revealButtons() {
  for (const button of document.querySelectorAll('[data-copies]')) button.hidden = false;
}

/** Without leave to write to the clipboard the text is selected, to be copied by hand. */
async function copy(button) {
  const area = byId(button.dataset.copies);
  const status = button.parentElement.querySelector('[role=status]');
  area.focus();
  area.select();
  const isCopied = await navigator.clipboard?.writeText(area.value).then(
    () => true,
    () => false,
  );
  if (isCopied) button.focus();
  for (const other of document.querySelectorAll('[data-copied]')) other.textContent = '';
  status.textContent = isCopied ? status.dataset.copied : status.dataset.selected;
}

/** A name that is being typed names no region yet; one from the list, and a code, do. */
function isReady({ id, value }) {
  if (id !== 'region') return true;
  return /^\s*\d\d(\.\d\d){0,2}(\.\d{4})?\s*$|\([\d.]+\)\s*$/.test(value);
}

document.addEventListener('input', ({ target }) => {
  if (target.form !== form || !isReady(target)) return;
  if (target.id === 'as-of') byId('pinned').checked = true;
  clearTimeout(timer);
  timer = setTimeout(refresh, target.type === 'radio' ? 0 : PAUSE_MS);
});
byId('region').addEventListener('change', ({ target }) => {
  if (!isReady(target)) refresh();
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(timer);
  refresh();
});
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-copies]');
  if (button) copy(button);
  const link = event.target.closest('[data-region]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  byId('region').value = link.dataset.region;
  byId('region').focus();
  refresh();
});
revealButtons();
