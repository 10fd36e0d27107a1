import { html, type TemplateResult } from 'lit/html.js';

/**
 * The room that a card with so many rows takes, or another view, so that nothing on the page moves when it comes: a card
 * of blank words as long as those of a usual one, so that it wraps as that does. Never seen nor read.
 */
export function room(rows: number | null): TemplateResult {
  const row = html`<div>
    <dt>${rows === 1 ? '' : blank('8 6 7')}</dt>
    <dd>${blank('6')}</dd>
    <dd class="small">${blank(rows === 1 ? '3 1 3 3 4 1 5 7 7' : '3 1 7 7 1 3 2 3 4 1 5 7 7')}</dd>
  </div>`;
  return html`<div class="room" aria-hidden="true">
    <p class="eyebrow">${blank('7 6 15')}</p>
    <p class="name">${blank('8 6 7')}</p>
    ${rows === null ? html`<div class="picture"></div>` : card(Array(rows).fill(row))}
    <footer class="small"><span>${blank('7 6 6 6 6')}</span><span>${blank('4 6')}</span><span>${blank('6')}</span><span>${blank('5 2 3 4 4 3')}</span></footer>
  </div>`;
}

function card(rows: readonly TemplateResult[]): TemplateResult {
  return html`<p class="figure">
      <span class="qualifier">${blank('6')}</span> <b class="number">${blank('3')}</b>
      <span>${blank('7 11')} <span class="whole">${blank('2 2 3 4')}</span></span>
    </p>
    <svg class="bar"></svg>
    <p class="notes"><span class="note">${blank('8 3 7 5 9 4 6')}</span></p>
    <dl>${rows}</dl>`;
}

/** Words of so many figure spaces, each as wide as a digit. */
function blank(lengths: string): string {
  return lengths.replace(/\d+/g, (length) => '\u2007'.repeat(Number(length)));
}
