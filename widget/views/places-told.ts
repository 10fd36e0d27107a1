import { html, type TemplateResult } from 'lit/html.js';
import type { Table } from '../drawing.js';
import { type Reader, viewOf } from '../view.js';
import { line } from './line.js';
import { type Place, type Places, STANDINGS } from './places.js';
import { PLACES_WORDS } from './places-words.js';

/** A region, and its figure in words. */
export interface Told extends Place {
  /** `sekitar 21%`, or why there is no number. */
  readonly value: string;
  /** `12 Okt 2024`; empty without a figure. */
  readonly date: string;
  /** `UCJ`; empty without a figure. */
  readonly definition: string;
  /** `Angka sementara · tidak sebanding langsung` */
  readonly remarks: string;
}

export function tell(place: Place, { words, ...reader }: Reader): Told {
  const { coverage, standing } = place;
  const { main } = viewOf({ region: place, context: [], edition: null, isStale: false }, { words, ...reader });
  const isApart = standing === 'notComparable' || standing === 'unstated';
  const remarks = [
    ...main.remarks.filter((remark) => remark !== words.unstated), // the definition says so
    ...(coverage?.percent && coverage.percent > 100 ? [words.OVER_100] : []),
    ...(isApart ? [words.notComparable] : []),
  ];
  return {
    ...place,
    value: `${main.qualifier} ${main.value}`.trim(),
    date: coverage ? reader.format.date(coverage.date) : '',
    definition: coverage?.indicator.shortName[reader.language] ?? '',
    remarks: line(...new Set(remarks)),
  };
}

/** By which definition how many of the regions are compared, and whether their dates differ; empty where none are. */
export function summary({ yardstick, places }: Places, { language, words }: Reader): string {
  const own = PLACES_WORDS[language];
  const dates = places.flatMap(({ standing, coverage }) => (standing === 'sameDefinition' ? `${coverage?.date}` : []));
  return yardstick && dates.length > 0
    ? line(
        `${own.definition}: ${yardstick.indicator.shortName[language]}`,
        `${own.region}: ${dates.length} ${words.outOf} ${places.length}`,
        new Set(dates).size > 1 ? own.datesDiffer : '',
      )
    : '';
}

/** Regions in the order they came, apart by what keeps them from being ranked or shaded; mere names in running text. */
export function listing(told: readonly Told[], { words }: Reader): TemplateResult[] {
  return STANDINGS.flatMap((standing) => {
    const those = told.filter((each) => each.standing === standing);
    if (those.length === 0) return [];
    return html`<p class="why">${words[standing]} <span class="small">${those.length}</span></p>
      ${
        standing === 'noFigure'
          ? html`<p class="small">${line(...those.map(({ name }) => name))}</p>`
          : html`<ul>
              ${those.map(
                ({ name, value, coverage, date, definition, remarks }) => html`<li>
                  ${name} <b>${coverage?.percent == null ? '' : value}</b>
                  <span class="small">${line(date, definition, remarks)}</span>
                </li>`,
              )}
            </ul>`
      }`;
  });
}

/** The regions as rows. */
export function table(caption: string, told: readonly Told[], { language }: Reader): Table {
  const { region, coverage, date, definition, remarks } = PLACES_WORDS[language];
  return {
    caption,
    columns: [region, coverage, date, definition, remarks],
    rows: told.map(({ name, value, date, definition, remarks }) => [name, value, date, definition, remarks]),
  };
}
