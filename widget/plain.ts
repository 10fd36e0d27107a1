import type { Answer } from './answer.js';
import { reasonOf, type Shown } from './layout.js';
import { entryOf, type Reader, wholeValue } from './view.js';

/** The figure, its date and where it comes from, for a page that lets nobody write markup; of other views their rows. */
export function drawPlainly(root: ShadowRoot, shown: Shown, reader: Reader): void {
  const { code, api, answer, problem } = shown;
  const { words, language, asOf } = reader;
  const said = answer && (shown.rows === null ? rowsOf(shown, answer, reader) : figureOf(answer, reader));
  const card = element('section', 'card', '');
  card.lang = language;
  if (said) {
    const href = `${api}/r/${code}.csv${asOf ? `?asOf=${encodeURIComponent(asOf)}` : ''}`;
    card.append(...said, Object.assign(element('a', 'source', 'Data CSV'), { href }));
  } else {
    card.append(document.createElement('slot'));
  }
  const trouble = said ? problem && words.stale : reasonOf(shown, words);
  const why = problem?.code ? problem.message : '';
  if (trouble) card.append(element('p', 'status', `${trouble} ${why}`));
  for (const old of root.querySelectorAll('section')) old.remove();
  root.append(card);
}

function figureOf({ region }: Answer, reader: Reader): HTMLElement[] {
  const main = entryOf(region, region.coverage, reader);
  const told = [main.what, main.asAt, main.details, ...main.remarks].filter(Boolean).join(' · ');
  return [element('b', 'name', main.name), element('b', 'number', wholeValue(main)), element('p', 'what', told)];
}

/** Undefined until the module of the view is there. */
function rowsOf({ module }: Shown, { region }: Answer, reader: Reader): HTMLElement[] | undefined {
  const drawing = module?.draw(region, reader);
  if (!drawing) return undefined;
  const lines = drawing.table.rows.map((row) => element('p', 'what', row.filter(Boolean).join(' · ')));
  return [element('b', 'name', `${drawing.title}: ${drawing.name}`), ...lines];
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, part: string, text: string) {
  const made = document.createElement(name);
  made.setAttribute('part', part);
  made.className = part;
  made.textContent = text;
  return made;
}
