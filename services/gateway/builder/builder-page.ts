import type { Language } from '@cakupan/coverage-widget/card-view';
import { checkSection } from './check-section.js';
import { attributesOf } from './choices.js';
import { choicesForm } from './choices-form.js';
import { codesSection, previewSection } from './codes-section.js';
import { html } from './html.js';
import type { PageFacts } from './page-facts.js';
import { WORDS } from './words.js';

const NAMES: Readonly<Record<Language, string>> = { id: 'Bahasa Indonesia', en: 'English' };

/** The page where a partner makes the code to paste, whole and without need of a script. */
export function builderPage(facts: PageFacts): string {
  const { pageLanguage } = facts.choices;
  const words = WORDS[pageLanguage];
  const other = pageLanguage === 'id' ? 'en' : 'id';
  const page = html`<html lang="${pageLanguage}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Cakupan: ${words.title.toLowerCase()}</title>
  <meta name="description" content="${words.about}">
  <meta name="color-scheme" content="light dark">
  <link rel="canonical" href="/builder">
  <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/assets/home.css">
  <link rel="stylesheet" href="/assets/builder.css">
  <script type="module" src="/widget/v1/coverage-widget.js"></script>
  <script type="module" src="/assets/builder.js"></script>
</head>
<body>
  <a class="skip" href="#isi">${words.skip}</a>
  <header class="top">
    <a class="brand" href="/">Cakupan</a>
    <nav aria-label="${pageLanguage === 'id' ? 'Utama' : 'Main'}">
      <a href="/assets/docs.html">${words.docs}</a>
      <a class="language" id="language" href="${inLanguage(facts, other)}" hreflang="${other}" lang="${other}">${NAMES[other]}</a>
    </nav>
  </header>
  <main id="isi">
    <div class="opening">
      <h1>${words.title}</h1>
      <p class="standfirst">${words.standfirst}</p>
    </div>
    <div class="bench">
      ${choicesForm(facts)}
      <div class="made">
        ${previewSection(facts)}
        <p class="trouble" id="trouble" role="status" data-failed="${words.failed}"></p>
        ${codesSection(facts)}
      </div>
    </div>
    ${checkSection(facts)}
  </main>
</body>
</html>
`;
  return `<!doctype html>\n${page.markup}`;
}

/** The same choices with the page in another language. */
function inLanguage({ meant, asked, choices }: PageFacts, language: Language): string {
  const query = new URLSearchParams(attributesOf(meant.place?.code ?? asked, choices, choices.edition));
  for (const name of ['compact', 'live']) if (query.has(name)) query.set(name, 'true');
  query.set('lang', choices.language);
  query.set('page-lang', language);
  if (choices.isFixed) query.set('script', 'fixed');
  return `/builder?${query}`;
}
