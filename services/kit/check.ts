import type { Readable } from 'node:stream';
import { say } from './bilingual.js';
import { type CheckedRow, readCsv, type Tally } from './csv.js';
import type { Bilingual, Column, Dataset, Remark, Row } from './dataset.js';
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
  /** Rows below the header that were read, those with mistakes included; none where no header was found. */
  readonly rows: number;
  /** Rows of which the figures will be withheld: counts below the threshold, and amounts that would tell of few. */
  readonly withheld: number;
  /** Counts from 1 to below this are withheld; null where the dataset withholds none. */
  readonly threshold: number | null;
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

/** How many rows a file has. */
export type RowCounts = Pick<Report, 'rows' | 'withheld'>;

/** Checks a CSV file row by row: layout, each cell, the rules of each row, and what it refers to. */
export async function checkRows(check: FileCheck, input: Readable, problems: Problems, sink: Sink): Promise<RowCounts> {
  const checks = [checkRules, checkLevel, checkScope, futureCheck(check)];
  const lookups = [regionLookup(check), ...referenceLookups(check)];
  const dates = new Set<string>();
  const date = check.dataset.place?.date;
  const tally: Tally = { rows: 0 };
  let withheld = 0;
  for await (const batch of readCsv(check.dataset, input, problems, { locale: check.locale, tally })) {
    const refused = new Set<number>();
    for (const checked of batch) {
      const before = problems.count('E');
      for (const one of checks) one(check, checked, problems);
      if (problems.count('E') > before) refused.add(checked.line);
    }
    for (const lookup of lookups) await lookup(batch, problems, refused);
    const good = refused.size === 0 ? batch : batch.filter(({ line }) => !refused.has(line));
    const screened = good.map(({ line, row }) => ({ line, ...screen(check.dataset, row) }));
    await sink(screened);
    for (const one of screened) if (one.withheld.length > 0) withheld += 1;
    if (date) for (const { row } of batch) dates.add(String(row[date]));
    check.onProgress?.(tally.rows);
  }
  if (problems.counts.has('PERSONAL')) return { rows: tally.rows, withheld: 0 };
  checkFileMonth(check.dataset, check.fileName, dates, problems);
  if (tally.rows === 0 && problems.count('E') === 0) problems.add('LAYOUT', NO_ROW, { suggestion: SEND_ROWS });
  return { rows: tally.rows, withheld };
}

const NO_ROW: Bilingual = { id: 'tidak ada baris data', en: 'there is no row below the header' };
const SEND_ROWS: Bilingual = {
  id: 'kirim berkas beserta barisnya; bila belum ada angka baru, tidak perlu mengirim',
  en: 'send the file with its rows; where there is no new figure, send nothing',
};

/** The problems in the order of the file; what is not in it comes last. */
export function reportOf({ dataset, fileName }: FileCheck, counts: RowCounts, problems: Problems): Report {
  return {
    dataset: dataset.name,
    file: fileName,
    ...counts,
    threshold: dataset.threshold?.threshold ?? null,
    problems: [...problems.list].sort((left, right) => placeOf(left) - placeOf(right)),
    counts: Object.fromEntries(problems.counts),
    errors: problems.count('E'),
    warnings: problems.count('W'),
  };
}

function placeOf({ row, rule }: Problem): number {
  return row ?? (rule === 'VANISHED' ? Number.MAX_SAFE_INTEGER : 0);
}

export function problemsOf({ fileName }: FileCheck): Problems {
  return createProblems(fileName);
}

function checkRules({ dataset }: FileCheck, { row, line }: CheckedRow, problems: Problems): void {
  for (const { name, columns, check } of dataset.rules ?? []) {
    const told = check(row);
    if (!told) continue;
    const { suggestion = null, ...message } = told;
    const column = columns[0] ?? '';
    problems.add(name, message, { row: line, column, raw: String(row[column] ?? ''), suggestion });
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
    {
      row: line,
      column: place.region,
      raw: code,
      suggestion: {
        id: `himpunan data ini memuat tingkat ${place.levels.join(', ')}: kirim angkanya menurut wilayah itu`,
        en: `this dataset has figures of ${place.levels.join(', ')}: send them by these regions`,
      },
    },
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
    { row: line, ...(place ? { column: place.region, raw: code } : {}), suggestion: WITHIN_SCOPE },
  );
}

const WITHIN_SCOPE: Bilingual = {
  id: 'periksa kodenya; bila benar, hapus barisnya dan minta kantor wilayah itu mengirimnya',
  en: 'look at the code; if it is right, leave the row out and let the office of that region send it',
};

const NOT_YET: Bilingual = {
  id: 'periksa tahun dan bulannya; angka dikirim setelah tanggalnya tiba',
  en: 'look at the year and the month; a figure is sent once its day has come',
};

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
      { row: line, column: place.date, raw: date, suggestion: NOT_YET },
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
      const { suggestion = null, ...message } = wrong;
      problems.add('E2', message, { row: line, column: place.region, raw: codeOf(row), suggestion });
    }
  };
}

type ReferenceColumn = Extract<Column, { kind: 'reference' }>;

function referenceLookups({ dataset, references }: FileCheck): Lookup[] {
  return dataset.columns.filter((column) => column.kind === 'reference').map((column) => lookupOf(column, references));
}

function lookupOf({ name, to }: ReferenceColumn, references: References): Lookup {
  const suggestion = say(
    `terbitkan dulu di ${to}, atau tulis id yang sudah ada di sana`,
    `publish it in ${to} first, or write an id that is there`,
  );
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
          { row: line, column: name, raw: id, suggestion },
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

function wrongRegion(code: string, region: RegionValidity | null, date: string | null): Remark | null {
  if (!region)
    return { id: `wilayah ${code} tidak dikenal`, en: `there is no region ${code}`, suggestion: LOOK_REGION_UP };
  if (date === null || isValidOn(region, date)) return null;
  const message = { id: `wilayah ${code} tidak berlaku pada ${date}`, en: `region ${code} is not valid on ${date}` };
  return { ...message, suggestion: otherRegion(region) };
}

const LOOK_REGION_UP: Bilingual = {
  id: 'cari kodenya di daftar wilayah (region.csv); wilayah yang dimekarkan atau berpindah induk berganti kode',
  en: 'look it up in the list of regions (region.csv); a region that was split or got another parent has a new code',
};

function otherRegion({ validFrom, validTo }: RegionValidity): Bilingual {
  const since = validFrom === null ? say('', '') : say(` sejak ${validFrom}`, ` from ${validFrom} on`);
  const until = validTo === null ? say('', '') : say(` sampai ${validTo}`, ` until ${validTo}`);
  return {
    id: `kode ini berlaku${since.id}${until.id}: periksa tanggalnya, atau pakai kode yang berlaku saat itu`,
    en: `this code is valid${since.en}${until.en}: look at the date, or use the code that was valid then`,
  };
}

function isValidOn({ validFrom, validTo }: RegionValidity, date: string): boolean {
  return (
    (validFrom === null || firstDay(validFrom) <= lastDay(date)) &&
    (validTo === null || lastDay(date) <= lastDay(validTo))
  );
}
