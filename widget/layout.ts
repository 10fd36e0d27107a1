import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Answer, Reading, Refusal, Source } from './answer.js';
import { figures } from './card.js';
import type { Drawing, Table, ViewModule } from './drawing.js';
import { room } from './room.js';
import { type Entry, editionOf, type Reader, viewOf, wholeValue } from './view.js';
import type { Words } from './words.js';

/** All that a tag knows when it draws. */
export interface Shown extends Reading {
  readonly code: string;
  /** Base address of the API. */
  readonly api: string;
  readonly headingLevel: string | null;
  /** How many regions stand below the one; null for views other than the card. */
  readonly rows: number | null;
  /** Draws that the newest edition says something else, where another one is shown. */
  readonly news: ((answer: Answer, address: string, reader: Reader) => unknown) | undefined;
  /** How to draw a table, once somebody has opened it; null where that cannot be had. */
  readonly table: { draw(table: Table): TemplateResult } | null | undefined;
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
    ${drawing ? tableOf(shown, drawing, words) : html`<p class="small tab" aria-hidden="true">\u2007</p>`}
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
      <a href="${api}/builder?region=${code}">${reader.words.embed}</a>
      <span part="edition">${edition && editionOf(edition, reader)}</span>
      ${rows === null ? '' : news?.(answer, `${api}/r/${code}`, reader)}
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
function tableOf({ table }: Shown, drawing: Drawing, words: Words): TemplateResult {
  return html`<details class="small tab" part="table"><summary>${words.table}</summary>
    ${table ? table.draw(drawing.table) : table === null ? words.unreachable : ''}
  </details>`;
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
