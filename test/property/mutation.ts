import type { Dice } from './dice.js';
import type { ColumnFact, Kind, Locale } from './layout.js';
import { columnOf, type Sheet, withCell } from './sheet.js';

/** One way a file goes wrong on its way from an office to us. Each step gives null where it does not fit the file. */
export interface Mutation {
  /** What it is called in the table. */
  readonly name: string;
  /** Its number in the catalogue of bad input; null for one of ours. */
  readonly number: number | null;
  /** True where it changes nothing that the file says: such a file must be accepted. */
  readonly isHarmless?: true;
  readonly sheet?: SheetChange;
  readonly text?: (text: string, sheet: Sheet, dice: Dice) => string | null;
  readonly bytes?: (bytes: Buffer, sheet: Sheet, dice: Dice) => Buffer | null;
}

/** Another table; null where it cannot be changed so. */
export type SheetChange = (sheet: Sheet, dice: Dice) => Sheet | null;

/** A cell as a mutation of it needs to know it. */
export interface CellContext {
  readonly column: ColumnFact;
  readonly locale: Locale;
  readonly dice: Dice;
}

/** Another text for a cell; null where it cannot be changed so. */
export type CellChange = (text: string, context: CellContext) => string | null;

/** Changes one cell that is not blank, of a column of these kinds. */
export function inCell(kinds: readonly Kind[], change: CellChange, names?: readonly string[]): SheetChange {
  return (sheet, dice) => {
    const columns = sheet.titles.flatMap((title, index) => {
      const column = columnOf(sheet, title);
      const isMeant = column && kinds.includes(column.kind) && (names === undefined || names.includes(column.name));
      return isMeant ? [{ column, index }] : [];
    });
    const places = columns.flatMap(({ column, index }) =>
      sheet.rows.flatMap((cells, row) => (cells[index] ? [{ column, index, row, text: cells[index] }] : [])),
    );
    if (places.length === 0) return null;
    const { column, index, row, text } = dice.pick(places);
    const changed = change(text, { column, locale: sheet.locale, dice });
    return changed === null || changed === text ? null : withCell(sheet, row, index, changed);
  };
}

/** Whole numbers of persons, claims and rupiah. */
export const WHOLE: readonly Kind[] = ['count', 'rupiah'];
export const NUMBERS: readonly Kind[] = ['count', 'rupiah', 'decimal'];

/** The digits of a whole number as a computer writes it. */
export function digitsOf(text: string, locale: Locale): string {
  return locale === 'id-ID' ? text.replaceAll('.', '') : text;
}

export function grouped(digits: string, sign: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, sign);
}

/** Puts a text into a column of one row, filled or not; a file without the column gets it. */
export function setCell(title: string, texts: readonly string[]): SheetChange {
  return (sheet, dice) => {
    if (sheet.rows.length === 0) return null;
    const at = sheet.titles.indexOf(title);
    const row = dice.whole(0, sheet.rows.length - 1);
    if (at >= 0) return withCell(sheet, row, at, dice.pick(texts));
    const rows = sheet.rows.map((cells) => [...cells, '']);
    return withCell({ ...sheet, titles: [...sheet.titles, title], rows }, row, sheet.titles.length, dice.pick(texts));
  };
}
