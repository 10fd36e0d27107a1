import type { Lists, Part } from './query.js';
import type { Wish } from './store.js';

/** One region as the API answers it. A null coverage: no figure is published. */
export interface Region {
  readonly code: string;
  readonly name: string;
  readonly coverage: Coverage | null;
  /** What is to be reached, by several definitions; not given by far ends that keep none. */
  readonly targets?: readonly Target[] | null;
}

export interface Target {
  readonly percent: number;
  /** As precise as its source. */
  readonly due: string;
  readonly indicator: Pick<Indicator, 'id'>;
}

/** A figure with what it takes to read it; names and meanings are the API's. */
export interface Coverage {
  /** In percent; above 100 is real. */
  readonly percent: number | null;
  /** The figure as its source printed it: it says how many decimals are true. */
  readonly asPrinted: string | null;
  /** ABOUT, ALMOST, MORE_THAN, or a word newer than this module. */
  readonly qualifier: string | null;
  readonly approximate: boolean;
  /** `2024-10-12`, `2024-12` or `2024`: as precise as the source was. */
  readonly date: string;
  /** Persons; null when no source states them. */
  readonly numerator: number | null;
  /** Persons; null when no source states them. */
  readonly denominator: number | null;
  /** STATED by a source, or DERIVED by us. */
  readonly origin: string;
  /** SDMX: Q withheld, E estimated, P provisional ... */
  readonly obsStatus: string;
  readonly flags: readonly string[];
  readonly indicator: Indicator;
  readonly sources: readonly Source[];
}

export interface Indicator {
  readonly id: string;
  /** Figures compare only inside one group; null compares with nothing, itself included. */
  readonly comparabilityGroup: string | null;
  readonly name: Bilingual;
  readonly shortName: Bilingual;
}

export interface Bilingual {
  readonly id: string;
  readonly en: string;
}

export interface Source {
  readonly publisher: string;
  readonly url: string | null;
}

export interface Answer {
  readonly region: Region;
  /** The regions above: the province, the country. */
  readonly context: readonly Region[];
  /** The instant of the edition, ISO 8601; null when the far end named none. */
  readonly edition: string | null;
  /** The far end itself says that it could not make a newer answer. */
  readonly isStale: boolean;
}

/** The far end understood, and says no: the code names no region, the day lies in the future. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

interface Problem {
  readonly message: string;
  readonly path?: readonly [string?, number?, string?];
  readonly extensions?: { readonly code?: string };
}

/** As the far end should say it: nothing is believed before it is looked at. */
interface Body {
  readonly data?: Readonly<Partial<Record<Part, readonly (Region | null)[]>>> | null;
  readonly errors?: readonly Problem[];
  readonly extensions?: { readonly edition?: unknown; readonly stale?: unknown };
}

/** A question may be refused for its region, its definition or its as-of; whatever else goes wrong is a failure. */
const REFUSALS = /^(BAD|UNKNOWN)_(REGION|INDICATOR|AS_OF)|IN_FUTURE|NOT_YET_KEPT/;

/** What is known of a wish: the last answer, and what is wrong with the newest one. */
export interface Reading {
  readonly answer?: Answer | undefined;
  readonly problem?: Refusal | undefined;
}

/** What became of a wish: one of both. */
export type Read = { readonly answer: Answer } | { readonly answer?: undefined; readonly problem: Refusal };

/**
 * The answer or the refusal to one wish, in the body for all of them. Throws on anything half, odd or about other codes:
 * no figure is better than a wrong one. Of views other than the card only code and name are looked at.
 */
export function readAnswer(body: unknown, { part, codes }: Pick<Wish, 'part' | 'codes'>, lists: Lists): Read {
  const { data, errors, extensions } = body as Body; // each field is looked at below
  const asked = lists[part] ?? [];
  const places = codes.map((code) => asked.indexOf(code));
  const found = data?.[part];
  const regions = places.map((place) => found?.[place]);
  const problems = (errors ?? [])
    // Of an error in another part, or at another region, somebody else is told. Figures may be older than any target.
    .filter(({ path }) => {
      const [first = '', place, field] = path ?? [];
      const isOurs = first === part ? place === undefined || places.includes(place) : !(first in lists);
      return isOurs && field !== 'targets';
    })
    .map((error) => ({ code: `${error.extensions?.code}`, message: `${error.message}` }));
  check(problems.every(({ code }) => REFUSALS.test(code)));
  // A region above that is not known leaves the answer whole; any other refusal empties figures that may exist.
  const problem = problems.find(({ code }) => !regions[0] || !/REGION/.test(code));
  if (problem) return { problem };
  check(regions[0] && found?.length === asked.length);
  check(regions.every((each, i) => each === null || isRegion(each, codes[i], part)));
  const [region, ...context] = regions as [Region, ...(Region | null)[]]; // checked above
  const { edition, stale } = extensions ?? {};
  const above = context.filter((each) => each !== null);
  return { answer: { region, context: above, edition: isDate(edition) ? edition : null, isStale: stale === true } };
}

function isRegion(region: Region | undefined, expected: string | undefined, part: Part): boolean {
  const { code, name, coverage } = region as Region; // throws where there is none
  return code === expected && isText(name) && (part !== 'cards' || coverage === null || isCoverage(coverage));
}

export function isCoverage(coverage: Coverage): boolean {
  const { percent, numerator, denominator, date, indicator, flags, sources, obsStatus } = coverage;
  const { id, name, shortName } = indicator;
  const publishers = sources.map(({ publisher }) => publisher);
  return (
    [percent, numerator, denominator].every(isAmount) &&
    [obsStatus, id, name.id, name.en, shortName.id, shortName.en, ...flags, ...publishers].every(isText) &&
    (obsStatus !== 'Q' || (percent === null && numerator === null)) &&
    isDate(date)
  );
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Null, or a number from zero up. */
export function isAmount(value: unknown): boolean {
  return value === null || (typeof value === 'number' && value >= 0);
}

/** A year, month, day or instant that exists. */
export function isDate(value: unknown): value is string {
  return isText(value) && /^\d{4}(-|$)/.test(value) && Date.parse(value) > 0;
}

function check(isFine: unknown): void {
  if (!isFine) throw new Error('Unreadable answer');
}
