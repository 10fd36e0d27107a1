import type { Dice } from './dice.js';
import { type CellChange, digitsOf, inCell, type Mutation, NUMBERS, type SheetChange, WHOLE } from './mutation.js';
import { columnOf, type Sheet, withCell } from './sheet.js';

/** How figures go wrong that look like figures: only what stands beside them can tell. */
export const FIGURE_MUTATIONS: readonly Mutation[] = [
  figure('ten times', 78, (text, { locale }) => `${digitsOf(text, locale)}0`),
  figure('a thousand times', 78, (text, { locale }) => `${digitsOf(text, locale)}000`),
  figure('a tenth', 78, (text, { locale }) => digitsOf(text, locale).slice(0, -1) || null),
  figure('two digits swapped', 76, (text, { locale, dice }) => swapped(digitsOf(text, locale), dice)),
  figure('a digit wrong', 76, (text, { locale, dice }) => {
    const digits = digitsOf(text, locale);
    const at = dice.whole(0, digits.length - 1);
    return digits.slice(0, at) + dice.pick([...'123456789']) + digits.slice(at + 1);
  }),
  figure('one more', 58, (text, { locale }) => {
    const digits = digitsOf(text, locale);
    return /^\d+$/.test(digits) ? String(BigInt(digits) + 1n) : null;
  }),
  {
    name: 'a percentage with digits swapped',
    number: 76,
    sheet: inCell(['decimal'], (text, { dice }) => swapped(text, dice), ['percent']),
  },
  {
    name: 'a percentage of other figures',
    number: 77,
    sheet: inCell(['decimal'], (_, { locale }) => (locale === 'C' ? '77.7' : '77,7'), ['percent']),
  },
  { name: 'figures of two rows swapped', number: 75, sheet: (sheet, dice) => swapRows(sheet, dice) },
  { name: 'figures of two columns swapped', number: 75, sheet: (sheet, dice) => swapColumns(sheet, dice) },
  { name: 'more persons than claims', number: 70, sheet: exceed('recipients', 'cases') },
  { name: 'more claims than payments', number: 70, sheet: exceed('cases', 'payments') },
  { name: 'a row twice', number: 67, sheet: (sheet, dice) => repeatRow(sheet, dice, false) },
  { name: 'a key twice, with another figure', number: 67, sheet: (sheet, dice) => repeatRow(sheet, dice, true) },
  { name: 'the month before copied', number: 74, sheet: (sheet, dice) => copyFigure(sheet, dice) },
  { name: 'registered sent as active', number: 69, sheet: swapWords('status') },
  {
    name: 'sums of programmes as one',
    number: 68,
    sheet: inCell(['word'], (_, { dice }) => dice.pick(['ANY', 'JKK_JKM', 'ALL']), ['program']),
  },
  { name: 'a count of one', number: 81, sheet: inCell(['count'], () => '1') },
  { name: 'a count of few', number: 81, sheet: inCell(['count'], (_, { dice }) => String(dice.whole(2, 9))) },
];

function figure(name: string, number: number, change: CellChange): Mutation {
  return { name, number, sheet: inCell(WHOLE, change) };
}

function swapped(text: string, dice: Dice): string | null {
  const at = dice.whole(0, Math.max(0, text.length - 2));
  const [left = '', right = ''] = [text[at], text[at + 1]];
  return /\d/.test(left) && /\d/.test(right) ? text.slice(0, at) + right + left + text.slice(at + 2) : null;
}

function figureColumns(sheet: Sheet): number[] {
  return sheet.titles.flatMap((title, index) => {
    const column = columnOf(sheet, title);
    return column && NUMBERS.includes(column.kind) && column.name !== 'rounded_to' ? [index] : [];
  });
}

function swapRows(sheet: Sheet, dice: Dice): Sheet | null {
  const [column] = figureColumns(sheet);
  if (column === undefined || sheet.rows.length < 2) return null;
  const [one, other] = [dice.whole(0, sheet.rows.length - 1), dice.whole(0, sheet.rows.length - 1)];
  const [first, second] = [sheet.rows[one]?.[column], sheet.rows[other]?.[column]];
  if (!first || !second || first === second) return null;
  return withCell(withCell(sheet, one, column, second), other, column, first);
}

function swapColumns(sheet: Sheet, dice: Dice): Sheet | null {
  const columns = figureColumns(sheet);
  if (columns.length < 2 || sheet.rows.length === 0) return null;
  const [one, other] = [dice.pick(columns), dice.pick(columns)];
  const row = dice.whole(0, sheet.rows.length - 1);
  const [first = '', second = ''] = [sheet.rows[row]?.[one], sheet.rows[row]?.[other]];
  return first === second ? null : withCell(withCell(sheet, row, one, second), row, other, first);
}

function repeatRow(sheet: Sheet, dice: Dice, isChanged: boolean): Sheet | null {
  if (sheet.rows.length === 0) return null;
  const cells = sheet.rows[dice.whole(0, sheet.rows.length - 1)] ?? [];
  const [column] = figureColumns(sheet);
  if (isChanged && (column === undefined || !cells[column])) return null;
  const again = isChanged && column !== undefined ? cells.with(column, '4321') : cells;
  return { ...sheet, rows: [...sheet.rows, again] };
}

function copyFigure(sheet: Sheet, dice: Dice): Sheet | null {
  const [column] = figureColumns(sheet);
  if (column === undefined || sheet.rows.length < 2) return null;
  const row = dice.whole(1, sheet.rows.length - 1);
  const above = sheet.rows[row - 1]?.[column];
  return above && above !== sheet.rows[row]?.[column] ? withCell(sheet, row, column, above) : null;
}

/** Exchanges two words of a column in every row. */
function swapWords(title: string): SheetChange {
  return (sheet) => {
    const at = sheet.titles.indexOf(title);
    const words = [...new Set(sheet.rows.map((cells) => cells[at]))].filter((word) => word);
    const [one, other] = words;
    const isShort = sheet.rows.some((cells) => cells.length <= at);
    if (at < 0 || isShort || words.length !== 2 || !one || !other) return null;
    return { ...sheet, rows: sheet.rows.map((cells) => cells.with(at, cells[at] === one ? other : one)) };
  };
}

/** Makes a figure of one column more than that of another in the same row. */
function exceed(low: string, high: string): SheetChange {
  return (sheet, dice) => {
    const [one, other] = [sheet.titles.indexOf(low), sheet.titles.indexOf(high)];
    const rows = sheet.rows.flatMap((cells, index) =>
      one >= 0 && other >= 0 && cells[one] && cells[other] ? [index] : [],
    );
    if (rows.length === 0) return null;
    const row = dice.pick(rows);
    const digits = digitsOf(sheet.rows[row]?.[other] ?? '', sheet.locale);
    return /^\d{1,15}$/.test(digits) ? withCell(sheet, row, one, String(Number(digits) + dice.whole(1, 9))) : null;
  };
}
