import { html, type TemplateResult } from 'lit/html.js';
import { bar } from './bar.js';
import { type Entry, wholeValue } from './view.js';

/** The figure of a region, and those of other regions below it. */
export function figures(main: Entry, rows: readonly Entry[]): TemplateResult {
  const { qualifier, value, isNumber, isWithheld, what, asAt, details, remarks, drawn, aim } = main;
  return html`
    <p class="figure" part="figure">
      <span class="qualifier" part="qualifier">${qualifier}</span>
      <b class=${isNumber ? 'number' : 'qualifier'} part="number">${value}</b>
      <span part="what">${isNumber ? html`${what}, <span class="whole">${asAt}</span>` : ''}</span>
    </p>
    ${isNumber || isWithheld ? bar(drawn, `${wholeValue(main)} / 100%`, aim) : ''}
    <p class="small" part="definition">${details}</p>
    <p class="notes">${remarks.map((remark) => html`<span class="note" part="note">${remark}</span>`)}</p>
    <dl part="context">${rows.map(row)}</dl>
  `;
}

function row(entry: Entry): TemplateResult {
  const { name, details, drawn } = entry;
  return html`<div part="row">
    <dt>${name}</dt>
    <dd>${wholeValue(entry)}</dd>
    <dd class="small">${details}${drawn === null ? '' : bar(drawn)}</dd>
  </div>`;
}
