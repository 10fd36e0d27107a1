import { ERRORS, UNREACHABLE, UNREADABLE } from './data-words.js';
import { both, element } from './element.js';

/** What went wrong, in words of the page and, where the server said more, in its own. */
export function troubleOf(error) {
  const meaning = meaningOf(error);
  const said = error.message && Object.hasOwn(error, 'code') ? error.message : '';
  return element(
    'div',
    { class: 'trouble', tabindex: '-1' },
    element('p', { class: 'trouble-title' }, both({ id: `${meaning.id}.`, en: `${meaning.en}.` })),
    said &&
      element('p', { class: 'hint' }, element('code', {}, error.code), ' ', element('span', { lang: 'en' }, said)),
  );
}

/** True where nothing went wrong but the reader stopped it. */
export function isStopped(error) {
  return error.name === 'AbortError';
}

function meaningOf({ code, name }) {
  if (Object.hasOwn(ERRORS, code ?? '')) return ERRORS[code];
  if (code === 'UNREACHABLE') return UNREACHABLE;
  if (name === 'NotReadableError' || name === 'NotFoundError') return UNREADABLE;
  return ERRORS.INTERNAL_SERVER_ERROR;
}
