import { html, svg, type TemplateResult } from 'lit/html.js';
import type { Reader } from '../view.js';
import { type Course, isBreak, type Spot } from './trend-course.js';
import { dot } from './trend-dot.js';
import { entryOf, numberOf, sentenceOf, telling } from './trend-sentence.js';
import { TREND_WORDS } from './trend-words.js';

/** What the marks of the picture mean, and what must be known to read it. */
export function keysOf(
  { spots, line, joints, marks, targets }: Course,
  bottom: number,
  reader: Reader,
): TemplateResult[] {
  const { language, words, format } = reader;
  const nameOf = (spot: Spot) => (spot.definition ? spot.indicator.shortName[language] : numberOf(spot, reader));
  const named = spots.filter(({ definition, percent }) => definition || percent === null);
  const notes = [
    bottom > 0 && `${TREND_WORDS[language].cut} ${format.percent(bottom, null)}`,
    joints.flat().some(({ denominator }) => denominator === null) && words.noDenominator,
    ...line.flatMap((spot) => entryOf(spot, reader).remarks),
  ];
  return [
    ...[...new Set(named.map(nameOf))].map((name) => {
      const own = telling(named.filter((spot) => nameOf(spot) === name));
      const definition = own[0]?.definition;
      return definition
        ? key(dot(definition), name, `${sentenceOf(own, reader)} (${words.notComparable})`)
        : key(
            svg`<line class="gap" y1="-6" y2="6"></line>`,
            name,
            own.map(({ date }) => format.date(date)).join(' … '),
          );
    }),
    ...targets.map(({ due, percent }) =>
      key(
        svg`<line class="mark warn" x1="-6" x2="6"></line>`,
        `Target ${format.date(due)}`,
        format.percent(Number(percent), null),
      ),
    ),
    ...marks.map((mark, index) =>
      key(
        svg`<text y="6" text-anchor="middle">${index + 1}</text>`,
        format.date(mark.date),
        `${mark.note[language]} ${isBreak(mark) ? words.SERIES_BREAK : ''}`,
      ),
    ),
    ...[...new Set(notes)].map((note) => (note ? html`<li>${note}</li>` : html``)),
  ];
}

function key(sign: TemplateResult, name: string, words: string): TemplateResult {
  return html`<li class="key"><svg viewBox="-6 -6 12 12">${sign}</svg><span><b>${name}</b> ${words}</span></li>`;
}
