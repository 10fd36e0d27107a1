import { html, type TemplateResult } from 'lit/html.js';
import type { Table } from '../drawing.js';
import { entryOf, type Reader, wholeValue } from '../view.js';
import { line } from './line.js';
import { type Place, type Places, STANDINGS } from './places.js';
import { PLACES_WORDS } from './places-words.js';

/** A region, and its figure in words. */
export interface Told extends Place {
  /** As the table has it: name, `sekitar 21%` or why there is no number, `12 Okt 2024`, `UCJ`, remarks. */
  readonly row: readonly [name: string, value: string, date: string, definition: string, remarks: string];
}

export function tell(place: Place, reader: Reader): Told {
  const { name, coverage, standing } = place;
  const { words, format, language } = reader;
  const main = entryOf(place, coverage, reader);
  const isApart = standing === 'notComparable' || standing === 'unstated';
  const remarks = new Set([
    ...main.remarks.filter((remark) => remark !== words.unstated), // the definition says so
    (coverage?.percent ?? 0) > 100 ? words.OVER_100 : '',
    isApart ? words.notComparable : '',
  ]);
  const date = coverage ? format.date(coverage.date) : '';
  return {
    ...place,
    row: [name, wholeValue(main), date, coverage?.indicator.shortName[language] ?? '', line(...remarks)],
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
                ({ coverage, row: [name, value, ...details] }) => html`<li>
                  ${name} <b>${coverage?.percent == null ? '' : value}</b>
                  <span class="small">${line(...details)}</span>
                </li>`,
              )}
            </ul>`
      }`;
  });
}

/** The regions as rows. */
export function table(caption: string, told: readonly Told[], { language }: Reader): Table {
  const { region, coverage, date, definition, remarks } = PLACES_WORDS[language];
  return { caption, columns: [region, coverage, date, definition, remarks], rows: told.map(({ row }) => row) };
}
