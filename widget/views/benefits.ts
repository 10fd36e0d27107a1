import { html, type TemplateResult } from 'lit/html.js';
import { bar } from '../bar.js';
import type { Drawing } from '../drawing.js';
import type { Reader } from '../view.js';
import { remarkOn } from '../words.js';
import { type Disbursement, type Paid, readBenefits } from './benefits-answer.js';
import { type Block, blocksOf, isPart } from './benefits-blocks.js';
import { amountOf, casesOf, nameOf, periodOf, personsOf, placingOf } from './benefits-told.js';
import { benefitsWords } from './benefits-words.js';
import { line } from './line.js';
import { distinct } from './sources.js';

export { styles } from './benefits-styles.js';

/** More blocks than this are told in the table only. */
const MOST_BLOCKS = 4;

/** What the programmes of a region paid; null where the answer is half or odd. */
export function draw(answer: unknown, reader: Reader): Drawing | null {
  const benefits = readBenefits(answer);
  if (!benefits) return null;
  const { name, disbursements } = benefits;
  const own = benefitsWords(reader.language);
  const title = own('title');
  const blocks = blocksOf(benefits);
  const left = blocks.length - MOST_BLOCKS;
  return {
    title,
    name,
    picture: html`${blocks.length ? '' : html`<p>${reader.words.noFigure}</p>`}
      ${blocks.slice(0, MOST_BLOCKS).map((block) => blockPicture(block, reader))}
      ${left > 0 ? html`<p class="small">${own('more')} ${left}</p>` : ''}`,
    table: {
      caption: `${title}, ${name}`,
      columns: own('columns').split('|'),
      rows: disbursements.map((paid) => tableRow(paid, reader)),
    },
    sources: distinct(disbursements.flatMap(({ sources }) => sources)),
  };
}

/** Bars for what the programmes paid, on the scale of this block alone; what is no part of a sum has none. */
function blockPicture({ scope, total, programs, parts, highest }: Block, reader: Reader): TemplateResult {
  const own = benefitsWords(reader.language);
  const rowOf = (paid: Disbursement, length: number | null, remark = '') =>
    row(nameOf(paid, reader), paid, line(casesOf(paid, reader), personsOf(paid, reader), remark), length, reader);
  return html`<div class="paid">
    <p><b>${periodOf(scope, reader)}</b> <span class="small">${placingOf(scope, reader)}</span></p>
    <ul>
      ${total ? row(own('ALL'), total, line(casesOf(total, reader), own(total.origin)), null, reader) : ''}
      ${programs.map((paid) => rowOf(paid, shareOf(paid, highest)))}
      ${parts.map((paid) => rowOf(paid, null, own('part')))}
    </ul>
  </div>`;
}

/** In percent of the highest; null where there is no amount, or none to compare it with. */
function shareOf({ amountRupiah }: Paid, highest: number | null): number | null {
  return amountRupiah === null || highest === null ? null : (100 * Number(amountRupiah)) / (highest || 1);
}

function row(name: string, paid: Paid, details: string, length: number | null, reader: Reader): TemplateResult {
  const isDrawn = length !== null || paid.obsStatus === 'Q';
  return html`<li>
    <span>${name}</span> <b>${amountOf(paid, reader)}</b>
    ${isDrawn ? bar(length) : ''}
    <span class="small">${details}</span>
  </li>`;
}

function tableRow(paid: Disbursement, reader: Reader): string[] {
  const { cases, payments, obsStatus, note } = paid;
  const { language, words, format } = reader;
  const own = benefitsWords(language);
  const count = (value: number | null) => (value === null ? '' : format.count(value));
  const remarks = [isPart(paid) ? own('part') : '', placingOf(paid, reader), remarkOn(obsStatus, words) ?? ''];
  return [
    nameOf(paid, reader),
    periodOf(paid, reader),
    count(cases),
    count(payments),
    personsOf(paid, reader),
    amountOf(paid, reader, true),
    line(...remarks, language === 'id' ? (note ?? '') : ''), // notes are in Indonesian
  ];
}
