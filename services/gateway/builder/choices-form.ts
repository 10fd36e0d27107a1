import { dayOf } from '../../kit/period.js';
import { DEFAULT_HEADING, type Mistake, VIEWS } from './choices.js';
import { type Html, html, present } from './html.js';
import type { PageFacts } from './page-facts.js';
import type { Candidate, Definition, Place } from './places.js';
import { WORDS } from './words.js';

/** The form of the choices. What stands elsewhere on the page belongs to it by its id. */
export const FORM_ID = 'choices';

/** Works by itself as a GET form; the script of the page sends it at each change. */
export function choicesForm(facts: PageFacts): Html {
  const { choices, offer } = facts;
  const words = WORDS[choices.pageLanguage];
  return html`<form class="panel choices" id="${FORM_ID}" action="/builder" method="get" aria-labelledby="choices-title">
  <h2 id="choices-title">${words.choices}</h2>
  <input type="hidden" name="page-lang" value="${choices.pageLanguage}">
  ${regionField(facts)}
  <div class="field">
    <label for="view">${words.view}</label>
    <select id="view" name="view">${VIEWS.map((view) => option(view, words.views[view], view === choices.view))}</select>
    ${mistakeOf(facts, 'view')}
  </div>
  ${definitionField(facts)}
  <div class="row">
    <div class="field">
      <label for="theme">${words.theme}</label>
      <select id="theme" name="theme">${(['auto', 'light', 'dark'] as const).map((theme) => option(theme, words.themes[theme], theme === choices.theme))}</select>
    </div>
    <div class="field">
      <label for="lang">${words.language}</label>
      <select id="lang" name="lang">${option('id', 'Indonesia', choices.language === 'id')}${option('en', 'English', choices.language === 'en')}</select>
    </div>
  </div>
  ${moreFields(facts)}
  <p class="acts"><button type="submit" class="main">${words.make}</button></p>
  <datalist id="regions">${[...(offer?.withFigure ?? []), ...(offer?.without ?? [])].map(regionOption)}</datalist>
</form>`;
}

/** What the list of names gives back; the server reads the code out of it. */
export function regionText({ code, name }: Place): string {
  return name === code ? code : `${name} (${code})`;
}

function regionOption(place: Place): Html {
  return html`<option value="${regionText(place)}"></option>`;
}

function regionField({ choices, meant, asked, offer }: PageFacts): Html {
  const words = WORDS[choices.pageLanguage];
  const shown = meant.place ? regionText(meant.place) : asked;
  const isWrong = meant.place === null;
  const hrefOf = ({ code }: Place) =>
    `/builder?${new URLSearchParams({ region: code, lang: choices.language, 'page-lang': choices.pageLanguage })}`;
  const links = (places: readonly (Place | Candidate)[]) =>
    html`<ul class="places">${places.map((place) => html`<li><a href="${hrefOf(place)}" data-region="${regionText(place)}">${place.name}${'within' in place && place.within !== null && html` <small>${place.within}</small>`}</a></li>`)}</ul>`;
  const trouble = asked === '' ? words.whichRegion : `${words.noRegion}: “${asked}”.`;
  return html`<div class="field">
    <label for="region">${words.region}</label>
    <input id="region" name="region" list="regions" value="${shown}" required autocomplete="off" spellcheck="false" maxlength="100" aria-describedby="region-note region-trouble"${present('aria-invalid="true"', isWrong)}>
    <div id="region-trouble" class="trouble" role="status">${isWrong && html`<p>${meant.others.length > 0 ? `${words.meant}:` : trouble}</p>${meant.others.length > 0 && links(meant.others)}`}</div>
    <p class="hint" id="region-note">${words.regionNote}</p>
    ${offer && offer.withFigure.length > 0 && html`<details class="known"><summary>${words.withFigures} (${offer.withFigure.length})</summary>${links(offer.withFigure)}</details>`}
  </div>`;
}

/** The definitions that the region has figures of, and the one chosen. */
function definitionField(facts: PageFacts): Html {
  const { choices, meant, offer } = facts;
  const words = WORDS[choices.pageLanguage];
  const given = offer?.definitions ?? [];
  const offered = given.filter(({ id }) => meant.indicators.includes(id) || id === choices.indicator);
  const written = ({ id, shortName, name }: Definition) => {
    const [short, whole] = [shortName[choices.pageLanguage], name[choices.pageLanguage]];
    return option(id, short === whole ? whole : `${short}: ${whole}`, id === choices.indicator);
  };
  return html`<div class="field">
    <label for="indicator">${words.indicator}</label>
    <select id="indicator" name="indicator">${option('', words.firstIndicator, choices.indicator === null)}${offered.map(written)}</select>
    ${mistakeOf(facts, 'indicator')}
  </div>`;
}

function moreFields(facts: PageFacts): Html {
  const { choices } = facts;
  const words = WORDS[choices.pageLanguage];
  const { headingLevel, compare, isCompact, isLive, isFixed } = choices;
  const isAny = headingLevel !== DEFAULT_HEADING || compare.length > 0 || isCompact || isLive || isFixed;
  const isWrong = facts.mistakes.some(({ parameter }) => parameter === 'compare');
  return html`<details class="more"${present('open', isAny || isWrong)}>
    <summary>${words.more}</summary>
    <div class="field">
      <label for="compare">${words.compare}</label>
      <input id="compare" name="compare" value="${compare.join(' ')}" maxlength="200" spellcheck="false" autocomplete="off" aria-describedby="compare-note">
      ${mistakeOf(facts, 'compare')}
      <p class="hint" id="compare-note">${words.compareNote}</p>
    </div>
    <label class="check"><input type="checkbox" name="compact" value="true"${present('checked', isCompact)}> <span>${words.compact}</span></label>
    <label class="check"><input type="checkbox" name="live" value="true"${present('checked', isLive)}> <span>${words.live}</span></label>
    <div class="row">
      <div class="field">
        <label for="heading-level">${words.headingLevel}</label>
        <select id="heading-level" name="heading-level" aria-describedby="heading-note">${['1', '2', '3', '4', '5', '6'].map((level) => option(level, `h${level}`, level === headingLevel))}</select>
      </div>
      <div class="field">
        <label for="script">${words.script}</label>
        <select id="script" name="script">${option('moving', words.scripts.moving, !isFixed)}${option('fixed', words.scripts.fixed, isFixed)}</select>
      </div>
    </div>
    <p class="hint" id="heading-note">${words.headingNote}</p>
  </details>`;
}

/** The two codes by their names; which is seen is a choice of the form, and needs no script. */
export function editionField(facts: PageFacts): Html {
  const { choices, until, today } = facts;
  const words = WORDS[choices.pageLanguage];
  const radio = (edition: 'newest' | 'pinned') =>
    html`<input type="radio" form="${FORM_ID}" name="edition" id="${edition}" value="${edition}" aria-describedby="${edition}-note"${present('checked', choices.edition === edition)}>`;
  const day = choices.asOf.length === 10 ? choices.asOf : dayOf(Date.parse(choices.asOf));
  return html`<fieldset class="editions">
    <legend class="spoken">${words.edition}</legend>
    <div class="edition">
      <label for="newest">${radio('newest')} <span>${words.editions.newest}</span></label>
      <p class="hint" id="newest-note">${words.editionNotes.newest}</p>
    </div>
    <div class="edition">
      <label for="pinned">${radio('pinned')} <span>${words.editions.pinned} ${until}</span></label>
      <p class="hint" id="pinned-note">${words.editionNotes.pinned}</p>
      <p class="day"><label for="as-of">${words.until}</label> <input type="date" form="${FORM_ID}" id="as-of" name="as-of" value="${day}" max="${today}"></p>
      ${mistakeOf(facts, 'as-of')}${mistakeOf(facts, 'as-of-ahead')}
    </div>
  </fieldset>`;
}

function mistakeOf({ mistakes, choices }: PageFacts, parameter: Mistake['parameter']): Html | null {
  const mistake = mistakes.find((one) => one.parameter === parameter);
  if (!mistake) return null;
  return html`<p class="trouble mistake" role="status" data-of="${FIELDS[parameter]}">${WORDS[choices.pageLanguage].mistakes[parameter]}: “${mistake.given.slice(0, 80)}”.</p>`;
}

/** The field that a mistake stands behind. */
const FIELDS: Readonly<Record<Mistake['parameter'], string>> = {
  'view': 'view',
  'indicator': 'indicator',
  'compare': 'compare',
  'as-of': 'as-of',
  'as-of-ahead': 'as-of',
};

function option(value: string, text: string, isChosen: boolean): Html {
  return html`<option value="${value}"${present('selected', isChosen)}>${text}</option>`;
}
