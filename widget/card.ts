import { html, type TemplateResult } from 'lit';
import type { Source } from './answer.js';
import { bar } from './bar.js';
import type { Entry, View } from './view.js';
import type { Words } from './words.js';

/** The card of one region; `address` is where its figures lie as data. */
export function card(
  { main, rows, sources, edition }: View,
  words: Words,
  headingLevel: number,
  address: string,
): TemplateResult {
  const { name, qualifier, value, isNumber, isWithheld, what, asAt, details, remarks, drawn } = main;
  return html`
    ${heading(name, headingLevel)}
    <p class="figure" part="figure">
      <span class="qualifier" part="qualifier">${qualifier}</span>
      <b class=${isNumber ? 'number' : 'qualifier'} part="number">${value}</b>
      <span part="what">${isNumber ? html`${what}, <span class="whole">${asAt}</span>` : ''}</span>
    </p>
    ${isNumber || isWithheld ? bar(drawn, `${wholeValue(main)} / 100%`) : ''}
    <p class="small" part="definition">${details}</p>
    <p class="notes">${remarks.map((remark) => html`<span class="note" part="note">${remark}</span>`)}</p>
    <dl part="context">${rows.map(row)}</dl>
    <footer class="small" part="footer">
      ${sources.length ? html`<span part="source">${words.source} ${sources.map(source)}</span>` : ''}
      <a href=${address}>Data (JSON)</a>
      <span part="edition">${edition}</span>
    </footer>
  `;
}

/**
 * The room a card with so many rows takes, so that nothing on the page moves when it comes: a card of blank words as
 * long as those of a usual one, so that it wraps as that does. Never seen nor read.
 */
export function room(rows: number): TemplateResult {
  const row = html`<div>
    <dt>${rows > 1 ? blank('8 6 7') : ''}</dt>
    <dd>${blank('6')}</dd>
    <dd class="small">${blank(rows > 1 ? '3 1 7 7 1 3 2 3 4 1 5 7 7' : '3 1 3 3 4 1 5 7 7')}</dd>
  </div>`;
  return html`<div class="room" aria-hidden="true">
    <p class="eyebrow">${blank('7 6 15')}</p>
    <p class="name">${blank('8 6 7')}</p>
    <p class="figure">
      <span class="qualifier">${blank('6')}</span> <b class="number">${blank('3')}</b>
      <span>${blank('7 11')} <span class="whole">${blank('2 2 3 4')}</span></span>
    </p>
    <svg class="bar"></svg>
    <p class="notes"><span class="note">${blank('8 3 7 5 9 4 6')}</span></p>
    <dl>${Array(rows).fill(row)}</dl>
    <footer class="small"><span>${blank('7 6 6 6 6')}</span><span>${blank('4 6')}</span><span>${blank('5 2 3 4 4 3')}</span></footer>
  </div>`;
}

/** Words of so many figure spaces, each as wide as a digit. */
function blank(lengths: string): string {
  return lengths.replace(/\d+/g, (length) => '\u2007'.repeat(Number(length)));
}

function heading(name: string, level: number): HTMLElement {
  const element = document.createElement(`h${level >= 1 && level <= 6 ? Math.floor(level) : 3}`);
  return Object.assign(element, { className: 'name', part: 'name', textContent: name });
}

function row(entry: Entry): TemplateResult {
  const { name, details, drawn } = entry;
  return html`<div part="row">
    <dt>${name}</dt>
    <dd>${wholeValue(entry)}</dd>
    <dd class="small">${details}${drawn === null ? '' : bar(drawn)}</dd>
  </div>`;
}

function wholeValue({ qualifier, value }: Entry): string {
  return `${qualifier} ${value}`.trim();
}

/** Linked only where the address is one of the web. */
function source({ publisher, url }: Source, index: number) {
  const name = /^https?:/.test(url ?? '') ? html`<a href=${url} rel="noopener">${publisher}</a>` : publisher;
  return [index ? ', ' : '', name];
}
