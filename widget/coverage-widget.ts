import { render } from 'lit/html.js';
import { type Answer, type Reading, type Refusal, readAnswer } from './answer.js';
import { adoptProperties, mirror } from './attributes.js';
import type { ViewModule } from './drawing.js';
import { createFormat, type Format } from './format.js';
import { layout, type Shown } from './layout.js';
import { codesFor } from './query.js';
import { adoptStyles } from './sheet.js';
import { createStore, type Wish } from './store.js';
import { styles } from './styles.js';
import type { Reader } from './view.js';
import { loadView, partOf } from './views.js';
import { type Language, languageOf, WORDS } from './words.js';

const TEXTS = ['region', 'view', 'indicator', 'as-of', 'theme', 'heading-level', 'compare', 'api', 'refresh'] as const;
const SWITCHES = ['live', 'compact'] as const;

const DEFAULT_REFRESH_S = 60;
const SHORTEST_REFRESH_S = 5;

/** All tags of a page ask together. */
const store = createStore();
/** Those of the languages that a page has asked for. */
const FORMATS: Partial<Record<Language, Format>> = {};

/**
 * `<coverage-widget region="19.03">`: the newest coverage figure of a region, kept up to date while somebody looks.
 * Whatever the page put inside the tag shows as long as there is no figure.
 * The promises about it are in docs/contracts/0001-tag.md.
 *
 * @tagname coverage-widget
 * @slot - what shows until there is a figure, and where there is none
 * @fires {CustomEvent<Answer>} coverage-ready - a new answer is shown, which is the detail
 * @fires {CustomEvent<Answer>} coverage-stale - the answer shown, which is the detail, could not be refreshed
 * @fires {CustomEvent<Refusal>} coverage-error - there is no figure to show; detail: code, message
 * @attribute {'id' | 'en'} lang - what the tag speaks, whatever the page does; by itself Indonesian
 * @cssprop --cakupan-ink - colour of words and numbers
 * @cssprop --cakupan-muted - colour of what stands beside them
 * @cssprop --cakupan-line - colour of lines between
 * @cssprop --cakupan-fill - colour of what is drawn
 * @cssprop --cakupan-warn - colour of remarks
 * @cssprop --cakupan-paper - colour of the ground
 * @cssprop --cakupan-font - family of the letters
 * @cssprop --cakupan-font-size - size of the letters
 * @cssprop --cakupan-radius - radius of the corners
 * @csspart card - all of it
 * @csspart eyebrow - what is shown, above the name
 * @csspart name - the region's name, a heading
 * @csspart figure - number, qualifier, and whose share on which day
 * @csspart qualifier - "sekitar", where the figure is no exact one
 * @csspart number - the number, or why there is none
 * @csspart what - whose share the number is, and its date
 * @csspart bar - a share as a length
 * @csspart target - the mark of a target on the bar
 * @csspart definition - definition and counts
 * @csspart note - a remark
 * @csspart context - the regions below
 * @csspart row - one of them
 * @csspart picture - what a view other than the card draws
 * @csspart footer - source, data and edition
 * @csspart source - who published the figure
 * @csspart edition - the edition that it is of
 * @csspart update - that a newer figure exists than the pinned one
 * @csspart status - what could not be done
 * @csspart table - the same figures as a table
 */
export class CoverageWidget extends (globalThis.HTMLElement ?? Object) {
  /** By a getter: a static field becomes a block that browsers before 2023 do not read. */
  static get observedAttributes(): readonly string[] {
    return [...TEXTS, ...SWITCHES, 'lang'];
  }

  /** Base address of the API for tags that name none. Set it before there are such tags. */
  declare static api: string | undefined;

  /**
   * Kemendagri code with its dots.
   * @attr region
   */
  declare region: string | null;
  /**
   * What is shown: `card`, or the name of another view.
   * @attr {'card' | 'trend' | 'breakdown' | 'ranking' | 'map' | 'benefits'} view
   */
  declare view: string | null;
  /**
   * Id of one definition; without it the API chooses.
   * @attr indicator
   */
  declare indicator: string | null;
  /**
   * A day or an instant: the card then stays as it was at that edition.
   * @attr as-of
   */
  declare asOf: string | null;
  /**
   * `light` or `dark`; by itself it follows the page.
   * @attr {'light' | 'dark' | 'auto'} theme
   */
  declare theme: string | null;
  /**
   * 1 to 6, to fit the headings of the page; by itself 3.
   * @attr {'1' | '2' | '3' | '4' | '5' | '6'} heading-level
   */
  declare headingLevel: string | null;
  /**
   * Codes of the regions to stand below, instead of the province and the country.
   * @attr compare
   */
  declare compare: string | null;
  /**
   * Base address of the API; by itself, the one of all tags.
   * @attr api
   */
  declare api: string | null;
  /**
   * Seconds between two questions, at least 5; by itself 60.
   * @attr refresh
   */
  declare refresh: string | null;
  /**
   * New figures appear as they are published, without a question.
   * @attr live
   */
  declare live: boolean;
  /**
   * One region, nothing beside it.
   * @attr compact
   */
  declare compact: boolean;

  /** The last answer to the question asked now, and what is wrong with the newest one. */
  #reading: Reading = {};
  /** Draws what the newest edition says, where the tag holds on to another one. */
  #news: Shown['news'];
  /** How to draw the table; null where that cannot be had. */
  #table: typeof import('./table.js') | null | undefined;
  /** How to draw what is no card; null where that cannot be had. */
  #module: ViewModule | null | undefined;
  #asked: string | undefined;
  #isPlanned = false;
  #isPlain = false;
  /** Ends the following of what is asked; undefined where nothing is followed. */
  #stop: (() => void) | undefined;

  /** Draws, and asks, whenever the tag is put somewhere: it may have been elsewhere before. */
  connectedCallback(): void {
    adoptProperties(this, [...TEXTS, ...SWITCHES]);
    if (!this.shadowRoot) {
      this.attachShadow({ mode: 'open' }).addEventListener('toggle', () => this.#openTable(), true);
      this.#dress();
    }
    this.#plan();
  }

  disconnectedCallback(): void {
    this.#rest();
  }

  attributeChangedCallback(): void {
    this.#plan();
  }

  /** Follows the attributes, once for all changes that a script makes. */
  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    queueMicrotask(() => {
      this.#isPlanned = false;
      if (!this.isConnected) return;
      this.#ask();
      this.#draw();
    });
  }

  #ask(): void {
    const { indicator, asOf, live, view, refresh } = this;
    const wish: Wish = { api: this.#api, indicator, asOf, part: partOf(view), codes: this.#codes };
    const asked = JSON.stringify([wish, view, live, refresh]);
    if (asked !== this.#asked) {
      this.#rest();
      this.#asked = asked;
      this.#reading = {};
      this.#news = this.#module = undefined;
    }
    if (this.#stop || !this.#code || !this.#api) return;
    const everyMs = 1000 * Math.max(SHORTEST_REFRESH_S, Number(refresh) || DEFAULT_REFRESH_S);
    this.#stop = store(wish, {
      everyMs,
      isLive: live,
      onBody: (body, lists) => this.#take(readAnswer(body, wish, lists)),
      onFailure: (error) => this.#fail(error),
    });
    if (asOf) void this.#followNews(wish).catch(() => {});
    loadView(view)?.then(
      (module) => {
        if (asked !== this.#asked) return;
        this.#module = module;
        this.#dress();
        this.#draw();
      },
      (error) => {
        if (asked !== this.#asked) return;
        this.#module = null;
        this.#fail(error);
      },
    );
  }

  /** Shows what is new, and tells the page of it. */
  #take(reading: Reading): void {
    if (JSON.stringify(reading) === JSON.stringify(this.#reading)) return;
    this.#reading = reading;
    this.#draw();
    const { answer, problem } = reading;
    if (answer && !problem) this.#tell('ready', answer);
    if (answer && (problem || answer.isStale)) this.#tell('stale', answer);
    if (!answer && problem) this.#tell('error', problem);
  }

  /** The last answer stays. */
  #fail(error: unknown): void {
    const { answer, problem } = this.#reading;
    if (problem?.code !== '') this.#take({ answer, problem: { code: '', message: `${error}` } });
  }

  /** Beside the edition that the tag holds on to. */
  async #followNews(wish: Wish): Promise<void> {
    const stop = this.#stop;
    const { draw, followNews } = await import('./news.js');
    if (!stop || stop !== this.#stop) return;
    const stopNews = followNews(store, wish, (news) => {
      this.#news = news && ((...args) => draw(news, ...args));
      this.#draw();
    });
    this.#stop = () => {
      stop();
      stopNews();
    };
  }

  /** The table is loaded when somebody wants to see it. */
  async #openTable(): Promise<void> {
    this.#table ??= await import('./table.js').catch(() => null);
    this.#dress();
    this.#draw();
  }

  /** The rules of everything that is drawn. */
  #dress(): void {
    const { shadowRoot: root } = this;
    if (root) adoptStyles(root, [styles, this.#module?.styles, this.#table?.styles].join(''));
  }

  #draw(): void {
    const { asOf, headingLevel, view, shadowRoot: root } = this;
    if (!root) return;
    const language = languageOf(this.lang);
    FORMATS[language] ??= createFormat(language);
    const format = FORMATS[language];
    const reader: Reader = { language, words: WORDS[language], format, asOf };
    const shown: Shown = {
      ...this.#reading,
      code: this.#code,
      api: this.#api,
      headingLevel,
      rows: partOf(view) === 'cards' ? this.#codes.length - 1 : null,
      news: this.#news,
      table: this.#table,
      module: this.#module,
    };
    try {
      if (!this.#isPlain) render(layout(shown, reader), root);
    } catch (error) {
      if (root.querySelector('section')) throw error;
      this.#isPlain = true; // the first time: the page lets nobody write markup
    }
    if (this.#isPlain) import('./plain.js').then(({ drawPlainly }) => drawPlainly(root, shown, reader));
  }

  get #code(): string {
    return (this.region ?? '').trim();
  }

  get #api(): string {
    return (this.api || CoverageWidget.api || '').replace(/\/+$/, '');
  }

  get #codes(): readonly string[] {
    const isOne = partOf(this.view) !== 'cards' || this.compact;
    return codesFor(this.#code, isOne ? '' : this.compare);
  }

  #rest(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #tell(what: 'ready' | 'stale' | 'error', detail: Answer | Refusal): void {
    this.dispatchEvent(new CustomEvent(`coverage-${what}`, { detail, bubbles: true, composed: true }));
  }
}

mirror(CoverageWidget.prototype, TEXTS, SWITCHES);
