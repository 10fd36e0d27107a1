import { html, svg, type TemplateResult } from 'lit/html.js';
import type { Reader } from '../view.js';
import { type Course, isBreak, type Spot } from './trend-course.js';
import { dot } from './trend-dot.js';
import { placeLabels } from './trend-labels.js';
import type { Scale } from './trend-scale.js';
import { isNumber, numberOf, telling } from './trend-sentence.js';

/** The line with its points, breaks and gaps. It has no size of its own: places are in percent, words as large as the card's. */
export function pictureOf(course: Course, { x, y, ticks }: Scale, sentence: string, reader: Reader): TemplateResult {
  const { spots, line, joints, marks, targets } = course;
  const at = (spot: Spot): [number, number] => [x(spot.at), y(Number(spot.percent))];
  const across = (look: string, from: number, percent: number) => rule(look, from, y(percent), 100, y(percent));
  const down = (look: string, instant: number) => rule(look, x(instant), 0, x(instant), 100);
  const labels = placeLabels(
    [...new Set([...[...telling(line)].reverse(), ...spots])].map((spot) => ({
      x: x(spot.at),
      y: y(spot.percent ?? 0),
      text: spot.percent === null ? '' : numberOf(spot, reader),
      date: reader.format.date(spot.date),
      look: spot.definition ? '' : 'main',
    })),
  );
  return html`<svg class="course" role="img" aria-label=${sentence}>
    ${ticks.map((tick, index) => [
      across(index && tick !== 100 ? '' : 'base', 0, tick),
      svg`<text x="-2.5em" y="${y(tick)}%" dy=".3em">${reader.format.percent(tick, null)}</text>`,
    ])}
    ${marks.map((mark) => down(isBreak(mark) ? 'mark warn' : 'mark', mark.at))}
    ${targets.map(({ percent }) => across('mark warn', 75, Number(percent)))}
    ${line.map((spot) => (spot.percent === null ? down('gap', spot.at) : ''))}
    ${joints.map(([one, other]) => rule('line', ...at(one), ...at(other)))}
    ${spots.filter(isNumber).map(
      (spot) => svg`<svg x="${at(spot)[0]}%" y="${at(spot)[1]}%">
      ${spot.qualifier || spot.approximate ? svg`<circle r="7"></circle>` : ''}${dot(spot.definition)}
    </svg>`,
    )}
    ${placeLabels(marks.map((mark, index) => ({ x: x(mark.at), y: 0, text: `${index + 1}`, date: '' }))).map(
      ({ wanted: { x, text } }) => svg`<text x="${x}%" dy="-.5em" text-anchor="middle">${text}</text>`,
    )}
    ${labels.map(
      ({
        wanted: { x, y, text, date, look },
        anchor,
        isBelow,
        width,
      }) => svg`<g class="w${width}" text-anchor=${anchor}>
      <text class=${look} x="${x}%" y="${y}%" dy=${isBelow ? '1.5em' : '-.75em'}>${text}</text>
      <text x="${x}%" y="100%" dy="1.6em">${date}</text>
    </g>`,
    )}
  </svg>`;
}

function rule(look: string, x1: number, y1: number, x2: number, y2: number): TemplateResult {
  return svg`<line class=${look} x1="${x1}%" y1="${y1}%" x2="${x2}%" y2="${y2}%"></line>`;
}
