import { type Language, languageOf } from '@cakupan/coverage-widget/card-view';
import { RequestError } from '../../kit/errors.js';
import { dayOf, type Instant, readAsOf } from '../../kit/period.js';
import { isRegionCode } from '../../kit/region-code.js';
import { type Query, readLook, type Theme, textOf } from '../embeds/card-request.js';

export const VIEWS = ['card', 'trend', 'breakdown', 'ranking', 'map', 'benefits'] as const;
export type ViewName = (typeof VIEWS)[number];

/** A code that follows the newest edition, and one that stays at an edition of the past. */
export const EDITIONS = ['newest', 'pinned'] as const;
export type EditionName = (typeof EDITIONS)[number];

/** What a partner chose. Parameters have the names of the tag's attributes; what is left at its default is not written. */
export interface Choices {
  readonly view: ViewName;
  /** Id of one definition; null for the first that has a figure. */
  readonly indicator: string | null;
  readonly language: Language;
  readonly theme: Theme;
  readonly headingLevel: string;
  /** Codes to stand below; none for the province and the country. */
  readonly compare: readonly string[];
  readonly isCompact: boolean;
  readonly isLive: boolean;
  /** A past day or an instant: what a pinned code stays at. */
  readonly asOf: string;
  /** The code to be seen first. */
  readonly edition: EditionName;
  /** Whether the script is that of one version, with its hash. */
  readonly isFixed: boolean;
  /** A Content-Security-Policy to look at; empty for none. */
  readonly policy: string;
  /** The language of the page itself: that of the card, unless it is said. */
  readonly pageLanguage: Language;
}

/** What was given and cannot be used; without it goes on what is left. */
export interface Mistake {
  readonly parameter: 'view' | 'indicator' | 'compare' | 'as-of' | 'as-of-ahead';
  readonly given: string;
}

export interface Chosen {
  readonly choices: Choices;
  readonly mistakes: readonly Mistake[];
}

export const DEFAULT_HEADING = '3';
const MOST_COMPARED = 12;
const LONGEST_POLICY = 4000;

/** `known` are the ids of all definitions; null where they cannot be had at the moment. */
export function readChoices(query: Query, now: Instant, known: readonly string[] | null): Chosen {
  const mistakes: Mistake[] = [];
  const told = (parameter: Mistake['parameter'], given: string) => mistakes.push({ parameter, given });
  const { language, theme } = readLook(query);
  const asked = textOf(query['as-of']) ?? textOf(query.asOf);
  const choices: Choices = {
    view: readView(query, told),
    indicator: readIndicator(query, known, told),
    language,
    theme,
    headingLevel: /^[1-6]$/.exec(textOf(query['heading-level']) ?? '')?.[0] ?? DEFAULT_HEADING,
    compare: readCompare(query, told),
    isCompact: isSwitchedOn(query.compact),
    isLive: isSwitchedOn(query.live),
    asOf: readPinned(asked, now, told),
    edition: readEdition(query, asked),
    isFixed: textOf(query.script) === 'fixed',
    policy: (textOf(query.policy) ?? '').slice(0, LONGEST_POLICY),
    pageLanguage: textOf(query['page-lang']) === null ? language : languageOf(textOf(query['page-lang'])),
  };
  return { choices, mistakes };
}

type Tell = (parameter: Mistake['parameter'], given: string) => void;

function readView(query: Query, tell: Tell): ViewName {
  const given = textOf(query.view) ?? 'card';
  const view = VIEWS.find((one) => one === given);
  if (view === undefined) tell('view', given);
  return view ?? 'card';
}

function readIndicator(query: Query, known: readonly string[] | null, tell: Tell): string | null {
  const given = textOf(query.indicator);
  if (given === null) return null;
  if (known === null ? /^[\w.-]{1,80}$/.test(given) : known.includes(given)) return given;
  tell('indicator', given);
  return null;
}

function readCompare(query: Query, tell: Tell): string[] {
  const given = (textOf(query.compare) ?? '').split(/[\s,]+/).filter(Boolean);
  const codes = given.filter(isRegionCode).slice(0, MOST_COMPARED);
  const other = given.find((code) => !isRegionCode(code)) ?? given[MOST_COMPARED];
  if (other !== undefined) tell('compare', other);
  return [...new Set(codes)];
}

/** Of a form's box, and of the tag's attribute, which is there or not. */
function isSwitchedOn(value: unknown): boolean {
  return value !== undefined && value !== 'false';
}

/**
 * A day that is over means its end, so it stays as it is. Today is not over: it is pinned at the minute that has begun,
 * as a moment later it could mean another edition.
 */
function readPinned(given: string | null, now: Instant, tell: Tell): string {
  const minute = `${new Date(now).toISOString().slice(0, 16)}Z`;
  if (given === null || given === dayOf(now)) return minute;
  try {
    readAsOf(given, now);
    return given;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    tell(error.extensions.code === 'AS_OF_IN_FUTURE' ? 'as-of-ahead' : 'as-of', given);
    return minute;
  }
}

/** A form says which; a link that names a day means the pinned one. */
function readEdition(query: Query, asOf: string | null): EditionName {
  const given = textOf(query.edition);
  return EDITIONS.find((one) => one === given) ?? (asOf === null ? 'newest' : 'pinned');
}

/** What the tag is given, in the order it is written. */
export function attributesOf(region: string, choices: Choices, edition: EditionName): [string, string][] {
  const { view, indicator, language, theme, headingLevel, compare, isCompact, isLive, asOf } = choices;
  const isCompared = view === 'card' && !isCompact && compare.length > 0;
  const all: readonly (readonly [string, string | false | null])[] = [
    ['region', region],
    ['view', view !== 'card' && view],
    ['indicator', indicator],
    ['as-of', edition === 'pinned' && asOf],
    ['compare', isCompared && compare.join(' ')],
    ['compact', isCompact && view === 'card' && ''],
    ['lang', language !== 'id' && language],
    ['theme', theme !== 'auto' && theme],
    ['heading-level', headingLevel !== DEFAULT_HEADING && headingLevel],
    ['live', isLive && edition === 'newest' && ''],
  ];
  return all.filter((pair): pair is [string, string] => typeof pair[1] === 'string');
}
