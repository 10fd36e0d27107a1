import { html, type TemplateResult } from 'lit/html.js';
import { bar } from '../bar.js';
import type { Drawing } from '../drawing.js';
import type { Reader } from '../view.js';
import { line } from './line.js';
import { type Place, readPlaces } from './places.js';
import { listing, summary, type Told, table, tell } from './places-told.js';
import { PLACES_WORDS } from './places-words.js';
import { distinct } from './sources.js';

export { rankingStyles as styles } from './ranking-styles.js';

/** The regions right below one, the best covered first; null where that is not what the API answered. */
export function draw(answer: unknown, reader: Reader): Drawing | null {
  const all = readPlaces(answer);
  if (!all) return null;
  const ranked = rank(all.places).map(({ place, rank }) => ({ rank, told: tell(place, reader) }));
  const told = ranked.map((each) => each.told);
  const ranks = ranked.map((each) => each.rank);
  const { ranking: title, rank: head } = PLACES_WORDS[reader.language];
  const { caption, columns, rows } = table(`${title}, ${all.name}`, told, reader);
  const after = ([first = '', ...others]: readonly string[], cell: string) => [first, cell, ...others];
  return {
    title,
    name: all.name,
    picture: html`<div class="ranking">
      <p class="small">${summary(all, reader)}</p>
      <ol role="list">${ranked.map(({ rank, told }) => (rank === null ? '' : row(rank, told)))}</ol>
      ${listing(
        told.filter((_, at) => ranks[at] === null),
        reader,
      )}
    </div>`,
    table: {
      caption,
      columns: after(columns, head),
      rows: rows.map((row, at) => after(row, `${ranks[at] ?? ''}`)),
    },
    sources: distinct(all.places.flatMap(({ coverage }) => coverage?.sources ?? [])),
  };
}

/**
 * Comparable figures from the highest, then the others by their code. Figures that read alike share a rank: beyond two
 * decimals nothing is shown, so nothing is decided. What is withheld has no rank, which would tell its size.
 */
export function rank(places: readonly Place[]): { readonly place: Place; readonly rank: number | null }[] {
  const shownOf = ({ coverage }: Place) => Number((coverage?.percent ?? 0).toFixed(2));
  const compared = places.filter(({ standing }) => standing === 'sameDefinition');
  const others = places.filter(({ standing }) => standing !== 'sameDefinition');
  const rankOf = (place: Place) => 1 + compared.filter((other) => shownOf(other) > shownOf(place)).length;
  return [
    ...compared.map((place) => ({ place, rank: rankOf(place) })).sort((a, b) => a.rank - b.rank),
    ...others.map((place) => ({ place, rank: null })),
  ];
}

function row(rank: number, { coverage, row: [name, value, date, , remarks] }: Told): TemplateResult {
  return html`<li class="place">
    <span class="rank">${rank}</span>
    <span class="who">${name}</span>
    <b>${value}</b>
    ${bar(coverage?.percent ?? null)}
    <span class="when small">${line(date, remarks)}</span>
  </li>`;
}
