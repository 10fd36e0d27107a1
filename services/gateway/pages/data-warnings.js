import { number } from './data-words.js';
import { both, byId, element } from './element.js';

/** The boxes by which warnings are acknowledged, each by its name; those about figures that vanish may also be let stay. */

/** Draws the boxes for a report; what was ticked stays ticked. */
export function showWarnings({ counts, problems }) {
  const warnings = problems.filter(({ severity }) => severity === 'W');
  const names = [...new Set(warnings.map(({ rule }) => rule))];
  const [before, kept] = [new Set(acknowledged()), keepsMissing()];
  const boxes = names.map((name) => {
    const message = name === 'VANISHED' ? VANISHED : warnings.find(({ rule }) => rule === name).message;
    const text = [element('b', {}, name), ' (', both(number(counts[name])), '): ', both(message)];
    return choiceOf(text, { name: 'acknowledge', value: name, checked: before.has(name), required: true });
  });
  byId('warnings').hidden = names.length === 0;
  byId('acknowledge').replaceChildren(...boxes, ...(names.includes('VANISHED') ? [keepBox(kept)] : []));
  demandVanished();
}

/** The names of the warnings that the reader stands by. */
export function acknowledged() {
  return [...byId('acknowledge').querySelectorAll('[name="acknowledge"]:checked')].map(({ value }) => value);
}

/** True where figures that are published and not in the file are to stay. */
export function keepsMissing() {
  return byId('keep')?.checked ?? false;
}

/** Each is a problem of its own; they are acknowledged together. */
const VANISHED = {
  id: 'angka yang sudah terbit tidak ada di berkas ini dan akan dihapus',
  en: 'figures that are published are not in this file and would be removed',
};

const KEEP = {
  id: 'Biarkan angka yang tidak ada di berkas ini tetap terbit',
  en: 'Let figures that are not in this file stay published',
};

function keepBox(isChecked) {
  return choiceOf(both(KEEP), { id: 'keep', checked: isChecked, change: demandVanished });
}

/** Nothing vanishes where all may stay. */
function demandVanished() {
  const box = byId('acknowledge').querySelector('[value="VANISHED"]');
  if (box) box.required = !keepsMissing();
}

function choiceOf(text, attributes) {
  return element(
    'label',
    { class: 'choice' },
    element('input', { type: 'checkbox', ...attributes }),
    element('span', {}, text),
  );
}
