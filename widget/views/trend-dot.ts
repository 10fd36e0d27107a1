import { svg, type TemplateResult } from 'lit/html.js';

/** What stands for a figure: full for the main definition; hollow for others, square and round in turn. */
export function dot(definition: number): TemplateResult {
  return svg`<rect class=${definition ? 'hollow' : 'dot'} x="-4" y="-4" width="8" height="8" rx=${definition % 2 ? 0 : 4}></rect>`;
}
