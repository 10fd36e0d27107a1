import { readLine, splitCells } from './data-file.js';
import { filled } from './data-words.js';
import { both, element } from './element.js';

/** The lines of the reader's own file that problems are about, each cell in question marked. */

const MOST = 6;

/** Draws in a box the lines that problems are about, from one on or from the first; nothing where no problem has a line. */
export function createLines(box, local, separator) {
  let asked = 0;
  return async (problems, from) => {
    asked += 1;
    const mine = asked;
    const numbers = [...new Set(problems.flatMap(({ row }) => row ?? []))].sort((left, right) => left - right);
    const shown = numbers.slice(Math.max(0, numbers.indexOf(from ?? numbers[0]))).slice(0, MOST);
    const texts = await Promise.all([1, ...shown].map((number) => readLine(local, number))).catch(() => []);
    if (mine !== asked) return; // others are asked for by now
    const [header, ...lines] = texts.map((text) => splitCells((text ?? '').replace(/^\uFEFF/, ''), separator));
    if (shown.length === 0 || !header) return box.replaceChildren();
    const rows = shown.map((number, index) => rowOf(number, header, lines[index], problems));
    box.replaceChildren(
      element('p', { class: 'hint', id: 'lines-title' }, both(titleOf(shown.length, numbers.length))),
      element(
        'div',
        { class: 'scroll', role: 'region', tabindex: '0', 'aria-labelledby': 'lines-title' },
        element('table', { class: 'grid' }, element('thead', {}, headOf(header)), element('tbody', {}, rows)),
      ),
    );
  };
}

function titleOf(shown, all) {
  return filled(
    {
      id: 'Baris yang disebut, dari berkas Anda sendiri (# dari #)',
      en: 'The lines named, from your own file (# of #)',
    },
    shown,
    all,
  );
}

function headOf(header) {
  const line = element('th', { scope: 'col', class: 'line-number' }, both({ id: 'Baris', en: 'Line' }));
  return element(
    'tr',
    {},
    line,
    header.map((title) => element('th', { scope: 'col' }, title)),
  );
}

function rowOf(number, header, cells, problems) {
  const columns = new Set(problems.filter(({ row }) => row === number).map(({ column }) => placeOf(column, header)));
  const width = Math.max(header.length, cells.length);
  return element(
    'tr',
    { 'data-row': number, tabindex: '-1' },
    element('th', { scope: 'row', class: columns.has(-1) ? 'line-number marked' : 'line-number' }, String(number)),
    Array.from({ length: width }, (_, index) => cellOf(cells[index] ?? '', columns.has(index))),
  );
}

function cellOf(text, isMarked) {
  return element(
    'td',
    isMarked ? { class: 'marked' } : {},
    isMarked ? element('mark', {}, text === '' ? '∅' : text) : text,
  );
}

/** Where a column stands in the file: by its title, or by its place, `#4`; -1 for the line as a whole. */
function placeOf(column, header) {
  if (column === null) return -1;
  const place = /^#(\d+)$/.exec(column);
  if (place) return Number(place[1]) - 1;
  return header.findIndex((title) => title.trim().toLowerCase() === column.toLowerCase());
}
