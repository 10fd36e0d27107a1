import type { RegionLevel } from './region-code.js';
import type { TableRule } from './table-rule.js';
import { CONF_STATUSES, OBS_STATUSES, QUALIFIERS } from './words.js';

/** One text in the two languages of data people. */
export interface Bilingual {
  readonly id: string;
  readonly en: string;
}

/** A licence by its SPDX name. */
export interface Licence {
  readonly name: string;
  readonly title: string;
  readonly url: string;
}

/** A value as checked and as stored: rupiah stay text (whole, exact), counts and decimals are numbers. */
export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/**
 * What a column holds. `region` and `date` place an observation; `word` is one of a list; `reference` names a row of
 * another dataset (several, separated by a space, where `many`); the rest say it themselves. A number keeps no zeros at
 * the end of its fraction, and 33,10 is not 33,1: where a cell has some, `printedIn` names the column that keeps it as it
 * was written, unless that says something itself.
 */
export type ColumnKind =
  | { readonly kind: 'region' }
  | { readonly kind: 'date' }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'id' }
  | { readonly kind: 'reference'; readonly to: string; readonly many?: boolean }
  | { readonly kind: 'count' }
  | { readonly kind: 'rupiah' }
  | { readonly kind: 'decimal'; readonly min?: number; readonly printedIn?: string }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'text' };

export type Column = ColumnKind & {
  readonly name: string;
  readonly required?: boolean;
  /** What a blank cell means, where the layout says so. */
  readonly fallback?: string;
};

/** What a rule says of a row, and what to do about it where that is not said by what is wrong. */
export interface Remark extends Bilingual {
  readonly suggestion?: Bilingual;
}

/** A rule on one row: null when it holds, else what is wrong. Names as in the domain ("E4"); a W rule only warns. */
export interface Rule {
  readonly name: string;
  readonly columns: readonly string[];
  check(row: Row): Remark | null;
}

/** Counts from 1 to below `threshold` are withheld, and so are the `amounts` that go with them. */
export interface Threshold {
  readonly counts: readonly string[];
  readonly amounts: readonly string[];
  readonly threshold: number;
}

/**
 * A dataset as data: its CSV layout, its key, its rules, where its rows lie. Whoever declares one gets checks,
 * releases, editions and disclosure control without code of their own.
 */
export interface Dataset {
  /** Unique among all datasets; a release is named after it: `participant_count/7`. */
  readonly name: string;
  /** What people call it; without one they read its name. */
  readonly title?: Bilingual;
  /** The licence of the whole, where it has one; without one, figures belong to the sources that each row names. */
  readonly licence?: Licence;
  /** The subgraph that owns it. */
  readonly subgraph: string;
  /** Its CSV file in the data folder of the subgraph. */
  readonly file: string;
  readonly table: string;
  readonly columns: readonly Column[];
  /** The columns that name a row within a release. */
  readonly key: readonly string[];
  /** Key columns folded into one small integer, kept in `<table>_series`. */
  readonly series?: readonly string[];
  readonly rules?: readonly Rule[];
  /** Rules over the rows of a whole file. */
  readonly tableRules?: readonly TableRule[];
  readonly threshold?: Threshold;
  /** The columns of the region and of the date that a region must be valid on. */
  readonly place?: { readonly region: string; readonly date?: string; readonly levels?: readonly RegionLevel[] };
  /**
   * The columns that together say the period of a row, where that is more than the date of `place`: a file speaks for
   * every row of its periods.
   */
  readonly period?: readonly string[];
  /** Columns added at staging from others, such as a folded name to search in. */
  readonly derived?: Readonly<Record<string, (row: Row) => Cell>>;
  /**
   * How the first load is dated: REFERENCE rows are seen at every instant; BY_SOURCE rows from the end of the day
   * their source was published, or from the load where no source says a day.
   */
  readonly firstLoad: 'REFERENCE' | 'BY_SOURCE';
}

/** The text that names a row: its key cells, in the order of the key. */
export function rowKey(dataset: Dataset, row: Row): string {
  return JSON.stringify(dataset.key.map((name) => row[name] ?? null));
}

/** The columns that are stored beside the key. */
export function contentColumns(dataset: Dataset): readonly string[] {
  const stored = [...dataset.columns.map(({ name }) => name), ...Object.keys(dataset.derived ?? {})];
  return stored.filter((name) => !dataset.key.includes(name));
}

/**
 * The key columns that stand in the published table itself: the series number, then dates, then the rest. Rows are
 * written, listed and hashed in this order.
 */
export function storedKey({ key, series, columns }: Dataset): readonly string[] {
  const dates = new Set(columns.filter(({ kind }) => kind === 'date').map(({ name }) => name));
  const own = key.filter((name) => !series?.includes(name));
  const ordered = [...own.filter((name) => dates.has(name)), ...own.filter((name) => !dates.has(name))];
  return series ? ['series', ...ordered] : ordered;
}

/** The columns that say the period of a row; none for reference data, of which nothing vanishes by being left out. */
export function periodColumns({ period, place }: Dataset): readonly string[] {
  return period ?? (place?.date ? [place.date] : []);
}

/** True where a row that is withdrawn can say so itself: it keeps its place, without its figures. */
export function hasStatus({ columns }: Dataset): boolean {
  return columns.some(({ name }) => name === 'obs_status');
}

/** Columns most figures end with, after domain.md 5.4. */
export const AS_PRINTED_COLUMNS: readonly Column[] = [
  { name: 'as_printed', kind: 'text' },
  { name: 'rounded_to', kind: 'decimal', min: 0 },
  { name: 'qualifier', kind: 'word', words: QUALIFIERS },
];

export const STATUS_COLUMNS: readonly Column[] = [
  {
    name: 'obs_status',
    kind: 'word',
    words: OBS_STATUSES,
    fallback: 'A',
  },
  { name: 'conf_status', kind: 'word', words: CONF_STATUSES, fallback: 'F' },
];
