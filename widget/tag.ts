import type { Answer, Refusal } from './answer.js';
import type { CoverageWidget } from './coverage-widget.js';

/** What a page writes on the tag; all of it may change at any time. docs/contracts/0001-tag.md says what each means. */
export interface CoverageAttributes {
  /** Kemendagri code with its dots: `19.03`; `00` is Indonesia. */
  'region'?: string | undefined;
  'view'?: 'card' | 'trend' | 'breakdown' | 'ranking' | 'map' | 'benefits' | undefined;
  /** Id of one definition: `ucj`. */
  'indicator'?: string | undefined;
  'lang'?: 'id' | 'en' | undefined;
  /** A day `2025-06-30`, or an instant with its zone. */
  'as-of'?: string | undefined;
  /** Codes of up to twelve regions, with blanks between. */
  'compare'?: string | undefined;
  'compact'?: boolean | undefined;
  'theme'?: 'light' | 'dark' | 'auto' | undefined;
  'heading-level'?: HeadingLevel | `${HeadingLevel}` | undefined;
  /** Base address of the API, without `/graphql`. */
  'api'?: string | undefined;
  /** Seconds between two questions, at least 5. */
  'refresh'?: number | `${number}` | undefined;
  'live'?: boolean | undefined;
}

type HeadingLevel = 1 | 2 | 3 | 4 | 5 | 6;

/** The events of the tag. They bubble, so that a page may hear all its tags at once. */
export interface CoverageEvents {
  /** A new answer is shown. */
  'coverage-ready': CustomEvent<Answer>;
  /** The answer shown could not be refreshed. */
  'coverage-stale': CustomEvent<Answer>;
  /** There is nothing to show. */
  'coverage-error': CustomEvent<Refusal>;
}

declare global {
  interface HTMLElementTagNameMap {
    'coverage-widget': CoverageWidget;
  }
  interface GlobalEventHandlersEventMap extends CoverageEvents {}
}
