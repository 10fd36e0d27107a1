import { html, type TemplateResult } from 'lit/html.js';
import type { Reader } from '../view.js';
import type { Shades } from './map-shades.js';
import { type Face, SIGNS, shadeClass } from './map-tile.js';
import { STANDINGS } from './places.js';

/** The shades with their bounds, and every other look that occurs among these tiles. */
export function legend(faces: readonly Face[], shades: Shades, { words, format }: Reader): TemplateResult {
  const seen = faces.map(({ look }) => look).join(' ');
  const swatch = (look: string, text: string, sign = '') =>
    html`<span><i class="tile ${look}" aria-hidden="true">${sign}</i> ${text}</span>`;
  return html`<p class="legend small">
    ${Array.from({ length: shades.count }, (_, at) => {
      const from = shades.start + at * shades.step;
      return swatch(shadeClass(at, shades), `${from}–${format.percent(from + shades.step, null)}`);
    })}
    ${STANDINGS.slice(1).map((standing) => (seen.includes(standing) ? swatch(standing, words[standing], SIGNS[standing]) : ''))}
    ${seen.includes('OVER_100') ? swatch('OVER_100', words.OVER_100) : ''}
  </p>`;
}
