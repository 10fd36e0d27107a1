import { html } from 'lit/html.js';
import type { Drawing } from '../drawing.js';
import type { Reader } from '../view.js';
import { distinct } from './sources.js';
import { readTrend } from './trend-answer.js';
import { courseOf } from './trend-course.js';
import { keysOf } from './trend-keys.js';
import { pictureOf } from './trend-picture.js';
import { scaleOf } from './trend-scale.js';
import { entryOf, numberOf, sentenceOf, telling } from './trend-sentence.js';
import { TREND_WORDS } from './trend-words.js';

export { styles } from './trend-styles.js';

/** Coverage over time; null where the answer is half or odd. */
export function draw(answer: unknown, reader: Reader): Drawing | null {
  const trend = readTrend(answer);
  if (!trend) return null;
  const { name, coverageSeries } = trend;
  const { language, words, format } = reader;
  const { title, columns } = TREND_WORDS[language];
  const course = courseOf(trend);
  const scale = scaleOf(course);
  const [main] = course.line;
  const caption = `${title}, ${name}`;
  return {
    title: main ? `${title} · ${main.indicator.shortName[language]}` : title,
    name,
    picture: main
      ? html`<div class="trend">
          ${pictureOf(course, scale, `${caption}: ${sentenceOf(telling(course.line), reader)}`, reader)}
          <ul class="small">${keysOf(course, scale.ticks[0] ?? 0, reader)}</ul>
        </div>`
      : html`<p>${words.noFigure}</p>`,
    table: {
      caption,
      columns,
      rows: coverageSeries.map((figure) => [
        format.date(figure.date),
        numberOf(figure, reader),
        figure.indicator.shortName[language],
        [entryOf(figure, reader).details, ...entryOf(figure, reader).remarks].filter(Boolean).join(' · '),
      ]),
    },
    sources: distinct(coverageSeries.flatMap((figure) => figure.sources)),
  };
}
