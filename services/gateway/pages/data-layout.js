import { download } from './data-download.js';
import { COLUMNS, filled } from './data-words.js';
import { both, byId, element } from './element.js';

/** The columns of a dataset, and a file with their names to begin with. */

export function showLayout({ layout }) {
  const required = layout.filter((column) => column.required).length;
  const counted = { id: '# kolom, # di antaranya wajib (•).', en: '# columns, # of them required (•).' };
  byId('layout-note').replaceChildren(...both(filled(counted, layout.length, required)));
  byId('layout').replaceChildren(
    element(
      'div',
      { class: 'layout', role: 'region', 'aria-labelledby': 'guide-title', tabindex: '0' },
      element('ul', {}, layout.map(columnOf)),
    ),
  );
}

/** Gives the reader a file that has the header only. */
export function downloadTemplate({ name, layout }, separator) {
  download(`${name}.csv`, 'text/csv', `${layout.map((column) => column.name).join(separator)}\n`);
}

function columnOf({ name, kind, required, words }) {
  const mark = [
    element('span', { 'aria-hidden': 'true' }, '•'),
    element('span', { class: 'spoken' }, both({ id: 'wajib', en: 'required' })),
  ];
  return element(
    'li',
    {},
    element('code', {}, name),
    required && element('b', { class: 'must' }, mark),
    element('span', { class: 'hint' }, both(COLUMNS[kind]), words && [': ', words.join(', ')]),
  );
}
