import { type Answer, codesFor, type Read, type Refusal, readAnswer } from '@cakupan/coverage-widget/card-view';
import { RequestError } from '../../kit/errors.js';
import { LIFETIMES } from '../../kit/lifetimes.js';
import type { Edition, Editions } from '../edition.js';
import { askOwn, type OwnParts } from '../own-question.js';
import { lifetimeOf } from '../reply.js';

/** Which figure: that of a region, by one definition, of the newest edition or of one in the past. */
export interface FigureQuestion {
  readonly region: string;
  /** Null for the first definition that has a figure. */
  readonly indicator: string | null;
  /** A day or an instant; null for now. */
  readonly asOf: string | null;
}

/** What the API says to it, read as the tag reads it. */
export interface Figure {
  readonly answer: Answer;
  /** The regions as they came: the one asked for, then those above it. */
  readonly regions: readonly unknown[];
  /** How long others may keep what is made of it. */
  readonly lifetime: string;
}

/**
 * Gives the figure, or why there is none: the code names no region, the day lies ahead. `demand` asks at the door before
 * anything is computed. Throws where nobody can tell at the moment.
 */
export type FindFigure = (question: FigureQuestion, demand: () => Promise<void>) => Promise<Figure | Refusal>;

export interface FigureParts extends OwnParts {
  readonly editions: Editions;
  /** The trusted document of the tag: who comes second gets what was kept for the first. */
  readonly document: string;
}

export function figureFinder(parts: FigureParts): FindFigure {
  const { editions, document } = parts;
  return async ({ region, indicator, asOf }, demand) => {
    if (!editions.isReady())
      throw new RequestError(
        'EDITION_NOT_READY',
        'This gateway has not read the edition log yet: ask again in a second.',
      );
    const edition = pick(editions, asOf);
    if ('message' in edition) return edition;
    const codes = codesFor(region);
    const cards = [...codes].sort(); // as a page with this card alone asks
    const question = { query: document, variables: { cards, indicator }, asOf };
    const made = await askOwn(parts, question, edition, demand);
    const body = JSON.parse(made.body.toString()) as CardBody; // the engine made it
    const reading = read(body, codes, cards);
    if (!reading.answer) return reading.problem;
    const { answer } = reading;
    return {
      answer: { ...answer, isStale: answer.isStale || edition.isStale },
      regions: codes.map((code) => body.data?.cards?.[cards.indexOf(code)]),
      lifetime: answer.isStale ? LIFETIMES.none : lifetimeOf(made, edition),
    };
  };
}

interface CardBody {
  readonly data?: { readonly cards?: readonly unknown[] } | null;
}

/** A caller's mistake about the day is told in the picture, as a wrong code is. */
function pick(editions: Editions, asOf: string | null): Edition | Refusal {
  try {
    return editions.pick(asOf);
  } catch (error) {
    if (asOf === null || !(error instanceof RequestError)) throw error;
    return { code: String(error.extensions.code), message: error.message };
  }
}

/** What cannot be read is no figure: the next moment may mend it. */
function read(body: unknown, codes: readonly string[], cards: readonly string[]): Read {
  try {
    return readAnswer(body, { part: 'cards', codes }, { cards });
  } catch {
    throw new RequestError('SUBGRAPH_UNAVAILABLE', 'A subgraph did not answer: try again later.');
  }
}
