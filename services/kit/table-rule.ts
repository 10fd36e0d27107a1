/**
 * Rules over the rows of a whole file, declared as data beside the dataset. Names that begin with E refuse the file,
 * names that begin with W warn. A figure that is withheld or not stated makes what it is part of uncheckable, and so
 * does one that its source gave with a word before it (about, almost, more than).
 */
export type TableRule =
  | OrderRule
  | SumRule
  | UnionRule
  | RegionsRule
  | ChangeRule
  | CumulativeRule
  | GapRule
  | CeilingRule
  | RoundRule;

/** Which series a rule is about: the words that a dimension may have there. Dimensions not named may have any. */
export type Where = Readonly<Record<string, readonly string[]>>;

interface Common {
  readonly where?: Where;
  /** The columns of figures it looks at, each for itself. */
  readonly values: readonly string[];
}

/** Of figures that differ in one column only, a word's is never more than that of the next: ACTIVE, REGISTERED. */
export interface OrderRule extends Common {
  readonly kind: 'order';
  readonly name: string;
  readonly column: string;
  /** From the smallest to the largest. A word that the file does not have is passed over. */
  readonly words: readonly string[];
}

/**
 * Of figures that differ in one column only, the total is the sum of its parts, within what they are rounded to. Looked
 * at only where the file has the total and all its parts.
 */
export interface SumRule extends Common {
  readonly kind: 'sum';
  readonly name: string;
  readonly column: string;
  readonly total: string;
  readonly parts: readonly string[];
  /** False when there may be more to the total than these parts: then those that the file has do not exceed it. */
  readonly isComplete?: false;
  /** Combinations of words that do not exist: such a part counts as zero, present or not. */
  readonly impossible?: readonly Readonly<Record<string, string>>[];
}

/**
 * Of figures that differ in one column only, the whole counts everybody who is in at least one part: it is no less than
 * any part and no more than their sum.
 */
export interface UnionRule extends Common {
  readonly kind: 'union';
  readonly name: string;
  /** The name of the warning where the whole equals the sum of several parts: everybody was counted more than once. */
  readonly equalName: string;
  readonly column: string;
  readonly whole: string;
  readonly parts: readonly string[];
  readonly impossible?: readonly Readonly<Record<string, string>>[];
}

/** A province is the sum of its regencies and of its explicit unallocated row (`19.00`), wherever the file has both. */
export interface RegionsRule extends Common {
  readonly kind: 'regions';
  readonly name: string;
}

/**
 * How a figure of one place moves from date to date, what is published included: W2 a jump, W5 a slip of digits or of
 * the unit, W6 a figure that stays the same for months, W12 a month copied from the one before.
 */
export interface ChangeRule extends Common {
  readonly kind: 'change';
  /** The share of the figure before that it may change by within half a year, such as 0.15. */
  readonly jump: number;
  /** Changes by less, and figures below, are not looked at: small figures move by chance. In the unit of the figure. */
  readonly least: number;
  /** Dates on which, by a dataset of events, a region and all below it may jump. */
  readonly events?: { readonly dataset: string; readonly date: string };
  /** Columns whose words are mistaken for one another: a jump to what another word had is told so. */
  readonly mistaken?: readonly string[];
  /** True for what is paid in a period: a jump to the sum of the year so far is told so. */
  readonly isFlow?: true;
}

/** What is counted from the start of the year on never falls, unless a correction says so. */
export interface CumulativeRule extends Common {
  readonly kind: 'cumulative';
  readonly name: string;
}

/** A region that had a figure for the period before, as most of its neighbours have now, has one again. */
export interface GapRule {
  readonly kind: 'gaps';
  readonly name: string;
  readonly where?: Where;
}

/** A figure is no more than the newest one of its region in another dataset of the same subgraph. */
export interface CeilingRule extends Common {
  readonly kind: 'ceiling';
  readonly name: string;
  readonly of: { readonly dataset: string; readonly where: Where; readonly value: string };
}

/** Counted figures end in any digits: W7 where all of at least ten end in 00 and none says that it is rounded. */
export interface RoundRule extends Common {
  readonly kind: 'round';
}
