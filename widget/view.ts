import type { Answer, Coverage, Region, Source, Target } from './answer.js';
import type { Format } from './format.js';
import { absenceOf, type Language, qualifierWord, remarkOn, type Words } from './words.js';

/** The card in words, ready to be laid out; nothing here knows about HTML. */
export interface View {
  readonly main: Entry;
  readonly rows: readonly Entry[];
  readonly sources: readonly Source[];
  /** `Edisi 22 Nov 2026 08.30 WIB`; empty when unknown. */
  readonly edition: string;
}

/** One region on the card. */
export interface Entry {
  readonly name: string;
  /** `sekitar`; empty for an exact figure. */
  readonly qualifier: string;
  /** `21%`, or in words why there is no number. */
  readonly value: string;
  readonly isNumber: boolean;
  readonly isWithheld: boolean;
  /** Whose share the number is. */
  readonly what: string;
  /** `per 12 Okt 2024` */
  readonly asAt: string;
  /** `UCJ · 144.070 peserta` */
  readonly details: string;
  readonly remarks: readonly string[];
  /** Percent to draw; null when there is none, or it is on another scale than the main bar. */
  readonly drawn: number | null;
  /** Percent to be reached, by the same definition. */
  readonly aim: number | null;
}

/** The indicators that are a share of all workers; every other one says by its name whose share it is. */
const GENERAL = /^(ucj|unstated|rpjmn|bpjs)/;

/** Who reads. */
export interface Reader {
  readonly language: Language;
  readonly words: Words;
  readonly format: Format;
  /** The day or instant of the edition that the page holds on to; none where it follows the newest. */
  readonly asOf: string | null;
}

export function viewOf({ region, context, edition }: Answer, reader: Reader): View {
  const { coverage } = region;
  return {
    main: entryOf(region, coverage, reader),
    rows: context.map((above) => entryOf(above, coverage, reader)),
    sources: coverage?.sources ?? [],
    edition: edition ? editionOf(edition, reader) : '',
  };
}

/** True when both are measured by one definition; a figure of unstated definition compares with nothing. */
export function isComparable(one: Coverage, other: Coverage): boolean {
  const { comparabilityGroup } = one.indicator;
  return !!comparabilityGroup && comparabilityGroup === other.indicator.comparabilityGroup;
}

/** A region beside the figure that is looked at, which may be its own. */
export function entryOf(
  { name, coverage, targets }: Region,
  main: Coverage | null,
  { language, words, format }: Reader,
): Entry {
  const nothing = {
    name,
    qualifier: '',
    value: words.noFigure,
    what: '',
    asAt: '',
    details: '',
    remarks: [],
    drawn: null,
    aim: null,
  };
  if (!coverage) return { ...nothing, isNumber: false, isWithheld: false };
  const { percent, numerator, denominator, indicator, origin, obsStatus } = coverage;
  const isMain = coverage === main;
  const isWithheld = obsStatus === 'Q';
  const isNumber = percent !== null;
  const target = isMain ? targetOf(coverage, targets ?? []) : undefined;
  const isUnstated = isMain && isNumber && indicator.id === 'unstated';
  const isSame = main !== null && isComparable(coverage, main);
  const asAt = `${words.asAt} ${format.date(coverage.date)}`;
  const remarks = [obsStatus, ...coverage.flags].map((word) => remarkOn(word, words));
  const details = [
    !isUnstated && indicator.shortName[language],
    isNumber && origin === 'DERIVED' && words.derived,
    numerator !== null && `${format.count(numerator)} ${words.persons}`,
    isMain &&
      (denominator !== null
        ? `${words.outOf} ${format.count(denominator)}`
        : origin === 'STATED' && !isUnstated && words.noDenominator),
    !(isMain && isNumber) && asAt,
    target && `${words.target} ${format.date(target.due)}: ${format.percent(target.percent, null)}`,
    !isMain && main && (isSame ? words.sameDefinition : words.notComparable),
  ];
  return {
    name,
    qualifier: qualifierOf(coverage, words),
    value: isNumber ? format.percent(percent, coverage.asPrinted) : (absenceOf(obsStatus, words) ?? words.noFigure),
    isNumber,
    isWithheld,
    what: GENERAL.test(indicator.id) ? words.covered : indicator.name[language],
    asAt,
    details: details.filter(Boolean).join(' · '),
    remarks: [isUnstated && words.unstated, ...remarks].filter((remark) => typeof remark === 'string'),
    drawn: isMain || isSame ? percent : null,
    aim: isNumber && target ? target.percent : null,
  };
}

/** What is to be reached next by the definition of the figure. */
function targetOf({ date, indicator }: Coverage, targets: readonly Target[]): Target | undefined {
  return targets
    .filter(({ percent, due, indicator: { id } }) => percent && id === indicator.id && due >= date.slice(0, due.length))
    .sort((one, other) => (one.due < other.due ? -1 : 1))[0];
}

/** `sekitar 21%`, or in words why there is no number. */
export function wholeValue({ qualifier, value }: Pick<Entry, 'qualifier' | 'value'>): string {
  return `${qualifier} ${value}`.trim();
}

export function editionOf(edition: string, { words, format, asOf }: Reader): string {
  return asOf
    ? `${words.asPublished} ${asOf.length > 10 ? format.instant(asOf) : format.date(asOf)}`
    : `${words.edition} ${format.instant(edition)}`;
}

function qualifierOf({ percent, qualifier, approximate }: Coverage, words: Words): string {
  return percent !== null && (qualifier || approximate) ? qualifierWord(`${qualifier}`, words) : '';
}
