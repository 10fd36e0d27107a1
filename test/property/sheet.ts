import type { ColumnFact, Layout, Locale } from './layout.js';

/** A file before it is written: cells as text, and how they are put down. */
export interface Sheet {
  readonly layout: Layout;
  readonly locale: Locale;
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly separator: string;
  readonly lineEnd: string;
  /** Which cells stand in quotes: those that need them, all, or none, needed or not. */
  readonly quotes: 'needed' | 'all' | 'none';
}

/** A row by its columns; what is left out is blank. */
export type Cells = Readonly<Record<string, string>>;

/** The sign between columns that a locale asks for. */
export function separatorOf(locale: Locale): string {
  return locale === 'C' ? ',' : ';';
}

/** The rows with these titles, blank where they have nothing. */
export function sheetOf(layout: Layout, locale: Locale, titles: readonly string[], rows: readonly Cells[]): Sheet {
  const cells = rows.map((row) => titles.map((title) => row[title] ?? ''));
  return { layout, locale, titles, rows: cells, separator: separatorOf(locale), lineEnd: '\n', quotes: 'needed' };
}

export function textOf({ titles, rows, separator, lineEnd, quotes }: Sheet): string {
  const write = (cell: string) => {
    const needs = [separator, '"', '\r', '\n'].some((sign) => cell.includes(sign));
    return quotes === 'all' || (quotes === 'needed' && needs) ? `"${cell.replaceAll('"', '""')}"` : cell;
  };
  return [titles, ...rows].map((cells) => cells.map(write).join(separator) + lineEnd).join('');
}

/** The column of a title; undefined for one the layout does not know. */
export function columnOf({ layout }: Sheet, title: string | undefined): ColumnFact | undefined {
  return layout.columns.find(({ name }) => name === title);
}

/** The sheet with another cell; a row that is too short for it stays. */
export function withCell(sheet: Sheet, row: number, column: number, text: string): Sheet {
  const change = (cells: readonly string[]) => (column < cells.length ? cells.with(column, text) : cells);
  return { ...sheet, rows: sheet.rows.map((cells, index) => (index === row ? change(cells) : cells)) };
}
