import type { Cell, Column, Dataset } from './dataset.js';
import { type PersonalKind, personalCell, personalTitle } from './personal.js';

/** A record of a file, with the line it begins on. */
export interface FileRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The columns of a file, in its order, and what the columns it leaves out mean. */
export interface Header {
  readonly columns: readonly Column[];
  readonly absent: Readonly<Record<string, Cell>>;
}

/** How many records are looked at to find a header that is not where it should be. */
export const HEADER_SEARCH = 20;

/** The columns when a record is exactly a header of the dataset; null when it is not. Columns may stand in any order. */
export function readHeader(dataset: Dataset, titles: readonly string[]): Header | null {
  const byName = new Map(dataset.columns.map((column) => [column.name, column]));
  const columns = titles.flatMap((title) => byName.get(title) ?? []);
  const isWhole = columns.length === titles.length && new Set(titles).size === titles.length;
  if (!isWhole || missingColumns(dataset, titles).length > 0) return null;
  const absent = dataset.columns.filter((column) => !columns.includes(column));
  return { columns, absent: Object.fromEntries(absent.map(({ name, fallback }) => [name, fallback ?? null])) };
}

/** The columns that a file cannot do without: those that must be filled, and one figure where the dataset has any. */
export function missingColumns({ columns }: Dataset, titles: readonly string[]): readonly Column[] {
  const missing = columns.filter(({ name, required }) => required && !titles.includes(name));
  const figures = columns.filter(({ kind, name }) => FIGURES.includes(kind) && name !== 'rounded_to');
  const [first] = figures;
  return first && !figures.some(({ name }) => titles.includes(name)) ? [...missing, first] : missing;
}

/** The kinds of columns that hold figures. */
export const FIGURES: readonly Column['kind'][] = ['count', 'rupiah', 'decimal'];

/** The title of a column as it may be told: its place where the title itself looks like data of a person. */
export function titleAt(titles: readonly string[], index: number): string {
  const title = titles[index] ?? '';
  return title.trim() === '' || title.length > 80 || personalCell(title, 'text') ? `#${index + 1}` : title;
}

/** What a title tells of persons: by what it promises, or because it is itself data of one. */
export interface PersonalTitle {
  readonly index: number;
  readonly kind: PersonalKind;
  readonly by: 'title' | 'cells';
}

/** The titles, other than those of the dataset, that promise persons or are data of one. */
export function personalTitles({ columns }: Dataset, titles: readonly string[]): PersonalTitle[] {
  return titles.flatMap((title, index): PersonalTitle[] => {
    if (columns.some(({ name }) => name === title)) return [];
    const [promised, told] = [personalTitle(title), personalCell(title, 'text')];
    if (told) return [{ index, kind: told, by: 'cells' }];
    return promised ? [{ index, kind: promised, by: 'title' }] : [];
  });
}
