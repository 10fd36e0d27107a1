import { CHANGES, filled, number, percent } from './data-words.js';
import { both, drawing, element } from './element.js';

/** What a release changes of what is published: how many cells, the largest moves, and a list. */

/** How many changes are listed, and how many moves are drawn. */
export const LISTED = 50;
const DRAWN = 8;

const TILES = [
  ['added', { id: 'ditambah', en: 'added' }],
  ['changed', { id: 'diubah', en: 'changed' }],
  ['removed', { id: 'dihapus', en: 'removed' }],
  ['same', { id: 'tetap', en: 'as it was' }],
];

/** The counts of a difference, side by side. */
export function tilesOf(difference) {
  return element(
    'dl',
    { class: 'tiles' },
    TILES.map(([name, text]) =>
      element('div', { class: name }, element('dt', {}, both(text)), element('dd', {}, both(number(difference[name])))),
    ),
  );
}

/** The largest moves as bars, and all changes given as a table. */
export function changesOf(changes, id) {
  if (changes.length === 0)
    return element('p', { class: 'hint' }, both({ id: 'Tidak ada sel yang berubah.', en: 'No cell changes.' }));
  return element('div', { class: 'changes' }, chartOf(changes, id), tableOf(changes, id));
}

function chartOf(changes, id) {
  const moved = changes.filter(({ move }) => move !== null && move !== 0).slice(0, DRAWN);
  if (moved.length === 0) return null;
  const widest = Math.max(...moved.map(({ move }) => Math.abs(move)));
  return element(
    'figure',
    { class: 'moves' },
    element(
      'figcaption',
      {},
      element('span', {}, both({ id: 'Perubahan terbesar', en: 'The largest moves' })),
      ' ',
      element('a', { href: `#${id}-table` }, both({ id: 'Lihat tabelnya', en: 'See the table' })),
    ),
    element(
      'ol',
      {},
      moved.map((change) => moveOf(change, widest)),
    ),
  );
}

function moveOf(change, widest) {
  const width = (100 * Math.abs(change.move)) / widest;
  const bar = drawing(
    'svg',
    { viewBox: '-100 0 200 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    drawing('rect', { class: 'track', x: -100, y: 0, width: 200, height: 10 }),
    drawing('rect', {
      class: change.move < 0 ? 'down' : 'up',
      x: change.move < 0 ? -width : 0,
      y: 0,
      width,
      height: 10,
    }),
    drawing('rect', { class: 'zero', x: -0.3, y: 0, width: 0.6, height: 10 }),
  );
  return element(
    'li',
    {},
    element('span', { class: 'move-name' }, keyText(change)),
    bar,
    element('b', {}, both(percent(change.move))),
  );
}

function tableOf(changes, id) {
  const heads = [
    { id: 'Jenis', en: 'Kind' },
    { id: 'Sel', en: 'Cell' },
    { id: 'Sebelum', en: 'Before' },
    { id: 'Sesudah', en: 'After' },
    { id: 'Naik, turun', en: 'Move' },
  ];
  const title = `${id}-title`;
  return element(
    'div',
    { class: 'scroll', role: 'region', tabindex: '0', id: `${id}-table`, 'aria-labelledby': title },
    element(
      'table',
      { class: 'list' },
      element(
        'caption',
        { id: title },
        both(
          filled(
            { id: '# perubahan, yang terbesar dahulu', en: '# [change|changes], the largest first' },
            changes.length,
          ),
        ),
      ),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          heads.map((text) => element('th', { scope: 'col' }, both(text))),
        ),
      ),
      element('tbody', {}, changes.map(rowOf)),
    ),
  );
}

function rowOf(change) {
  return element(
    'tr',
    {},
    element('td', {}, element('span', { class: `tag ${change.kind.toLowerCase()}` }, both(CHANGES[change.kind]))),
    element('th', { scope: 'row' }, keyText(change)),
    element('td', {}, cellsOf(change, change.before)),
    element('td', {}, cellsOf(change, change.after)),
    element('td', { class: 'figure' }, change.move === null ? '' : both(percent(change.move))),
  );
}

/** The cells that name a row, the usual ones left out. */
function keyText({ key }) {
  const usual = ['ALL', 'UNKNOWN', 'BPJSTK'];
  return Object.values(key)
    .filter((cell) => cell !== null && cell !== '' && !usual.includes(cell))
    .join(' · ');
}

/** Of a changed row the cells that differ, of another one those it has. */
function cellsOf({ kind, columns }, row) {
  if (row === null) return '';
  const names = Object.keys(row).filter((name) =>
    kind === 'CHANGED' ? columns.includes(name) : isTelling(name, row[name]),
  );
  return names.map((name) =>
    element('span', { class: 'pair-cell' }, element('span', { class: 'hint' }, name), ' ', cellText(name, row[name])),
  );
}

/** What goes without saying is left out: blank cells, a normal value, free to all. */
function isTelling(name, value) {
  return value !== null && !(name === 'obs_status' && value === 'A') && !(name === 'conf_status' && value === 'F');
}

/** Rupiah come as text, since they may be more than a number holds exactly. */
function cellText(name, value) {
  if (value === null) return '∅';
  if (typeof value === 'number') return both(number(value));
  return name !== 'as_printed' && /^\d+$/.test(value) ? both(number(BigInt(value))) : value;
}
