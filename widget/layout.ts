import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Answer, Reading, Refusal, Source } from './answer.js';
import { figures } from './card.js';
import type { Drawing, Table, ViewModule } from './drawing.js';
import { room } from './room.js';
import { type Entry, editionOf, entryOf, type Reader, viewOf, wholeValue } from './view.js';
import type { Words } from './words.js';

/** All that a tag knows when it draws. */
export interface Shown extends Reading {
  readonly code: string;
  /** Base address of the API. */
  readonly api: string;
  readonly headingLevel: string | null;
  /** How many regions stand below the one; null for views other than the card. */
  readonly rows: number | null;
  /** The answer of the newest edition, where another one is shown. */
  readonly news: Answer | undefined;
  /** How to draw what is no card, once it is loaded; null where it cannot be had. */
  readonly module: ViewModule | null | undefined;
}

/** Everything inside the tag. */
export function layout(shown: Shown, reader: Reader): TemplateResult {
  const { answer, problem, rows, module } = shown;
  const { language, words } = reader;
  const view = answer && module?.draw(answer.region, reader);
  const drawing = view ?? (answer && rows !== null ? cardOf(answer, reader) : null);
  const why = answer && module !== undefined ? words.unreachable : reasonOf(shown, words);
  const trouble = drawing ? (problem || answer?.isStale) && words.stale : why;
  return html`<section class="card" part="card" lang=${language}>
    ${room(rows)}
    <div class=${view ? 'body view' : 'body'}>
      <p class="eyebrow" part="eyebrow">${drawing ? drawing.title : words.eyebrow}</p>
      ${answer && drawing ? inside(shown, answer, drawing, reader) : html`<slot></slot>`}
      <p class="status ${trouble === words.loading ? 'small' : 'note'}" part="status" role="status">${trouble || ''}${reply(problem)}</p>
    </div>
    ${drawing ? tableOf(drawing.table, words) : html`<p class="small tab" aria-hidden="true">\u2007</p>`}
  </section>`;
}

function inside(shown: Shown, answer: Answer, { name, picture, sources }: Drawing, reader: Reader) {
  const { code, api, news, headingLevel, rows } = shown;
  const { edition } = answer;
  return html`
    ${heading(name, Number(headingLevel))}
    ${rows === null ? html`<div class="picture" part="picture" tabindex="0" role="group" aria-label=${name}>${picture}</div>` : picture}
    <footer class="small" part="footer">
      ${sourcesOf(sources, reader.words)}
      <a href="${api}/r/${code}.csv${reader.asOf ? `?asOf=${encodeURIComponent(reader.asOf)}` : ''}">Data CSV</a>
      <span part="edition">${edition && editionOf(edition, reader)}</span>
      ${news && rows !== null ? update(answer, news, `${api}/r/${code}`, reader) : nothing}
    </footer>
  `;
}

function cardOf(answer: Answer, reader: Reader): Drawing {
  const { main, rows, sources } = viewOf(answer, reader);
  const { eyebrow: title, region, figure, notes } = reader.words;
  const cellsOf = (entry: Entry) => {
    const { name, what, asAt, details, remarks } = entry;
    return [name, wholeValue(entry), [what, details || asAt, ...remarks].filter(Boolean).join(' · ')];
  };
  const table = { caption: title, columns: [region, figure, notes], rows: [main, ...rows].map(cellsOf) };
  return { title, name: main.name, picture: figures(main, rows), table, sources };
}

/** The same figures as a table: one key away. */
function tableOf({ caption, columns, rows }: Table, words: Words): TemplateResult {
  return html`<details class="small tab" part="table"><summary>${words.table}</summary>
    <div class="scroll" tabindex="0" role="group" aria-label=${caption}><table>
      <tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr>
      ${rows.map(([head, ...cells]) => html`<tr><th scope="row">${head}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
    </table></div>
  </details>`;
}

/** That a newer figure exists than the one which the tag holds on to. */
function update({ region }: Answer, news: Answer, address: string, reader: Reader) {
  const { coverage } = news.region;
  const main = entryOf(news.region, coverage, reader);
  const isNews = coverage && (coverage.date !== region.coverage?.date || coverage.percent !== region.coverage?.percent);
  return isNews
    ? html`<a href=${address} part="update">${reader.words.updated} ${wholeValue(main)} ${main.asAt}</a>`
    : nothing;
}

function heading(name: string, level: number): HTMLElement {
  const element = document.createElement(`h${level >= 1 && level <= 6 ? Math.floor(level) : 3}`);
  return Object.assign(element, { className: 'name', part: 'name', textContent: name });
}

function sourcesOf(sources: readonly Source[], { source }: Words) {
  const names = sources.map(({ publisher, url }, index) => [
    index ? ', ' : '',
    /^https?:/.test(url ?? '') ? html`<a href=${url} rel="noopener">${publisher}</a>` : publisher, // no other addresses
  ]);
  return names.length ? html`<span part="source">${source} ${names}</span>` : nothing;
}

/** What the far end says against the question, in its own language. */
function reply(problem: Refusal | undefined) {
  return problem?.code ? html` <span lang="en">${problem.message}</span>` : nothing;
}

/** Why there is no figure. */
export function reasonOf({ code, api, problem }: Shown, words: Words): string {
  if (!code || !api) return `${words.blank} ${code ? 'api' : 'region'}`;
  if (!problem) return words.loading;
  return problem.code ? `${words.refused} “${code}”.` : words.unreachable;
}
