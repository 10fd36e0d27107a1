import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { type Answer, isRefusal, type Refusal, readAnswer } from './answer.js';
import { card, room } from './card.js';
import { follow } from './follow.js';
import { createFormat } from './format.js';
import { listen } from './listen.js';
import { addressOf, codesFor, fetchBody } from './query.js';
import { styles } from './styles.js';
import { viewOf } from './view.js';
import { languageOf, WORDS, type Words } from './words.js';

const DEFAULT_REFRESH_S = 60;
const SHORTEST_REFRESH_S = 5;
/** While answers come by themselves it is asked this seldom whether one was missed. */
const LIVE_REFRESH_S = 600;

/** What became of the question; the same again changes nothing. */
const outcome = {
  state: true,
  hasChanged: (now: unknown, before: unknown) => JSON.stringify(now) !== JSON.stringify(before),
};

/**
 * `<coverage-widget region="19.03">`: the newest coverage figure of a region, kept up to date while somebody looks.
 * Whatever the page put inside the tag shows as long as there is no figure.
 * The promises about it are in docs/contracts/0001-tag.md.
 *
 * @fires coverage-ready - a new answer is shown, which is the detail
 * @fires coverage-stale - the answer shown, which is the detail, could not be refreshed
 * @fires coverage-error - there is no figure to show; detail: code, message
 */
export class CoverageWidget extends LitElement {
  static override styles = styles;

  static override properties = {
    region: { reflect: true },
    indicator: { reflect: true },
    lang: { reflect: true },
    asOf: { attribute: 'as-of', reflect: true },
    theme: { reflect: true },
    headingLevel: { attribute: 'heading-level', reflect: true },
    api: { reflect: true },
    refresh: { reflect: true },
    live: { type: Boolean, reflect: true },
    answer: outcome,
    problem: outcome,
  };

  /** Kemendagri code with its dots. */
  declare region: string | null;
  /** Id of one definition; without it the API chooses. */
  declare indicator: string | null;
  /** A day or an instant: the card then stays as it was at that edition. */
  declare asOf: string | null;
  /** `light` or `dark`; by itself it follows the reader's system. */
  declare theme: string | null;
  /** 1 to 6, to fit the headings of the page; by itself 3. */
  declare headingLevel: string | number | null;
  /** Base address of the API; by itself, where this module came from. */
  declare api: string | null;
  /** Seconds between two questions, at least 5; by itself 60. */
  declare refresh: string | number | null;
  /** New figures appear as they are published, without a question. */
  declare live: boolean;

  /** The last answer to the question asked now. */
  declare private answer: Answer | undefined;
  /** What became of the newest question, when it went wrong; without a code the far end was not reached. */
  declare private problem: Refusal | undefined;
  declare private address: string | undefined;
  declare private isLive: boolean;
  declare private stop: (() => void) | undefined;

  /** Draws, and asks, whenever the tag is put somewhere: it may have been elsewhere before. */
  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.rest();
  }

  /** Follows the question that the properties ask now. */
  override willUpdate(): void {
    const { api, code, indicator, asOf, live } = this;
    const address = addressOf({ api: api || new URL(import.meta.url).origin, region: code, indicator, asOf });
    if (address !== this.address || live !== this.isLive) {
      this.rest();
      if (address !== this.address) this.answer = this.problem = undefined;
      this.address = address;
      this.isLive = live;
    }
    if (code && this.isConnected) this.stop ??= this.follow(address, code);
  }

  override render(): TemplateResult {
    const { address, answer, problem, code, asOf } = this;
    const language = languageOf(this.lang);
    const words = WORDS[language];
    const reader = { language, words, format: createFormat(language), isPinned: !!asOf };
    const trouble = answer ? (problem || answer.isStale) && words.stale : reasonOf(code, problem, words);
    return html`<section class="card" part="card" lang=${language}>
      ${room(codesFor(code).length - 1)}
      <div class="body">
        <p class="eyebrow" part="eyebrow">${words.eyebrow}</p>
        ${answer ? card(viewOf(answer, reader), words, Number(this.headingLevel), `${address}`) : html`<slot></slot>`}
        <p class="status ${trouble === words.loading ? 'small' : 'note'}" part="status" role="status">${trouble || ''}</p>
      </div>
    </section>`;
  }

  /** Tells the page what is shown now, when the far end had a part in it. */
  override updated(changed: PropertyValues): void {
    const { answer, problem } = this;
    if (!changed.has('answer') && !changed.has('problem')) return;
    if (answer && !problem) this.tell('ready', answer);
    if (answer && (problem || answer.isStale)) this.tell('stale', answer);
    if (!answer && problem) this.tell('error', problem);
  }

  private get code(): string {
    return (this.region ?? '').trim();
  }

  private rest(): void {
    this.stop?.();
    this.stop = undefined;
  }

  private follow(address: string, code: string): () => void {
    const read = (body: unknown) => {
      const reading = readAnswer(body, codesFor(code));
      const isNo = isRefusal(reading);
      this.answer = isNo ? undefined : reading;
      this.problem = isNo ? reading : undefined;
    };
    const listening = this.live && !this.asOf ? listen(address.replace('/graphql?', '/live?'), read) : null;
    const end = follow({
      ask: async (signal) => {
        const body = await fetchBody(address, signal);
        signal.throwIfAborted();
        read(body);
      },
      onFailure: (error) => {
        if (this.problem?.code !== '') this.problem = { code: '', message: `${error}` };
      },
      everyMs: () =>
        this.asOf
          ? null
          : 1000 *
            (listening?.isOpen()
              ? LIVE_REFRESH_S
              : Math.max(SHORTEST_REFRESH_S, Number(this.refresh) || DEFAULT_REFRESH_S)),
      window,
      document,
    });
    return () => {
      end();
      listening?.stop();
    };
  }

  private tell(what: 'ready' | 'stale' | 'error', detail: Answer | Refusal): void {
    this.dispatchEvent(new CustomEvent(`coverage-${what}`, { detail, bubbles: true, composed: true }));
  }
}

/** Why there is no figure. */
function reasonOf(code: string, problem: Refusal | undefined, words: Words): TemplateResult | string {
  if (!code) return words.blank;
  if (!problem) return words.loading;
  if (!problem.code) return words.unreachable;
  return html`${words.refused} “${code}”. <span lang="en">${problem.message}</span>`;
}
