import { readCell } from './cell.js';
import type { Bilingual, Cell, Column, Row } from './dataset.js';
import { addFinding, type Findings, findPersonal } from './findings.js';
import type { FileRecord, Header } from './header.js';
import type { Locale } from './locale.js';
import { losesZeros } from './number.js';
import { type PersonalKind, personalCell } from './personal.js';
import { visibleText, wrongText } from './plain-text.js';
import type { Problems } from './problems.js';
import { strayRow } from './stray-row.js';

/** Reads a row below a header; null when it is no data, or something is wrong with it. */
export type RowReader = (record: FileRecord) => Row | null;

export interface RowContext {
  readonly locale: Locale;
  readonly problems: Problems;
  readonly found: Findings;
}

/** A cell as it was read: a value, or what is wrong with it. */
interface CellResult {
  readonly value: Cell;
  readonly wrong: Wrong | null;
}

interface Wrong {
  readonly rule: string;
  readonly message: Bilingual;
  readonly suggestion: Bilingual | null;
  readonly personal: PersonalKind | null;
}

/** A reader that tells of every cell it cannot read. Once a person is found, what it reads is not to be kept. */
export function createRowReader({ columns, absent }: Header, { locale, problems, found }: RowContext): RowReader {
  const titles = columns.map(({ name }) => name);
  const readers = columns.map((column) => createCellReader(column, locale));
  const printed = columns.flatMap((column, index) =>
    column.kind === 'decimal' && column.printedIn ? [{ index, into: column.printedIn }] : [],
  );
  const filled: string[] = [];
  let above: readonly string[] = [];

  const refuse = ({ line, cells }: FileRecord, results: readonly CellResult[]) => {
    const stray = strayRow(columns, cells);
    if (stray) return problems.add('LAYOUT', stray.problem, { row: line, suggestion: stray.suggestion });
    for (const [index, { wrong }] of results.entries()) {
      if (!wrong) continue;
      const suggestion = wrong.suggestion ?? fillDown(index, cells);
      problems.add(wrong.rule, wrong.message, {
        row: line,
        column: titles[index] ?? '',
        raw: cut(cells[index] ?? ''),
        suggestion,
      });
    }
  };
  /** What the cells above say, where a cell was left blank as in a table for the eye. */
  const fillDown = (index: number, cells: readonly string[]): Bilingual | null => {
    const kind = columns[index]?.kind;
    const value = cut(above[index] || filled[index] || '');
    if (cells[index] !== '' || !value || (kind !== 'region' && kind !== 'date' && kind !== 'word')) return null;
    filled[index] = value;
    return {
      id: `isi ke bawah: tulis "${value}" di setiap baris, bila memang sama dengan baris di atasnya`,
      en: `fill it down: write "${value}" in every row, if it is the same as above`,
    };
  };
  const read = (record: FileRecord): Row | null => {
    const { cells } = record;
    if (cells.length !== readers.length) return misshapen(record);
    const row: Record<string, Cell> = { ...absent };
    let results: CellResult[] | null = null;
    for (let index = 0; index < readers.length; index += 1) {
      const result = readers[index]?.(cells[index] ?? '');
      if (!result) continue;
      if (result.wrong) results ??= [];
      row[titles[index] ?? ''] = result.value;
    }
    if (results && !cells.every(isBlank)) {
      results = cells.map((cell, index) => readers[index]?.(cell) ?? BLANK);
      for (const [index, { wrong }] of results.entries())
        if (wrong?.personal) addFinding(found, titles[index] ?? '', { kind: wrong.personal, by: 'cells' });
      if (found.size === 0) refuse(record, results);
    }
    above = cells;
    if (results) return null;
    for (const { index, into } of printed) {
      const text = (cells[index] ?? '').trim();
      if ((row[into] ?? null) === null && losesZeros(text, locale)) row[into] = text;
    }
    return row;
  };
  const misshapen = ({ line, cells }: FileRecord): null => {
    findPersonal(titles, cells, found);
    if (found.size > 0 || cells.every(isBlank)) return null;
    const stray = strayRow(columns, cells);
    const { problem, suggestion } = stray ?? wrongLength(cells.length, titles.length, locale);
    problems.add('LAYOUT', problem, { row: line, suggestion });
    return null;
  };
  return read;
}

const BLANK: CellResult = { value: null, wrong: null };

/** True for a cell that says nothing. */
export function isBlank(cell: string): boolean {
  return cell === '' || cell.trim() === '';
}

/** How many different texts of a column are remembered with what they say. */
const REMEMBERED = 5000;

/** Reads the cells of one column; those of words, codes and dates come again and again and are read once. */
function createCellReader(column: Column, locale: Locale): (text: string) => CellResult {
  const blank = readOne(column, '', locale);
  if (column.kind === 'count' || column.kind === 'rupiah' || column.kind === 'decimal')
    return (text) => (text === '' ? blank : readOne(column, text, locale));
  const known = new Map<string, CellResult>([['', blank]]);
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const result = readOne(column, text, locale);
    if (known.size >= REMEMBERED) known.clear();
    known.set(text, result);
    return result;
  };
}

function readOne(column: Column, text: string, locale: Locale): CellResult {
  const personal = text.length < 6 ? null : personalCell(text, column.kind);
  if (personal) return { value: null, wrong: { ...UNSAID, personal } };
  const bad = column.kind === 'text' ? wrongText(text) : null;
  if (bad) return wrongCell(column, text, bad.rule, bad.problem, bad.suggestion);
  const reading = readCell(column, text, locale);
  if ('value' in reading) return { value: reading.value, wrong: null };
  const { problem, rule = RULES[column.kind], suggestion = null } = reading;
  return wrongCell(column, text, rule, problem, suggestion);
}

const UNSAID = { rule: 'PERSONAL', message: { id: '', en: '' }, suggestion: null } as const;

function wrongCell(
  { name }: Column,
  text: string,
  rule: string,
  { id, en }: Bilingual,
  suggestion: Bilingual | null,
): CellResult {
  const what = text === '' ? name : `${name} "${visibleText(cut(text))}"`;
  return {
    value: null,
    wrong: { rule, message: { id: `${what} ${id}`, en: `${what} ${en}` }, suggestion, personal: null },
  };
}

/** How much of a cell is told. */
const TOLD = 120;

/** The beginning of a cell, as a report quotes it. */
export function cut(text: string): string {
  return text.length <= TOLD ? text : `${text.slice(0, TOLD)}…`;
}

const RULES: Readonly<Record<Column['kind'], string>> = {
  region: 'E2',
  date: 'DATE',
  word: 'WORD',
  id: 'WORD',
  reference: 'REFERENCE',
  count: 'E3',
  rupiah: 'E3',
  decimal: 'E3',
  boolean: 'WORD',
  text: 'TEXT',
};

function wrongLength(got: number, expected: number, locale: Locale) {
  const sign = locale === 'C' ? { id: 'koma', en: 'comma' } : { id: 'titik koma', en: 'semicolon' };
  return {
    problem: { id: `${got} sel, seharusnya ${expected}`, en: `${got} cells where ${expected} are expected` },
    suggestion:
      got < expected
        ? {
            id: 'baris ini mungkin terpotong: lengkapi selnya',
            en: 'this row may have been cut off: complete its cells',
          }
        : {
            id: `mungkin ada ${sign.id} di dalam angka atau teks: hapus dari angka; teksnya diapit tanda kutip`,
            en: `there may be a ${sign.en} within a number or text: remove it from the number, put the text in quotes`,
          },
  };
}
