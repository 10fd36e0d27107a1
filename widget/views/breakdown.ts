import { html, type TemplateResult } from 'lit/html.js';
import { bar } from '../bar.js';
import type { Drawing } from '../drawing.js';
import type { Reader } from '../view.js';
import { type Told, tell } from './breakdown-told.js';
import { BREAKDOWN_WORDS } from './breakdown-words.js';
import { type Block, blocksOf, type Count, groupsOf, partsOf, readCounts } from './counts.js';
import { line } from './line.js';
import { distinct } from './sources.js';

export { breakdownStyles as styles } from './breakdown-styles.js';

/** How many are insured in which segment and programme; null where that is not what the API answered. */
export function draw(answer: unknown, reader: Reader): Drawing | null {
  const counted = readCounts(answer);
  if (!counted) return null;
  const { name } = counted;
  const blocks = blocksOf(counted.counts);
  const groups = groupsOf(counted.counts);
  const shown = [...blocks.flatMap(({ counts }) => counts), ...groups];
  const words = BREAKDOWN_WORDS[reader.language];
  const { title = '', segment, program, status, category, persons, date, remarks } = words;
  return {
    title,
    name,
    picture: html`<div class="breakdown">
      ${shown.length > 0 ? '' : reader.words.noFigure} ${blocks.map((block) => blockPicture(block, reader))}
      ${
        new Set(blocks.flatMap(({ counts }) => counts.map(({ program }) => program))).size > 1
          ? html`<p class="small">${words.notAdded}</p>`
          : ''
      }
      ${
        groups.length > 0
          ? html`<div>
              <p class="why">${words.groups}</p>
              <ul>
                ${groups.map((count) => groupRow(count, reader))}
              </ul>
            </div>`
          : ''
      }
    </div>`,
    table: {
      caption: `${title}, ${name}`,
      columns: [segment, program, status, category, persons, date, remarks].map(String),
      rows: shown.map((count) => {
        const told = tell(count, reader);
        const remarks = line(told.payer, ...told.remarks);
        return [told.segment, told.program, told.status, told.category, told.persons, told.date, remarks];
      }),
    },
    sources: distinct(shown.flatMap(({ sources }) => sources)),
  };
}

/** One date and one status: programme by programme on one scale, which is that of this block alone. */
function blockPicture({ date, counts }: Block, reader: Reader): TemplateResult {
  const rows = counts.map((count) => ({ count, told: tell(count, reader) }));
  const [first, ...others] = rows.map(({ told }) => told);
  if (!first) return html``;
  // What is to be remarked on all of them is remarked on once.
  const shared = first.remarks.filter((remark) => others.every(({ remarks }) => remarks.includes(remark)));
  const scale = others.length > 0 ? Math.max(1, ...counts.map(({ value }) => value ?? 0)) : null;
  const programs = [...new Set(rows.map(({ told }) => told.program))];
  return html`<div>
    <p class="why">${first.status}, ${reader.words.asAt} ${reader.format.date(date)}</p>
    <p class="small">${line(...shared)}</p>
    ${programs.map(
      (program) => html`<p class="program small">${program}</p>
        <ul>
          ${rows.map(({ count, told }) => (told.program === program ? row(count, told, scale, shared) : ''))}
        </ul>`,
    )}
  </div>`;
}

/** A union is an outline, not one bar more: what it holds is drawn beside it already. */
function row({ segment, value, obsStatus }: Count, told: Told, scale: number | null, shared: readonly string[]) {
  const isDrawn = scale !== null && (value !== null || obsStatus === 'Q');
  return html`<li class=${partsOf(segment)?.length === 1 ? 'part' : 'union'}>
    ${told.segment} <b>${told.persons}</b>
    ${isDrawn ? bar(value === null ? null : (100 * value) / scale) : ''}
    <span class="small">${line(told.payer, ...told.remarks.filter((remark) => !shared.includes(remark)))}</span>
  </li>`;
}

function groupRow(count: Count, reader: Reader): TemplateResult {
  const { category, persons, date, segment, program, payer, remarks } = tell(count, reader);
  return html`<li>
    ${category} <b>${persons}</b>
    <span class="small">${line(date, segment, program, payer, ...remarks)}</span>
  </li>`;
}
