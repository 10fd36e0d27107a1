import type { Dialect } from './database.js';
import type { Column, Dataset } from './dataset.js';

/**
 * The canonical CSV of a dataset, as SQL: one text per stored row, the same bytes on both databases. Releases are hashed
 * over these lines and open data is made of them, so that whoever downloads a release can hash it again.
 *
 * A blank cell is what is not stated, stored as null or as empty text. Whole numbers have no separators; decimals have a
 * point and no zeros at their end; booleans are true and false. A cell is quoted only where it holds a comma, a quote or
 * a line break. Text that a spreadsheet would take for a formula gets an apostrophe in front: see `csvLine`.
 */

/** The names of the columns of the dataset's CSV, in their order: those of its layout, none that are derived. */
export function csvColumns({ columns }: Dataset): readonly string[] {
  return columns.map(({ name }) => name);
}

/** The first line of the dataset's CSV, without a line end. */
export function csvHeader(dataset: Dataset): string {
  return csvColumns(dataset).join(',');
}

/**
 * The SQL expression of the CSV line, without a line end, of a row of the published table or of a stage read as `alias`.
 * A dataset with series needs its series table joined as `seriesAlias`.
 *
 * A text that begins with = + - @, a tab or a carriage return gets one apostrophe in front, and so does one that begins
 * so after apostrophes of its own: taking one apostrophe off again gives every text back. Ids and numbers never change.
 */
export function csvLine(dialect: Dialect, dataset: Dataset, alias: string, seriesAlias: string): string {
  return lineOf(dialect, dataset, dataset.columns, alias, seriesAlias);
}

/** As `csvLine`, of the key columns only, in the order of the layout: the line that stands for a row that is closed. */
export function keyLine(dialect: Dialect, dataset: Dataset, alias: string, seriesAlias: string): string {
  const keys = dataset.columns.filter(({ name }) => dataset.key.includes(name));
  return lineOf(dialect, dataset, keys, alias, seriesAlias);
}

/**
 * The SQL expression of what is stored of a row beside its key and its CSV line: the line of its file, and what is
 * derived from its cells.
 */
export function restLine(dialect: Dialect, { derived = {} }: Dataset, alias: string): string {
  const stored = ['file_row', ...Object.keys(derived)].map((name) => `${alias}.${name}`);
  return join(
    dialect,
    stored.map((one) => `COALESCE(CAST(${one} AS CHAR), '')`),
    '|',
  );
}

function lineOf(
  dialect: Dialect,
  { series }: Dataset,
  columns: readonly Column[],
  alias: string,
  seriesAlias: string,
): string {
  const cells = columns.map(({ name, kind }) => {
    const stored = `${series?.includes(name) ? seriesAlias : alias}.${name}`;
    return `COALESCE(${CELLS[kind](dialect, stored)}, '')`;
  });
  return join(dialect, cells, ',');
}

/** The CSV cell of a stored value: null or empty where that is null or empty. */
type CellText = (dialect: Dialect, stored: string) => string;

/** Codes, dates, words and ids have a form without commas, quotes and line breaks, checked on the way in. */
const plain: CellText = (_, stored) => stored;

const whole: CellText = (_, stored) => `CAST(${stored} AS CHAR)`;

const CELLS: Readonly<Record<Column['kind'], CellText>> = {
  region: plain,
  date: plain,
  word: plain,
  id: plain,
  reference: plain,
  count: whole,
  rupiah: whole,
  decimal,
  boolean: (_, stored) => `CASE ${stored} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END`,
  text: (dialect, stored) => quoted(dialect, stored, guarded(dialect, stored)),
};

/**
 * SQLite keeps decimals as doubles, which hold 15 digits: six of them behind the point below a thousand million, fewer
 * above. MySQL keeps six behind the point.
 */
function decimal(dialect: Dialect, stored: string): string {
  if (dialect === 'mysql') return withoutZeros(dialect, `CAST(${stored} AS CHAR)`);
  const small = withoutZeros(dialect, `printf('%.6f', ${stored})`);
  return `CASE WHEN ${stored} IS NOT NULL THEN CASE WHEN abs(${stored}) < 1e9 THEN ${small} ELSE printf('%.15g', ${stored}) END END`;
}

function withoutZeros(dialect: Dialect, text: string): string {
  if (dialect === 'sqlite') return `rtrim(rtrim(${text}, '0'), '.')`;
  return `TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM ${text}))`;
}

function quoted(dialect: Dialect, stored: string, shown = stored): string {
  const special = ["','", `'"'`, character(dialect, 13), character(dialect, 10)];
  const isSpecial = special.map((one) => `INSTR(${stored}, ${one}) > 0`).join(' OR ');
  const inQuotes = join(dialect, [`'"'`, `REPLACE(${shown}, '"', '""')`, `'"'`]);
  return `CASE WHEN ${isSpecial} THEN ${inQuotes} ELSE ${shown} END`;
}

/** One apostrophe, as SQL writes it. */
const APOSTROPHE = "''''";

function guarded(dialect: Dialect, stored: string): string {
  const beginnings = ["'='", "'+'", "'-'", "'@'", character(dialect, 9), character(dialect, 13)];
  const bare = dialect === 'sqlite' ? `ltrim(${stored}, ${APOSTROPHE})` : `TRIM(LEADING ${APOSTROPHE} FROM ${stored})`;
  const isFormula = `SUBSTR(${bare}, 1, 1) IN (${beginnings.join(', ')})`;
  return `CASE WHEN ${isFormula} THEN ${join(dialect, [APOSTROPHE, stored])} ELSE ${stored} END`;
}

function character(dialect: Dialect, code: number): string {
  return dialect === 'sqlite' ? `char(${code})` : `CHAR(${code} USING utf8mb4)`;
}

function join(dialect: Dialect, texts: readonly string[], separator = ''): string {
  if (dialect === 'sqlite') return `(${texts.join(separator === '' ? ' || ' : ` || '${separator}' || `)})`;
  return separator === '' ? `CONCAT(${texts.join(', ')})` : `CONCAT_WS('${separator}', ${texts.join(', ')})`;
}
