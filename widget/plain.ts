import { reasonOf, type Shown } from './layout.js';
import { entryOf, type Reader, wholeValue } from './view.js';

/** The figure, its date and where it comes from, for a page that lets nobody write markup. */
export function drawPlainly(root: ShadowRoot, { code, api, answer, problem }: Shown, reader: Reader): void {
  const { words, language } = reader;
  const card = element('section', 'card', '');
  card.lang = language;
  if (answer) {
    const main = entryOf(answer.region, answer.region.coverage, reader);
    const link = Object.assign(element('a', 'source', 'Data CSV'), { href: `${api}/r/${code}.csv` });
    card.append(
      element('b', 'name', main.name),
      element('b', 'number', wholeValue(main)),
      element('p', 'what', [main.what, main.asAt, main.details, ...main.remarks].filter(Boolean).join(' · ')),
      link,
    );
  } else {
    card.append(document.createElement('slot'));
  }
  const trouble = answer ? problem && words.stale : reasonOf(code, problem, words);
  const why = problem?.code ? problem.message : '';
  if (trouble) card.append(element('p', 'status', `${trouble} ${why}`));
  for (const old of root.querySelectorAll('section')) old.remove();
  root.append(card);
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, part: string, text: string) {
  const made = document.createElement(name);
  made.setAttribute('part', part);
  made.className = part;
  made.textContent = text;
  return made;
}
