import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import { filledOf, lookOf } from './extent.js';

/**
 * A share drawn on a scale from 0 to 100: full with a mark when it is more; hatched, its length given away by nothing,
 * when it is null. The aim is a stroke across it. Without a label it is only a picture of a number beside it.
 */
export function bar(percent: number | null, label = '', aim: number | null = null): TemplateResult {
  return html`<svg class="bar ${lookOf(percent)}" part="bar" role="img" aria-label=${label} aria-hidden=${!label}>
    <rect width="${filledOf(percent)}%" height="100%" rx="5"></rect>
    ${aim === null ? nothing : svg`<rect class="aim" part="target" x="${Math.min(aim, 99)}%" width="3" height="100%"></rect>`}
  </svg>`;
}
