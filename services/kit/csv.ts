import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { readCell } from './cell.js';
import type { Cell, Column, Dataset, Row } from './dataset.js';
import type { Problems } from './problems.js';

/** A row of values, with its line in the file. */
export interface CheckedRow {
  readonly line: number;
  readonly row: Row;
}

/** Gives the rows of a CSV file whose cells all fit their columns; tells of everything else. */
export async function* readCsv(dataset: Dataset, input: Readable, problems: Problems): AsyncGenerator<CheckedRow> {
  let header: readonly Column[] | null = null;
  try {
    for await (const { record, info } of input.pipe(parse({ bom: true, info: true, relax_column_count: true }))) {
      if (header === null) {
        header = readHeader(dataset, record, problems);
        if (header === null) return;
        continue;
      }
      const row = readRecord(header, record, info.lines, problems);
      if (row) yield { line: info.lines, row };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    problems.add('LAYOUT', {
      id: `tidak terbaca sebagai CSV dengan pemisah koma, UTF-8 (${error.message})`,
      en: `not readable as CSV with commas in UTF-8 (${error.message})`,
    });
    return;
  }
  if (header === null)
    problems.add('LAYOUT', {
      id: 'berkas kosong; baris pertama harus judul kolom',
      en: 'the file is empty; its first line must name the columns',
    });
}

const SEPARATOR = {
  id: 'kolom dipisah titik koma atau tab; simpan sebagai CSV dengan pemisah koma',
  en: 'columns are separated by semicolons or tabs; save it as CSV with commas',
};

/** The columns in the order of the file; null when they are not exactly those of the dataset. */
function readHeader({ columns }: Dataset, cells: readonly string[], problems: Problems): readonly Column[] | null {
  const names = cells.map((cell) => cell.trim());
  const wanted = columns.map(({ name }) => name);
  if (names.length === 1 && /[;\t]/.test(names[0] ?? '')) {
    problems.add('LAYOUT', SEPARATOR, { row: 1 });
    return null;
  }
  const wrong = [
    ['kurang', 'missing', wanted.filter((name) => !names.includes(name))],
    ['tidak dikenal', 'unknown', names.filter((name) => !wanted.includes(name))],
    ['ganda', 'twice', names.filter((name, index) => names.indexOf(name) !== index)],
  ] as const;
  const found = wrong.filter(([, , list]) => list.length > 0);
  for (const [id, en, list] of found) {
    const [got, expected] = [list.join(', '), wanted.join(',')];
    problems.add(
      'LAYOUT',
      {
        id: `kolom ${id}: ${got}; judul yang benar: ${expected}`,
        en: `columns ${en}: ${got}; the header must be: ${expected}`,
      },
      { row: 1 },
    );
  }
  if (found.length > 0) return null;
  return names.flatMap((name) => columns.filter((column) => column.name === name));
}

function readRecord(header: readonly Column[], cells: readonly string[], line: number, problems: Problems): Row | null {
  if (cells.length !== header.length) {
    const [got, expected] = [cells.length, header.length];
    problems.add(
      'LAYOUT',
      { id: `${got} sel, seharusnya ${expected}`, en: `${got} cells where ${expected} were expected` },
      { row: line },
    );
    return null;
  }
  const before = problems.count();
  const row: Record<string, Cell> = {};
  for (const [index, column] of header.entries())
    row[column.name] = readOne(column, cells[index] ?? '', line, problems);
  return problems.count() === before ? row : null;
}

function readOne(column: Column, raw: string, line: number, problems: Problems): Cell {
  const reading = readCell(column, raw);
  if ('value' in reading) return reading.value;
  const { id, en } = reading.problem;
  const message = { id: `${column.name} "${raw}" ${id}`, en: `${column.name} "${raw}" ${en}` };
  problems.add(RULES[column.kind] ?? 'LAYOUT', message, { row: line, column: column.name, raw });
  return null;
}

const RULES: Readonly<Partial<Record<Column['kind'], string>>> = { region: 'E2', count: 'E3', rupiah: 'E3' };
