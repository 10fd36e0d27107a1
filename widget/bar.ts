import { html, type TemplateResult } from 'lit';
import { filledOf, lookOf } from './extent.js';

/**
 * A share drawn on a scale from 0 to 100: full with a mark when it is more; hatched, its length given away by nothing,
 * when it is null. Without a label it is only a picture of a number beside it.
 */
export function bar(percent: number | null, label = ''): TemplateResult {
  const look = lookOf(percent);
  const filled = filledOf(percent);
  return html`<svg class="bar ${look}" part="bar" role="img" aria-label=${label} aria-hidden=${!label}>
    <rect width="${filled}%" height="100%" rx="5"></rect>
  </svg>`;
}
