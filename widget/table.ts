import { html, type TemplateResult } from 'lit/html.js';
import type { Table } from './drawing.js';

/** The rules of a table, beside those of the card. */
export const styles = `
  .scroll {
    max-height: 20em;
    overflow: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 0.3em 0.6em 0.3em 0;
    border-bottom: 1px solid var(--line);
    text-align: start;
    vertical-align: top;
  }
`;

/** The figures of a view as a table, loaded when somebody opens it. */
export function draw({ caption, columns, rows }: Table): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${caption}><table>
    <tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr>
    ${rows.map(([head, ...cells]) => html`<tr><th scope="row">${head}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
  </table></div>`;
}
