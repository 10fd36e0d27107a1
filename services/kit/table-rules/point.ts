import type { DbRow } from '../database.js';
import { type Dataset, storedKey } from '../dataset.js';
import { lastDay } from '../period.js';
import type { TableCheck } from '../table-check.js';
import { type Figure, hasColumn, isDecimal, readFigure, rupiahColumn } from './figure.js';

/** What one row says, in the file or published: the figures of one place and date in a series. */
export interface Point {
  /** Line of the file; null for what is published and not in the file. */
  readonly line: number | null;
  readonly period: Period;
  /** The stored key beside series and dates; the region, in most datasets. */
  readonly place: string;
  readonly region: string;
  /** In the order of `figureNames`. */
  readonly figures: readonly (Figure | null)[];
  /** The unit they are rounded to; 1 where nothing is said. */
  readonly unit: number;
  /** False when the source put a word before it: about, almost, more than. */
  readonly isExact: boolean;
}

/** The dates in a key. */
export interface Period {
  /** All of them, in the order of the stored key. */
  readonly dates: string;
  /** The date the figures are true for; of a period, its end. */
  readonly date: string;
  /** The days from 1970 to the end of it. */
  readonly day: number;
  /** The dates beside it: the first day of a period; empty for a stock. */
  readonly since: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Sorts before every character of a key. */
const BETWEEN = '\u0001';

/** The days from 1970 to the end of a date. */
export function dayNumber(date: string): number {
  return Date.parse(lastDay(date)) / DAY_MS;
}

/**
 * The columns of figures that rules ask for, in the order of the dataset. Rupiah are always among them: what a row is
 * rounded to speaks of them first.
 */
export function figureNames(dataset: Dataset, asked: Iterable<string>): readonly string[] {
  const wanted = new Set([...asked, rupiahColumn(dataset)]);
  return dataset.columns.map(({ name }) => name).filter((name) => wanted.has(name));
}

/** The stored key columns beside the series: dates first. */
export function placeKey(dataset: Dataset): readonly string[] {
  return storedKey(dataset).filter((name) => name !== 'series' || !dataset.series);
}

/** The dates and the other columns of a stored key, one of which may be left out. */
export function partsOfKey(dataset: Dataset, without: string | null = null) {
  const isDate = new Set(dataset.columns.filter(({ kind }) => kind === 'date').map(({ name }) => name));
  const keys = placeKey(dataset).filter((name) => name !== without);
  return { dates: keys.filter((name) => isDate.has(name)), rest: keys.filter((name) => !isDate.has(name)) };
}

/** The cells of a joined key. */
export function splitKey(text: string): readonly string[] {
  return text === '' ? [] : text.split(BETWEEN);
}

/** Points in the order of their stored key, which both databases sort by its bytes. */
export function comparePoints(left: Point, right: Point): number {
  const [one, other] = [left.period.dates, right.period.dates];
  if (one !== other) return one < other ? -1 : 1;
  if (left.place === right.place) return 0;
  return left.place < right.place ? -1 : 1;
}

/** How far the figure of a point may be from the true one: half the unit it is rounded to. */
export function marginOf({ stage: { dataset }, names }: TableCheck, point: Point, column: number): number {
  const name = names[column] ?? '';
  if (isDecimal(dataset, name)) return (hasColumn(dataset, 'rounded_to') ? point.unit / 2 : 0) + TINY;
  const rupiah = rupiahColumn(dataset);
  const isOfRupiah = rupiah !== null && rupiah !== name && (point.figures[names.indexOf(rupiah)] ?? null) !== null;
  return point.unit > 1 && !isOfRupiah ? point.unit / 2 : 0;
}

/** Decimals are kept to six digits. */
const TINY = 1e-7;

/** Reads rows as points. They come in the order of their dates, so that a date is looked at once for many of them. */
export function pointReader(dataset: Dataset, names: readonly string[], without: string | null): (row: DbRow) => Point {
  const { dates, rest } = partsOfKey(dataset, without);
  const region = dataset.place?.region ?? '';
  const datesOf = joinerOf(dates);
  const placeOf = joinerOf(rest);
  const isPlace = rest.length === 1 && rest[0] === region;
  const readers = names.map((name) => (isDecimal(dataset, name) ? readDecimal : readFigure));
  const unstated = names.some((name) => isDecimal(dataset, name)) ? 0 : 1;
  let period: Period = { dates: '', date: '', day: 0, since: '' };
  return (row) => {
    const text = datesOf(row);
    if (text !== period.dates) period = readPeriod(dataset, dates, text, row);
    const place = placeOf(row);
    const figures: (Figure | null)[] = [];
    for (let index = 0; index < names.length; index += 1)
      figures.push(readers[index]?.(row[names[index] ?? '']) ?? null);
    return {
      line: row.line === null ? null : Number(row.line),
      period,
      place,
      region: isPlace ? place : String(row[region] ?? ''),
      figures,
      unit: Number(row.rounded_to ?? unstated),
      isExact: (row.qualifier ?? null) === null,
    };
  };
}

function readPeriod(dataset: Dataset, names: readonly string[], dates: string, row: DbRow): Period {
  const main = dataset.place?.date ?? '';
  const date = String(row[main] ?? '');
  const since = names
    .filter((name) => name !== main)
    .map((name) => String(row[name]))
    .join(BETWEEN);
  return { dates, date, day: date === '' ? 0 : dayNumber(date), since };
}

function joinerOf(names: readonly string[]): (row: DbRow) => string {
  const [name, ...more] = names;
  if (name === undefined) return () => '';
  if (more.length === 0) return (row) => String(row[name]);
  return (row) => names.map((one) => String(row[one])).join(BETWEEN);
}

function readDecimal(stored: unknown): number | null {
  return stored === null || stored === undefined ? null : Number(stored);
}
