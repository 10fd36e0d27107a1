import { FORM_ID } from './choices-form.js';
import { copyable } from './codes-section.js';
import { frameHeight } from './frame-height.js';
import { type Html, html } from './html.js';
import type { PageFacts } from './page-facts.js';
import { type Finding, type PolicyCheck, TRUSTED_TYPES_NAME } from './policy.js';
import { WORDS, type Words } from './words.js';

/** What a partner's own site has to allow, and to keep free, for the codes to work there. */
export function checkSection(facts: PageFacts): Html {
  const { choices, check } = facts;
  const words = WORDS[choices.pageLanguage];
  return html`<section class="check-site" id="check" aria-labelledby="check-title">
  <h2 id="check-title">${words.check}</h2>
  <div class="hints">
    <article class="box wide">
      <h3>${words.policy}</h3>
      <p class="hint">${words.policyNote}</p>
      ${linesOf(facts.base, words)}
      <div class="field">
        <label for="policy">${words.paste}</label>
        <textarea id="policy" name="policy" form="${FORM_ID}" rows="3" maxlength="4000" spellcheck="false" placeholder="default-src 'self'; script-src 'self'">
${choices.policy}</textarea>
      </div>
      <p class="acts"><button type="submit" form="${FORM_ID}">${words.look}</button></p>
      <div id="verdict" role="status">${check && verdictOf(check, words)}</div>
    </article>
    <article class="box">
      <h3>${words.room}</h3>
      <p class="hint">${words.roomNote}</p>
      ${copyable('code-room', words.room, roomRule(facts), words)}
    </article>
    <article class="box">
      <h3>${words.wordpress}</h3>
      <ul>${words.wordpressNotes.map((note) => html`<li>${note}</li>`)}</ul>
    </article>
  </div>
</section>`;
}

/** As the frame: the room is the same, only that of a usual card is what the tag keeps by itself. */
function roomRule({ meant, choices }: PageFacts): string {
  const height = meant.place ? frameHeight(meant.place.code, choices) : 420;
  return `coverage-widget:not(:defined) { display: block; min-height: ${height}px; }`;
}

function linesOf(base: string, words: Words): Html {
  const { origin } = new URL(base);
  const lines = [
    ['script-src', origin, words.purposes.script],
    ['connect-src', origin, words.purposes.data],
    ['trusted-types', TRUSTED_TYPES_NAME, words.purposes['trusted-types']],
    ['frame-src', origin, words.purposes.frame],
    ['img-src', origin, words.purposes.image],
  ] as const;
  return html`<dl class="lines">${lines.map(([directive, source, why]) => html`<div><dt><code>${directive} ${source}</code></dt><dd>${why}</dd></div>`)}</dl>`;
}

function verdictOf({ findings, mended }: PolicyCheck, words: Words): Html {
  const isFine = findings.every(({ verdict }) => verdict === 'allowed');
  const isMended = findings.some(({ verdict }) => verdict === 'refused');
  return html`<ul class="verdicts">${findings.map((finding) => html`<li class="${finding.verdict}"><strong>${words.purposes[finding.purpose]}</strong>: ${adviceOf(finding, words)}</li>`)}</ul>
    ${isFine && html`<p>${words.fine}</p>`}
    ${isMended && html`<h4>${words.mended}</h4>${copyable('code-policy', words.mended, mended, words)}`}`;
}

function adviceOf({ verdict, source, directive }: Finding, words: Words): string {
  if (verdict === 'allowed') return words.allowed;
  return verdict === 'nonce' ? words.nonce(directive) : words.add(source, directive);
}
