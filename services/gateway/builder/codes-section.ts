import { attributesOf, EDITIONS, type EditionName } from './choices.js';
import { editionField } from './choices-form.js';
import { FORMS, type FormName } from './codes.js';
import { type Html, html } from './html.js';
import type { Lack, PageFacts } from './page-facts.js';
import { WORDS, type Words } from './words.js';

/** Of our own protocol (contract 5): a frame becomes as high as what is in it, and is told so. */
export const LISTENER = `<script>
addEventListener('message', ({ data, source }) => {
  const frame = [...document.querySelectorAll('iframe')].find(({ contentWindow }) => contentWindow === source);
  if (!frame || data?.type !== 'coverage-widget:height') return;
  frame.height = data.height;
  source.postMessage({ type: 'coverage-widget:ack' }, '*');
});
</script>`;

/** The tag itself with what was chosen; without scripts what stands inside it. */
export function previewSection(facts: PageFacts): Html {
  const { choices, meant, codes } = facts;
  const words = WORDS[choices.pageLanguage];
  return html`<section class="preview" aria-labelledby="preview-title">
  <h2 id="preview-title">${words.preview}</h2>
  ${editionField(facts)}
  <div class="stage ${choices.theme}" id="stage">${meant.place && codes && html`<coverage-widget${attributesOf(meant.place.code, { ...choices, headingLevel: '3' }, choices.edition).map(([name, value]) => html` ${name}="${value}"`)}>${insideOf(codes[choices.edition].tag)}</coverage-widget>`}</div>
</section>`;
}

/** What a code has between its tags, as markup again: it was escaped when it was made. */
function insideOf(tag: string): Html {
  const [, markup = ''] = /<coverage-widget[^>]*>([\s\S]*)<\/coverage-widget>/.exec(tag) ?? [];
  return { markup };
}

/** Every form of the figure to be copied, for each of the two editions. */
export function codesSection({ choices, codes, lacks, until }: PageFacts): Html {
  const words = WORDS[choices.pageLanguage];
  const named = { newest: words.editions.newest, pinned: `${words.editions.pinned} ${until}` };
  if (codes === null)
    return html`<section class="codes" id="codes" aria-labelledby="codes-title"><h2 id="codes-title">${words.codes}</h2><p class="hint">${words.noCodes}</p></section>`;
  return html`<section class="codes" id="codes" aria-labelledby="codes-title">
  <h2 id="codes-title">${words.codes}</h2>
  ${EDITIONS.map((edition) => lackOf(lacks?.[edition] ?? null, edition, words))}
  <div class="boxes">${FORMS.map((form) => boxOf(form, words, named, (edition) => codes[edition][form]))}</div>
  <p class="hint">${words.cardOnly}</p>
</section>`;
}

function lackOf(lack: Lack | null, edition: EditionName, words: Words): Html {
  return lack === null ? html`` : html`<p class="trouble for-${edition}">${words.lacks[lack]}</p>`;
}

function boxOf(
  form: FormName,
  words: Words,
  named: Readonly<Record<EditionName, string>>,
  codeOf: (edition: EditionName) => string,
): Html {
  return html`<article class="box ${form}" aria-labelledby="box-${form}">
    <h3 id="box-${form}">${words.forms[form]}</h3>
    <p class="hint">${words.formNotes[form]}</p>
    ${EDITIONS.map((edition) => html`<div class="for-${edition}">${copyable(`code-${form}-${edition}`, `${words.forms[form]}, ${lower(named[edition])}`, codeOf(edition), words)}</div>`)}
    ${form === 'frame' && html`<details><summary>${words.listener}</summary>${copyable('code-listener', words.listener, LISTENER, words)}</details>`}
  </article>`;
}

/** Text to copy: selected by hand, or by its button, which is there once the script is. */
export function copyable(id: string, name: string, text: string, words: Words): Html {
  const rows = Math.max(text.split('\n').length, Math.ceil(text.length / 70));
  return html`<div class="copyable">
    <textarea id="${id}" aria-label="${name}" rows="${Math.min(rows, 14)}" readonly spellcheck="false">
${text}</textarea>
    <p class="actions"><button type="button" data-copies="${id}" aria-label="${words.copy}: ${name}" hidden>${words.copy}</button> <span class="note" role="status" data-copied="${words.copied}" data-selected="${words.selected}"></span></p>
  </div>`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
