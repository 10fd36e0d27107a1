import type { Choices, EditionName, Mistake } from './choices.js';
import type { Codes } from './codes.js';
import type { Meant, Offer } from './places.js';
import type { PolicyCheck } from './policy.js';

/** The API cannot be asked at the moment; or it knew no such region or definition at that edition. */
export type Lack = 'unreachable' | 'unknown';

/** Everything the page shows, found before any of it is written. */
export interface PageFacts {
  readonly base: string;
  /** The region as it was written. */
  readonly asked: string;
  readonly meant: Meant;
  /** Null where nobody can tell at the moment what there is to choose from. */
  readonly offer: Offer | null;
  readonly choices: Choices;
  readonly mistakes: readonly Mistake[];
  /** The last day that may be chosen, in WIB. */
  readonly today: string;
  /** The day or the instant a pinned code stays at, as a card says it. */
  readonly until: string;
  /** Null without a region. */
  readonly codes: Readonly<Record<EditionName, Codes>> | null;
  /** Why a code has no figure in it; null where it has one. */
  readonly lacks: Readonly<Record<EditionName, Lack | null>> | null;
  /** Null where no policy was given. */
  readonly check: PolicyCheck | null;
}
