import { html, type TemplateResult } from 'lit/html.js';
import type { Drawing } from '../drawing.js';
import type { Reader } from '../view.js';
import { line } from './line.js';
import { handle } from './map-focus.js';
import { type Layout, layoutOf } from './map-layout.js';
import { legend } from './map-legend.js';
import { initials, shortName } from './map-names.js';
import { shadesOf } from './map-shades.js';
import { face } from './map-tile.js';
import { readPlaces } from './places.js';
import { listing, summary, type Told, table, tell } from './places-told.js';
import { PLACES_WORDS } from './places-words.js';
import { distinct } from './sources.js';

export { mapStyles as styles } from './map-styles.js';

/** The regions right below one as tiles of a grid; null where that is not what the API answered. */
export function draw(answer: unknown, reader: Reader): Drawing | null {
  const all = readPlaces(answer);
  if (!all) return null;
  const words = PLACES_WORDS[reader.language];
  const told = all.places.map((place) => tell(place, reader));
  const { rows, left } = layoutOf(told);
  const caption = `${words.map}, ${all.name}`;
  return {
    title: words.map,
    name: all.name,
    picture: html`<div class="map">
      <p class="small">${summary(all, reader)}</p>
      ${rows.length > 0 ? grid(rows, caption, reader) : ''}
      ${left.length > 0 ? html`<p class="why small">${words.withoutTile}</p>` : ''}
      ${listing(left, reader)}
    </div>`,
    table: table(caption, told, reader),
    sources: distinct(all.places.flatMap(({ coverage }) => coverage?.sources ?? [])),
  };
}

/**
 * A grid, not a list or a group of buttons: where a region lies is told by row and column, its arrow keys are those of
 * the map, and screen readers hand them to us there. A tile says its name and value, as text that is not seen and not
 * as a label, which would have to hold the abbreviations too (WCAG 2.5.3); the line below, the rest.
 */
function grid(rows: Layout<Told>['rows'], caption: string, reader: Reader): TemplateResult {
  const tiles = rows.flat().flatMap((told) => told ?? []);
  const compared = tiles.filter(({ standing }) => standing === 'sameDefinition');
  const shades = shadesOf(compared.map(({ coverage }) => coverage?.percent ?? 0));
  const faceOf = (told: Told) => face(told, shades, reader);
  const tile = (told: Told) => {
    const { look, sign, number } = faceOf(told);
    const [name, value] = told.row;
    return html`<span class="tile ${look}" role="gridcell" tabindex="-1"
      ><span class="said">${name}: ${value}</span><span class="brief" aria-hidden="true">${initials(name)}</span
      ><span class="usual" aria-hidden="true">${shortName(name)}</span><b aria-hidden="true">${sign}${number}</b></span
    >`;
  };
  return html`<div
      class="tiles"
      role="grid"
      aria-label=${caption}
      tabindex="0"
      @keydown=${handle}
      @focusin=${handle}
      @focusout=${handle}
      @pointerover=${handle}
    >
      ${rows.map(
        (row) => html`<div role="row">
          ${row.map((told) => (told ? tile(told) : html`<div role="gridcell"></div>`))}
        </div>`,
      )}
    </div>
    <p class="line" aria-live="polite">
      ${tiles.map(
        ({ row: [name, value, ...details] }, at) =>
          html`<span ?hidden=${at > 0}
            ><b aria-hidden="true">${name}: ${value}</b> <span class="small">${line(...details)}</span></span
          >`,
      )}
    </p>
    ${legend(tiles.map(faceOf), shades, reader)}`;
}
