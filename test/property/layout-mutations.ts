import type { Dice } from './dice.js';
import type { Mutation } from './mutation.js';
import { columnOf, type Sheet, withCell } from './sheet.js';

/** How a table goes wrong: rows and columns that stand where none may, or do not stand where they must. */
export const LAYOUT_MUTATIONS: readonly Mutation[] = [
  {
    name: 'titles above the header',
    number: 15,
    text: (text, _, dice) => dice.pick(['Data Kepesertaan per Okt 2024\n', '\n', 'Sumber,BPS\n', ' \n\n']) + text,
  },
  {
    name: 'a header of two rows',
    number: 16,
    sheet: (sheet) => ({
      ...sheet,
      titles: sheet.titles.map((title, index) => (index > 1 ? '' : title)),
      rows: [sheet.titles, ...sheet.rows],
    }),
  },
  {
    name: 'months as columns',
    number: 17,
    sheet: (sheet, dice) => renamed(sheet, figureTitle(sheet), dice.pick(['2024-10', 'Okt-24', '2024'])),
  },
  {
    name: 'a column of row numbers',
    number: 18,
    sheet: (sheet) => ({
      ...sheet,
      titles: ['No', ...sheet.titles],
      rows: sheet.rows.map((cells, index) => [String(index + 1), ...cells]),
    }),
  },
  { name: 'a row of sums', number: 19, sheet: (sheet, dice) => totalRow(sheet, dice, sheet.rows.length) },
  {
    name: 'a row of sums between',
    number: 20,
    sheet: (sheet, dice) => totalRow(sheet, dice, dice.whole(0, sheet.rows.length)),
  },
  {
    name: 'a footnote',
    number: 21,
    sheet: (sheet, dice) => ({
      ...sheet,
      rows: [...sheet.rows, [dice.pick(['Sumber: BPJS TK', '*) sementara', 'Catatan'])]],
    }),
  },
  {
    name: 'a footnote of full width',
    number: 21,
    sheet: (sheet) => ({
      ...sheet,
      rows: [...sheet.rows, sheet.titles.map((_, index) => (index === 0 ? 'Sumber: BPJS TK' : ''))],
    }),
  },
  {
    name: 'the header again',
    number: 22,
    sheet: (sheet, dice) => insertRow(sheet, dice.whole(1, sheet.rows.length), sheet.titles),
  },
  {
    name: 'cells to be filled down',
    number: 23,
    sheet: (sheet, dice) => (sheet.rows.length < 2 ? null : blanked(sheet, dice, dice.whole(1, sheet.rows.length - 1))),
  },
  {
    name: 'a column twice',
    number: 24,
    sheet: (sheet, dice) => {
      const at = dice.whole(0, sheet.titles.length - 1);
      return {
        ...sheet,
        titles: [...sheet.titles, sheet.titles[at] ?? ''],
        rows: sheet.rows.map((cells) => [...cells, cells[at] ?? '']),
      };
    },
  },
  {
    name: 'a column missing',
    number: 25,
    sheet: (sheet, dice) => withoutColumn(sheet, dice.whole(0, sheet.titles.length - 1)),
  },
  {
    name: 'a column too many',
    number: 25,
    sheet: (sheet, dice) => ({
      ...sheet,
      titles: [...sheet.titles, dice.pick(['persen', 'keterangan', '', 'value2'])],
      rows: sheet.rows.map((cells) => [...cells, '1']),
    }),
  },
  { name: 'columns in another order', number: 25, isHarmless: true, sheet: (sheet, dice) => reordered(sheet, dice) },
  {
    name: 'a header spelt otherwise',
    number: 26,
    sheet: (sheet, dice) => {
      const title = dice.pick(sheet.titles);
      return renamed(
        sheet,
        title,
        dice.pick([
          `${title} `,
          title.toUpperCase(),
          title.replace('_', ' '),
          'Kab/Kota',
          `\u00a0${title}`,
          `${title}\u200b`,
        ]),
      );
    },
  },
  {
    name: 'a hidden column of persons',
    number: 27,
    sheet: (sheet, dice) => {
      const title = dice.pick(['nik', 'nama_peserta', 'no_hp', 'kpj', 'tanggal_lahir', 'alamat']);
      return {
        ...sheet,
        titles: [...sheet.titles, title],
        rows: sheet.rows.map((cells) => [...cells, dice.pick(['', 'x', '1999990101990004'])]),
      };
    },
  },
  {
    name: 'a cell too few',
    number: 10,
    sheet: (sheet, dice) => changedRow(sheet, dice, (cells) => cells.toSpliced(dice.whole(0, cells.length - 1), 1)),
  },
  {
    name: 'a separator at the end of a row',
    number: null,
    sheet: (sheet, dice) => changedRow(sheet, dice, (cells) => [...cells, dice.pick(['', '', '7'])]),
  },
  {
    name: 'a cell too many',
    number: null,
    sheet: (sheet, dice) =>
      changedRow(sheet, dice, (cells) => cells.toSpliced(dice.whole(0, cells.length), 0, dice.pick(['', '1', 'x']))),
  },
  {
    name: 'a row of blank cells',
    number: null,
    isHarmless: true,
    sheet: (sheet, dice) =>
      insertRow(
        sheet,
        dice.whole(0, sheet.rows.length),
        sheet.titles.map(() => ''),
      ),
  },
  {
    name: 'rows in another order',
    number: null,
    isHarmless: true,
    sheet: (sheet, dice) => ({ ...sheet, rows: turned(sheet.rows, dice.whole(0, sheet.rows.length)) }),
  },
  { name: 'every cell in quotes', number: null, isHarmless: true, sheet: (sheet) => ({ ...sheet, quotes: 'all' }) },
  { name: 'no cell in quotes', number: null, sheet: (sheet) => ({ ...sheet, quotes: 'none' }) },
  {
    name: 'a row lost',
    number: 59,
    sheet: (sheet, dice) =>
      sheet.rows.length < 2 ? null : { ...sheet, rows: sheet.rows.toSpliced(dice.whole(0, sheet.rows.length - 1), 1) },
  },
];

function figureTitle(sheet: Sheet): string | undefined {
  return sheet.titles.find((title) => columnOf(sheet, title)?.kind === 'count' || title === 'percent');
}

function renamed(sheet: Sheet, title: string | undefined, to: string): Sheet | null {
  return title === undefined || to === title
    ? null
    : { ...sheet, titles: sheet.titles.map((one) => (one === title ? to : one)) };
}

function insertRow(sheet: Sheet, at: number, cells: readonly string[]): Sheet {
  return { ...sheet, rows: sheet.rows.toSpliced(at, 0, cells) };
}

function totalRow(sheet: Sheet, dice: Dice, at: number): Sheet {
  const label = dice.pick(['Jumlah', 'TOTAL', 'Sub total']);
  const where = dice.pick([0, 1, 2]);
  return insertRow(
    sheet,
    at,
    sheet.titles.map((title, index) => {
      if (index === where) return label;
      return columnOf(sheet, title)?.kind === 'count' ? '99999' : '';
    }),
  );
}

function blanked(sheet: Sheet, dice: Dice, row: number): Sheet | null {
  const columns = sheet.titles.flatMap((title, index) =>
    columnOf(sheet, title)?.required && sheet.rows[row]?.[index] ? [index] : [],
  );
  return columns.length === 0 ? null : withCell(sheet, row, dice.pick(columns), '');
}

function withoutColumn(sheet: Sheet, at: number): Sheet {
  return { ...sheet, titles: sheet.titles.toSpliced(at, 1), rows: sheet.rows.map((cells) => cells.toSpliced(at, 1)) };
}

function reordered(sheet: Sheet, dice: Dice): Sheet | null {
  const at = dice.whole(1, Math.max(1, sheet.titles.length - 1));
  if (sheet.rows.some((cells) => cells.length !== sheet.titles.length)) return null;
  return { ...sheet, titles: turned(sheet.titles, at), rows: sheet.rows.map((cells) => turned(cells, at)) };
}

function turned<T>(list: readonly T[], at: number): T[] {
  return [...list.slice(at), ...list.slice(0, at)];
}

function changedRow(sheet: Sheet, dice: Dice, change: (cells: readonly string[]) => readonly string[]): Sheet | null {
  if (sheet.rows.length === 0) return null;
  const at = dice.whole(0, sheet.rows.length - 1);
  return {
    ...sheet,
    rows: sheet.rows.map((cells, index) => (index === at && cells.length > 0 ? change(cells) : cells)),
  };
}
