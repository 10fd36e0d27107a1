import { onLanguage, pageLanguage } from './language.js';

/** The text of schema/operations/region-search.graphql; a test compares them. */
const REGION_SEARCH = `query RegionSearch($search: String!) {
  regions(search: $search, first: 12) {
    nodes {
      code
      name
      level
      kind
      parent {
        name
      }
    }
  }
}
`;

const WORDS = {
  id: {
    found: (count) => (count === 0 ? 'Tidak ada daerah yang cocok.' : `${count} daerah; pilih dengan panah dan Enter.`),
    chosen: (name) => `Dipilih: ${name}.`,
    failed: 'Pencarian sedang tidak dapat dihubungi. Anda masih dapat menulis kode, misalnya 19.03, lalu Enter.',
    copied: 'Tersalin.',
    select: 'Sudah dipilih: salin dengan Ctrl+C.',
  },
  en: {
    found: (count) => (count === 0 ? 'No region matches.' : `${count} regions; choose with the arrows and Enter.`),
    chosen: (name) => `Chosen: ${name}.`,
    failed: 'The search cannot be reached right now. You may still write a code, such as 19.03, and press Enter.',
    copied: 'Copied.',
    select: 'Selected: copy with Ctrl+C.',
  },
};

const KINDS = { KECAMATAN: 'Kecamatan', DESA: 'Desa', KELURAHAN: 'Kelurahan', DESA_ADAT: 'Desa adat' };

const PAUSE_MS = 200;

const byId = (id) => document.getElementById(id);
const input = byId('search');
const list = byId('found');
const preview = byId('preview');
const words = () => WORDS[pageLanguage()];

let chosen = { code: '19.01', name: 'Kabupaten Bangka' };
let options = [];
let active = -1;
let asking = new AbortController();
let timer = 0;

/** The regions that fit a text; rejects when the API does not answer. */
async function search(text, signal) {
  const query = new URLSearchParams({ query: REGION_SEARCH, variables: JSON.stringify({ search: text }) });
  const response = await fetch(`/graphql?${query}`, { signal });
  const { data } = await response.json();
  return data.regions.nodes;
}

async function suggest() {
  const text = input.value.trim();
  asking.abort();
  asking = new AbortController();
  if (!text) return close();
  try {
    options = await search(text, asking.signal);
    open();
    byId('search-note').textContent = words().found(options.length);
  } catch (error) {
    if (error.name === 'AbortError') return;
    close();
    byId('search-note').textContent = words().failed;
  }
}

function open() {
  active = -1;
  list.replaceChildren(...options.map(optionOf));
  list.hidden = options.length === 0;
  input.setAttribute('aria-expanded', String(!list.hidden));
  input.removeAttribute('aria-activedescendant');
}

/** No suggestions, and none on the way. */
function close() {
  clearTimeout(timer);
  asking.abort();
  options = [];
  open();
}

function optionOf(region, index) {
  const item = document.createElement('div');
  const place = document.createElement('small');
  place.textContent = [KINDS[region.kind], region.parent?.name, region.code].filter(Boolean).join(' · ');
  item.append(region.name, place);
  item.id = `found-${index}`;
  item.setAttribute('role', 'option');
  item.setAttribute('aria-selected', 'false');
  item.addEventListener('mousedown', (event) => event.preventDefault());
  item.addEventListener('click', () => choose(region));
  return item;
}

function highlight(index) {
  active = (index + options.length) % options.length;
  [...list.children].forEach((item, at) => {
    item.setAttribute('aria-selected', String(at === active));
  });
  input.setAttribute('aria-activedescendant', `found-${active}`);
  list.children[active].scrollIntoView({ block: 'nearest' });
}

function choose(region) {
  chosen = region;
  input.value = region.name;
  close();
  byId('search-note').textContent = words().chosen(region.name);
  show();
}

async function chooseTyped() {
  const code = input.value.trim();
  if (active >= 0) choose(options[active]);
  else if (/^\d\d(\.\d\d){0,2}(\.\d{4})?$/.test(code)) choose({ code, name: code });
  else if (options.length > 0) choose(options[0]);
  else if (code) {
    clearTimeout(timer);
    await suggest();
    if (input.value.trim() === code && options.length > 0) choose(options[0]);
  }
}

/** Attributes of the tag as chosen; what is left at its default is not written. */
function attributes() {
  const pinned = byId('pin').checked ? aMinuteAgo() : '';
  const all = { region: chosen.code, lang: byId('lang').value, theme: byId('theme').value, 'as-of': pinned };
  return Object.entries(all).filter(([, value]) => value);
}

/** The edition of today, as an instant: the day alone would mean its end. Clocks of readers may run ahead a little. */
function aMinuteAgo() {
  return `${new Date(Date.now() - 60_000).toISOString().slice(0, 19)}Z`;
}

function show() {
  for (const name of ['lang', 'theme', 'as-of']) preview.removeAttribute(name);
  for (const [name, value] of attributes()) preview.setAttribute(name, value);
  for (const link of document.querySelectorAll('[data-builder]')) link.href = builderAddress(link.dataset.lang);
  byId('snippet').value = snippet();
  byId('copied').textContent = '';
}

/** Where there is more to choose, with what is chosen here. */
function builderAddress(language) {
  return `/builder?${new URLSearchParams([...attributes(), ['page-lang', language]])}`;
}

function snippet() {
  const tag = attributes()
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
  return `<script type="module" src="${location.origin}/widget/v1/coverage-widget.js"></script>
<coverage-widget${tag}>
  <a href="${location.origin}/">Cakupan jaminan sosial ketenagakerjaan ${escapeText(chosen.name)}</a>
</coverage-widget>`;
}

function escapeText(text) {
  return text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]);
}

async function copy() {
  const area = byId('snippet');
  area.select();
  const isCopied = await navigator.clipboard?.writeText(area.value).then(
    () => true,
    () => false,
  );
  byId('copied').textContent = isCopied ? words().copied : words().select;
}

const KEYS = {
  ArrowDown: () => options.length > 0 && highlight(active + 1),
  ArrowUp: () => options.length > 0 && highlight(active < 0 ? -1 : active - 1),
  Enter: chooseTyped,
  Escape: close,
};

input.addEventListener('input', () => {
  close(); // suggestions for an earlier text must not be chosen
  timer = setTimeout(suggest, PAUSE_MS);
});
input.addEventListener('keydown', (event) => {
  if (!Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});
input.addEventListener('blur', close);
byId('choices').addEventListener('submit', (event) => event.preventDefault());
for (const id of ['lang', 'theme', 'pin']) byId(id).addEventListener('change', show);
byId('copy').addEventListener('click', copy);
onLanguage(() => {
  for (const note of document.querySelectorAll('.note')) note.textContent = '';
});
show();
