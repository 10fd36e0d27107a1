/** The language switch of a page: `?lang=en` in the address, `lang` on the root, a button that names the other one. */
const NAMES = { id: 'Bahasa Indonesia', en: 'English' };
const button = document.getElementById('language');

/** `id` or `en`. */
export function pageLanguage() {
  return document.documentElement.lang === 'en' ? 'en' : 'id';
}

/** Calls back after each change of language. */
export function onLanguage(listener) {
  button.addEventListener('click', listener);
}

/** The page speaks it, and those of its cards that have no language of their own choice. */
function speak(language) {
  const other = language === 'en' ? 'id' : 'en';
  document.documentElement.lang = language;
  button.textContent = NAMES[other];
  button.lang = other;
  for (const card of document.querySelectorAll('[data-speaks]')) card.lang = language;
  const url = new URL(location.href);
  if (language === 'en') url.searchParams.set('lang', 'en');
  else url.searchParams.delete('lang');
  history.replaceState(null, '', url);
}

button.addEventListener('click', () => speak(pageLanguage() === 'en' ? 'id' : 'en'));
speak(new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'id');
