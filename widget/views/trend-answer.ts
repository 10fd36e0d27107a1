import { type Bilingual, type Coverage, isAmount, isCoverage, isDate, isText } from '../answer.js';

/** A region's coverage over time, as the API answers it. */
export interface Trend {
  readonly name: string;
  /** The figure that the card shows: its definition is the main one. Null where no definition answers by itself. */
  readonly coverage: { readonly indicator: { readonly id: string } } | null;
  /** Figures of every definition, oldest first. */
  readonly coverageSeries: readonly Coverage[];
  readonly events: readonly SeriesEvent[];
  /** None where the edition is older than any target. */
  readonly targets: readonly Target[];
}

export interface SeriesEvent {
  readonly date: string;
  readonly kind: string;
  readonly note: Bilingual;
}

export interface Target {
  readonly due: string;
  /** Null where only persons are to be reached. */
  readonly percent: number | null;
  readonly indicator: { readonly id: string };
}

/** The trend in an answer; null on anything half or odd: without its events, say, a line would join what is apart. */
export function readTrend(answer: unknown): Trend | null {
  try {
    const given = answer as Trend; // each field is looked at below
    const { name, coverage, coverageSeries, events } = given;
    const targets = given.targets ?? [];
    const isWhole =
      isText(name) &&
      (coverage === null || isText(coverage.indicator.id)) &&
      coverageSeries.every((figure) => isCoverage(figure) && isSilent(figure)) &&
      events.every(({ date, kind, note }) => isDate(date) && [kind, note.id, note.en].every(isText)) &&
      targets.every(({ due, percent, indicator }) => isDate(due) && isAmount(percent) && isText(indicator.id));
    return isWhole ? { ...given, targets } : null;
  } catch {
    return null; // something lacks what was looked for in it
  }
}

/** What is withheld or withdrawn must have no number. */
function isSilent({ obsStatus, percent }: Coverage): boolean {
  return percent === null || !/[QO]/.test(obsStatus);
}
