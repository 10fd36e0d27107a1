import { readFileSync } from 'node:fs';
import { type ColumnFact, DOUBTED, LAYOUTS, type Layout, type Locale, NEVER } from './layout.js';
import { endOf, meaningOf, PERSONAL_TITLES, personIn } from './meaning.js';
import { type Line, readLines } from './reader.js';
import { judgeTogether, type Told } from './relations.js';
import { separatorOf } from './sheet.js';

/** What must become of a file, by the words of the domain alone; nothing here is shared with the checks it judges. */
export type Verdict =
  | {
      readonly is: 'refuse';
      readonly why: string;
      /** What of persons is in the file, none of which may be told or kept; empty where nothing is. */
      readonly secrets: readonly string[];
    }
  | {
      readonly is: 'accept';
      /** What must be staged, if the file is accepted, in the order of its lines. */
      readonly rows: readonly Told[];
      /** Of each list, one name must be among the warnings. */
      readonly warnings: readonly (readonly string[])[];
    };

/** Lists of the field that a file refers to, read from the data folders. */
export interface Lists {
  readonly regions: ReadonlyMap<string, { readonly from: string; readonly to: string }>;
  readonly sources: Readonly<Record<Layout['owner'], ReadonlySet<string>>>;
  readonly indicators: ReadonlySet<string>;
  readonly today: string;
}

export function readLists(today: string): Lists {
  const rowsOf = (path: string) => readLines(readFileSync(`services/subgraphs/${path}`, 'utf8'), ',') ?? [];
  const idsOf = (path: string) => new Set(rowsOf(path).map(({ cells }) => cells[0] ?? ''));
  const [head, ...regions] = rowsOf('regions/data/region.csv');
  const [from, to] = ['valid_from', 'valid_to'].map((name) => head?.cells.indexOf(name) ?? -1);
  return {
    regions: new Map(
      regions.map(({ cells }) => [cells[0] ?? '', { from: cells[from ?? -1] ?? '', to: cells[to ?? -1] ?? '' }]),
    ),
    sources: { participants: idsOf('participants/data/source.csv'), benefits: idsOf('benefits/data/source.csv') },
    indicators: idsOf('participants/data/indicator.csv'),
    today,
  };
}

/** Judges the bytes of a file. */
export function judge(dataset: keyof typeof LAYOUTS, bytes: Uint8Array, locale: Locale, lists: Lists): Verdict {
  const layout: Layout = LAYOUTS[dataset];
  const text = decoded(bytes);
  const lines = text === null ? null : readLines(text, separatorOf(locale));
  if (text === null || lines === null) return refuse(text === null ? 'no UTF-8' : 'quotes');
  const [head, ...body] = lines;
  const columns = (head?.cells ?? []).map((title) => layout.columns.find(({ name }) => name === title) ?? null);
  const secrets = secretsIn(layout, columns, lines);
  const titles = titlesWrong(layout, head?.cells ?? []);
  const filled = body.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (titles !== null || secrets.length > 0) return refuse(titles ?? 'a person', secrets);
  const rows: Told[] = [];
  const warnings: string[][] = [];
  for (const line of filled) {
    const read = readRow(layout, columns, line, locale, lists);
    if ('wrong' in read) return refuse(`line ${line.line}: ${read.wrong}`);
    warnings.push(...read.warnings);
    rows.push(withheld(layout, { line: line.line, cells: read.cells, withheld: null }));
  }
  if (rows.length === 0) return refuse('no rows');
  if (new Set(rows.map(({ cells }) => keyOf(layout, cells))).size < rows.length) return refuse('E1');
  const together = judgeTogether(layout, rows);
  if (together.wrong !== null) return refuse(together.wrong);
  if (isCut(text, columns, body.at(-1))) warnings.push(['W11']);
  return { is: 'accept', rows, warnings: [...warnings, ...together.warnings] };
}

function refuse(why: string, secrets: readonly string[] = []): Verdict {
  return { is: 'refuse', why, secrets };
}

/** The text of UTF-8 without its mark; null for anything else, and for NUL, which is no text. */
function decoded(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\u0000') ? null : text;
  } catch {
    return null;
  }
}

function titlesWrong(layout: Layout, titles: readonly string[]): string | null {
  const unknown = titles.find((title) => !layout.columns.some(({ name }) => name === title));
  const missing = layout.columns.find(({ name, required }) => required && !titles.includes(name));
  if (unknown !== undefined) return `unknown column ${JSON.stringify(unknown)}`;
  if (new Set(titles).size < titles.length) return 'a column twice';
  return missing ? `no column ${missing.name}` : null;
}

function secretsIn(layout: Layout, columns: readonly (ColumnFact | null)[], lines: readonly Line[]): string[] {
  const titles = lines[0]?.cells.filter((title) => PERSONAL_TITLES.includes(title)) ?? [];
  const isWhole = titlesWrong(layout, lines[0]?.cells ?? []) === null;
  const cells = lines.flatMap((line) =>
    line.cells.flatMap((cell, index) => {
      const column = isWhole && line.cells.length === columns.length ? (columns[index] ?? null) : null;
      return personIn(cell, column) ?? [];
    }),
  );
  return [...titles.map(() => 'a title'), ...cells];
}

type ReadRow =
  | { readonly wrong: string }
  | { readonly cells: Readonly<Record<string, string | null>>; readonly warnings: readonly string[][] };

function readRow(
  layout: Layout,
  columns: readonly (ColumnFact | null)[],
  { cells: texts }: Line,
  locale: Locale,
  lists: Lists,
): ReadRow {
  if (texts.length !== columns.length) return { wrong: `${texts.length} cells` };
  const cells: Record<string, string | null> = {};
  for (const column of layout.columns) {
    const at = columns.indexOf(column);
    const meaning = at < 0 ? { value: column.fallback ?? null } : meaningOf(column, texts[at] ?? '', locale);
    if ('wrong' in meaning) return meaning;
    cells[column.name] = meaning.value;
  }
  const percent = texts[columns.findIndex((column) => column?.name === 'percent')] ?? '';
  if (cells.as_printed === null && /^\d+[.,]\d*0$/.test(percent)) cells.as_printed = percent; // 33,10 is not 33,1
  const wrong = wrongReference(layout, cells, lists) ?? wrongRow(layout, cells);
  if (wrong !== null) return { wrong };
  return { cells, warnings: layout.dataset === 'stated_coverage' ? percentWarnings(cells) : doubts(cells) };
}

type Cells = Readonly<Record<string, string | null>>;

function wrongReference(layout: Layout, cells: Cells, { regions, sources, indicators, today }: Lists): string | null {
  const [code, date] = [cells.region_code ?? '', cells[layout.date] ?? ''];
  const region = regions.get(code);
  if (!region) return `E2 no region ${code}`;
  if (`${date}-01-01`.slice(0, 10) > today) return `${date} has not come`;
  if (region.from !== '' && endOf(date) < `${region.from}-01-01`.slice(0, 10)) return `E2 ${code} not yet`;
  if (region.to !== '' && endOf(date) > endOf(region.to)) return `E2 ${code} no more`;
  const source = cells.source_id?.split(' ').find((id) => !sources[layout.owner].has(id));
  if (source !== undefined) return `no source ${source}`;
  return typeof cells.indicator_id === 'string' && !indicators.has(cells.indicator_id) ? 'no such indicator' : null;
}

/** What one row must be refused for. */
function wrongRow(layout: Layout, cells: Cells): string | null {
  const given = layout.figures.filter((name) => cells[name] !== null);
  const saysNone = cells.obs_status === 'Q' || cells.obs_status === 'O';
  if (given.length === 0 && !saysNone) return 'E3 no figure and no status that says why';
  const isTold = given.length > 0 || (cells.numerator ?? null) !== null;
  if (isTold && saysNone) return 'a figure beside a status that says there is none';
  if (isTold && cells.conf_status !== 'F') return 'a figure that is confidential';
  if (NEVER[cells.segment ?? '']?.includes(cells.program ?? '')) return 'E4';
  return layout.dataset === 'disbursement' ? wrongPayment(cells, given) : null;
}

function wrongPayment(cells: Cells, given: readonly string[]): string | null {
  const [start, end] = [cells.period_start ?? '', cells.period_end ?? ''];
  if (!isPeriod(cells.period_kind ?? '', start, end)) return `${start}/${end} is no ${cells.period_kind}`;
  if (cells.program === 'ALL' && given.some((name) => name !== 'cases' && name !== 'amount_rupiah'))
    return 'persons of all programmes';
  const isHigh = (cells.region_code ?? '').length === 2;
  if (cells.benefit_type === 'RTW' && (!isHigh || (given.length === 1 && given[0] === 'amount_rupiah'))) return 'RTW';
  if (cells.date_basis === 'APPROVED' || cells.date_basis === 'EVENT') return null;
  const [persons, claims, paid] = ['recipients', 'cases', 'payments'].map((name) => cells[name] ?? null);
  const exceeds = (low: string | null | undefined, high: string | null | undefined) =>
    low !== null && low !== undefined && high !== null && high !== undefined && Number(low) > Number(high);
  return exceeds(persons, claims) || exceeds(claims, paid) || exceeds(persons, paid) ? 'E10' : null;
}

function isPeriod(kind: string, start: string, end: string): boolean {
  if (start.length !== 10 || end.length !== 10 || start > end) return false;
  const [year, month] = [start.slice(0, 4), Number(start.slice(5, 7))];
  if (kind === 'YTD') return start === `${year}-01-01` && end.startsWith(year);
  const months = { MONTH: 1, QUARTER: 3, YEAR: 12 }[kind] ?? 0;
  if (!start.endsWith('-01') || (month - 1) % months !== 0) return false;
  return end === endOf(`${year}-${String(month + months - 1).padStart(2, '0')}`);
}

function doubts({ segment, program }: Cells): string[][] {
  return segment === DOUBTED.segment && DOUBTED.programs.some((one) => one === program) ? [['W17']] : [];
}

function percentWarnings(cells: Cells): string[][] {
  if (cells.percent === null || cells.percent === undefined) return [];
  const percent = Number(cells.percent);
  const warnings: string[][] = [];
  if (percent > 100) warnings.push(['W3']);
  if (percent > 0 && percent < 1) warnings.push(['W5']);
  const [numerator, denominator] = [Number(cells.numerator ?? 0), Number(cells.denominator ?? 0)];
  const within = Number(cells.rounded_to ?? 0) || 1;
  const isExact = cells.numerator !== null && denominator > 0 && cells.qualifier === null;
  if (isExact && Math.abs((100 * numerator) / denominator - percent) > within + 1e-6) warnings.push(['W8']);
  return warnings;
}

/** The row as it may be published: counts of few are emptied, with all figures beside them. */
function withheld({ least, figures }: Layout, row: Told): Told {
  if (least === null) return row;
  const { cells } = row;
  const counts = figures.filter((name) => name !== 'amount_rupiah' && cells[name] !== null);
  const isFew = counts.some((name) => Number(cells[name]) >= 1 && Number(cells[name]) < least);
  const isBare = counts.length === 0 && (cells.amount_rupiah ?? null) !== null && (cells.region_code ?? '').length > 2;
  if (!isFew && !isBare) return row;
  const hidden = figures.filter((name) => cells[name] !== null);
  const isOne = hidden.some((name) => cells[name] === '1' && name !== 'amount_rupiah');
  const blank = Object.fromEntries([...hidden, 'as_printed', 'note'].map((name) => [name, null]));
  return {
    line: row.line,
    cells: { ...cells, ...blank, obs_status: 'Q', conf_status: 'A' },
    withheld: isOne ? null : Object.fromEntries(hidden.map((name) => [name, cells[name] ?? null])),
  };
}

function keyOf({ key }: Layout, cells: Cells): string {
  return JSON.stringify(key.map((name) => cells[name] ?? ''));
}

/** True where the last cell may have been cut off within something that would still look whole. */
function isCut(text: string, columns: readonly (ColumnFact | null)[], last: Line | undefined): boolean {
  if (last?.cells.length !== columns.length || last.cells.every((cell) => cell.trim() === '')) return false;
  const kind = columns.at(-1)?.kind;
  return !/[\n\r"]$/.test(text) && kind !== 'text' && kind !== 'source' && kind !== 'indicator';
}
