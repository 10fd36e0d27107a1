import type { Readable } from 'node:stream';
import { type CheckedRow, readCsv } from './csv.js';
import type { Column, Dataset, Row } from './dataset.js';
import { screen } from './disclosure.js';
import { checkFileMonth } from './file-name.js';
import type { Locale } from './locale.js';
import { dayOf, firstDay, type Instant, lastDay } from './period.js';
import { createProblems, type Problem, type Problems } from './problems.js';
import { levelOfCode } from './region-code.js';
import type { StagedRow } from './stage.js';

/** What is wrong with a file, and how much of it there is. */
export interface Report {
  readonly dataset: string;
  readonly file: string;
  /** Rows below the header that could be read. */
  readonly rows: number;
  /** By line. At most 1,000 of each rule; `counts` has all. */
  readonly problems: readonly Problem[];
  /** How many problems of each rule there are. */
  readonly counts: Readonly<Record<string, number>>;
  /** The file may be published when there are none. */
  readonly errors: number;
  readonly warnings: number;
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

/** How a file is to be checked. */
export interface FileCheck {
  readonly dataset: Dataset;
  readonly fileName: string;
  readonly locale: Locale;
  /** The region the sender may publish within; null for all. */
  readonly scope: string | null;
  readonly references: References;
  readonly now: Instant;
  /** Told now and then how many rows have been checked. */
  readonly onProgress?: (rows: number) => void;
}

/** Takes rows that hold no mistake of their own, as they may be published. */
export type Sink = (rows: readonly StagedRow[]) => Promise<void>;

/** Checks a CSV file row by row: layout, each cell, the rules of each row, and what it refers to. Gives the rows read. */
export async function checkRows(check: FileCheck, input: Readable, problems: Problems, sink: Sink): Promise<number> {
  const checks = [checkRules, checkLevel, checkScope, futureCheck(check)];
  const lookups = [regionLookup(check), ...referenceLookups(check)];
  const dates = new Set<string>();
  const date = check.dataset.place?.date;
  let count = 0;
  for await (const batch of readCsv(check.dataset, input, problems, { locale: check.locale })) {
    const refused = new Set<number>();
    for (const checked of batch) {
      const before = problems.count('E');
      for (const one of checks) one(check, checked, problems);
      if (problems.count('E') > before) refused.add(checked.line);
    }
    for (const lookup of lookups) await lookup(batch, problems, refused);
    const good = refused.size === 0 ? batch : batch.filter(({ line }) => !refused.has(line));
    await sink(good.map(({ line, row }) => ({ line, ...screen(check.dataset, row) })));
    if (date) for (const { row } of batch) dates.add(String(row[date]));
    count += batch.length;
    check.onProgress?.(count);
  }
  if (problems.counts.has('PERSONAL')) return count;
  checkFileMonth(check.dataset, check.fileName, dates, problems);
  if (count === 0 && problems.count('E') === 0)
    problems.add('LAYOUT', { id: 'tidak ada baris data', en: 'there is no row below the header' });
  return count;
}

/** The problems in the order of the file. */
export function reportOf({ dataset, fileName }: FileCheck, rows: number, problems: Problems): Report {
  return {
    dataset: dataset.name,
    file: fileName,
    rows,
    problems: [...problems.list].sort((left, right) => (left.row ?? 0) - (right.row ?? 0)),
    counts: Object.fromEntries(problems.counts),
    errors: problems.count('E'),
    warnings: problems.count('W'),
  };
}

export function problemsOf({ fileName }: FileCheck): Problems {
  return createProblems(fileName);
}

function checkRules({ dataset }: FileCheck, { row, line }: CheckedRow, problems: Problems): void {
  for (const { name, columns, check } of dataset.rules ?? []) {
    const message = check(row);
    if (!message) continue;
    const column = columns[0] ?? '';
    problems.add(name, message, { row: line, column, raw: String(row[column] ?? '') });
  }
}

function checkLevel({ dataset: { place } }: FileCheck, { row, line }: CheckedRow, problems: Problems): void {
  if (!place?.levels) return;
  const code = String(row[place.region]);
  const level = levelOfCode(code);
  if (place.levels.includes(level)) return;
  problems.add(
    'E2',
    { id: `tingkat ${level} tidak diperbolehkan`, en: `level ${level} is not allowed here` },
    { row: line, column: place.region, raw: code },
  );
}

function checkScope({ dataset: { place }, scope }: FileCheck, { row, line }: CheckedRow, problems: Problems): void {
  if (scope === null || scope === '00') return;
  const code = place ? String(row[place.region]) : '';
  if (code === scope || code.startsWith(`${scope}.`)) return;
  problems.add(
    'SCOPE',
    {
      id: `wilayah ini di luar lingkup ${scope}, yang boleh Anda terbitkan`,
      en: `this region lies outside ${scope}, which is what you may publish`,
    },
    { row: line, ...(place ? { column: place.region, raw: code } : {}) },
  );
}

/** A figure of a day that has not come cannot be known. */
function futureCheck({ dataset: { place }, now }: FileCheck) {
  const today = dayOf(now);
  return (_: FileCheck, { row, line }: CheckedRow, problems: Problems): void => {
    if (!place?.date) return;
    const date = String(row[place.date]);
    if (date <= today || firstDay(date) <= today) return;
    problems.add(
      'DATE',
      { id: `${date} belum tiba; hari ini ${today}`, en: `${date} has not come yet; today is ${today}` },
      { row: line, column: place.date, raw: date },
    );
  };
}

/** Looks up what a batch refers to, asking for what was not met before only. */
type Lookup = (batch: readonly CheckedRow[], problems: Problems, refused: Set<number>) => Promise<void>;

/** How much a lookup remembers before it begins anew: a file may be long and full of mistakes. */
const REMEMBERED = 200_000;

function regionLookup({ dataset: { place }, references }: FileCheck): Lookup {
  const known = new Map<string, RegionValidity | null>();
  return async (batch, problems, refused) => {
    if (!place) return;
    const codeOf = (row: Row) => String(row[place.region]);
    await learn(known, new Set(batch.map(({ row }) => codeOf(row))), references.regions);
    for (const { row, line } of batch) {
      const date = place.date ? row[place.date] : null;
      const wrong = wrongRegion(codeOf(row), known.get(codeOf(row)) ?? null, typeof date === 'string' ? date : null);
      if (!wrong) continue;
      refused.add(line);
      problems.add('E2', wrong, { row: line, column: place.region, raw: codeOf(row) });
    }
  };
}

type ReferenceColumn = Extract<Column, { kind: 'reference' }>;

function referenceLookups({ dataset, references }: FileCheck): Lookup[] {
  return dataset.columns.filter((column) => column.kind === 'reference').map((column) => lookupOf(column, references));
}

function lookupOf({ name, to }: ReferenceColumn, references: References): Lookup {
  const known = new Map<string, true | null>();
  const idsOf = (row: Row) =>
    String(row[name] ?? '')
      .split(' ')
      .filter(Boolean);
  const find = async (ids: readonly string[]) =>
    new Map([...(await references.ids(to, ids))].map((id) => [id, true] as const));
  return async (batch, problems, refused) => {
    const texts = new Set(batch.map(({ row }) => row[name]));
    await learn(known, new Set([...texts].flatMap((text) => idsOf({ [name]: text ?? null }))), find);
    for (const { row, line } of batch) {
      for (const id of idsOf(row).filter((one) => !known.get(one))) {
        refused.add(line);
        problems.add(
          'REFERENCE',
          { id: `"${id}" tidak ada di ${to}`, en: `"${id}" is not in ${to}` },
          { row: line, column: name, raw: id },
        );
      }
    }
  };
}

/** Finds what is not known yet; what is not found is known to be missing. */
async function learn<T>(
  known: Map<string, T | null>,
  wanted: ReadonlySet<string>,
  find: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): Promise<void> {
  const unknown = [...wanted].filter((key) => !known.has(key));
  if (unknown.length === 0) return;
  if (known.size > REMEMBERED) known.clear();
  const asked = [...wanted].filter((key) => !known.has(key));
  const found = await find(asked);
  for (const key of asked) known.set(key, found.get(key) ?? null);
}

function wrongRegion(code: string, region: RegionValidity | null, date: string | null) {
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
