import type { Readable } from 'node:stream';
import { type CheckedRow, readCsv } from './csv.js';
import { type Column, type Dataset, type Row, rowKey } from './dataset.js';
import { firstDay, lastDay } from './period.js';
import { createProblems, type Problem, type Problems } from './problems.js';
import { levelOfCode } from './region-code.js';

/** What a file holds, and everything that is wrong with it. */
export interface Report {
  readonly dataset: string;
  readonly file: string;
  readonly rows: readonly CheckedRow[];
  /** Empty when the file may be published. At most 1,000 are kept; `problemCount` counts all. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
}

/** What a check must know of other datasets. */
export interface References {
  /** Those of the codes that name a region, with the days they are valid on. */
  regions(codes: readonly string[]): Promise<ReadonlyMap<string, RegionValidity>>;
  /** Those of the ids that the dataset has. */
  ids(dataset: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface RegionValidity {
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** Checks a CSV file against its dataset: layout, each cell, the rules of each row, and what it refers to. */
export async function checkFile(
  dataset: Dataset,
  file: string,
  input: Readable,
  references: References,
): Promise<Report> {
  const problems = createProblems(file);
  const rows: CheckedRow[] = [];
  for await (const checked of readCsv(dataset, input, problems)) {
    checkRow(dataset, checked, problems);
    rows.push(checked);
  }
  if (rows.length === 0 && problems.count() === 0)
    problems.add('LAYOUT', { id: 'tidak ada baris data', en: 'there is no row below the header' });
  await checkRegions(dataset, rows, references, problems);
  for (const column of dataset.columns) {
    if (column.kind === 'reference') await checkReferences(column, rows, references, problems);
  }
  return { dataset: dataset.name, file, rows, problems: problems.list, problemCount: problems.count() };
}

/** E1: the rows of one release whose key another row has already. */
export function duplicateKeys(dataset: Dataset, file: string, rows: readonly CheckedRow[]): Problem[] {
  const first = new Map<string, number>();
  const problems = createProblems(file);
  for (const { row, line } of rows) {
    const key = rowKey(dataset, row);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, line);
    else
      problems.add(
        'E1',
        { id: `kunci yang sama dengan baris ${earlier}`, en: `has the same key as line ${earlier}` },
        { row: line },
      );
  }
  return [...problems.list];
}

function checkRow(dataset: Dataset, { row, line }: CheckedRow, problems: Problems): void {
  for (const { name, columns, check } of dataset.rules ?? []) {
    const message = check(row);
    const column = columns[0] ?? '';
    if (message) problems.add(name, message, { row: line, column, raw: String(row[column] ?? '') });
  }
  checkLevel(dataset, row, line, problems);
}

function checkLevel({ place }: Dataset, row: Row, line: number, problems: Problems): void {
  const code = place && row[place.region];
  if (!place?.levels || typeof code !== 'string') return;
  const level = levelOfCode(code);
  if (place.levels.includes(level)) return;
  problems.add(
    'E2',
    { id: `tingkat ${level} tidak diperbolehkan`, en: `level ${level} is not allowed here` },
    { row: line, column: place.region, raw: code },
  );
}

async function checkRegions(
  { place }: Dataset,
  rows: readonly CheckedRow[],
  references: References,
  problems: Problems,
): Promise<void> {
  if (!place || rows.length === 0) return;
  const known = await references.regions([...new Set(rows.map(({ row }) => String(row[place.region])))]);
  for (const { row, line } of rows) {
    const code = String(row[place.region]);
    const date = place.date ? row[place.date] : null;
    const wrong = wrongRegion(code, known.get(code), typeof date === 'string' ? date : null);
    if (wrong) problems.add('E2', wrong, { row: line, column: place.region, raw: code });
  }
}

function wrongRegion(code: string, region: RegionValidity | undefined, date: string | null) {
  if (!region) return { id: `wilayah ${code} tidak dikenal`, en: `there is no region ${code}` };
  if (date === null || isValidOn(region, date)) return null;
  return { id: `wilayah ${code} tidak berlaku pada ${date}`, en: `region ${code} is not valid on ${date}` };
}

function isValidOn({ validFrom, validTo }: RegionValidity, date: string): boolean {
  return (
    (validFrom === null || firstDay(validFrom) <= lastDay(date)) &&
    (validTo === null || lastDay(date) <= lastDay(validTo))
  );
}

type ReferenceColumn = Extract<Column, { kind: 'reference' }>;

async function checkReferences(
  { name, to }: ReferenceColumn,
  rows: readonly CheckedRow[],
  references: References,
  problems: Problems,
): Promise<void> {
  const idsOf = (row: Row) =>
    String(row[name] ?? '')
      .split(' ')
      .filter(Boolean);
  const all = [...new Set(rows.flatMap(({ row }) => idsOf(row)))];
  const known = all.length === 0 ? new Set<string>() : await references.ids(to, all);
  for (const { row, line } of rows) {
    for (const id of idsOf(row).filter((one) => !known.has(one))) {
      problems.add(
        'REFERENCE',
        { id: `"${id}" tidak ada di ${to}`, en: `"${id}" is not in ${to}` },
        { row: line, column: name, raw: id },
      );
    }
  }
}
