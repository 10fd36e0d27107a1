import type { Answer, Coverage, Language, Region } from '@cakupan/coverage-widget/card-view';

type Cell = string | number | null;

/** The columns, in their order; a new one comes last. */
const COLUMNS: Readonly<Record<string, (coverage: Coverage, language: Language) => Cell>> = {
  date: ({ date }) => date,
  percent: ({ percent }) => percent,
  as_printed: ({ asPrinted }) => asPrinted,
  qualifier: ({ qualifier }) => qualifier,
  numerator: ({ numerator }) => numerator,
  denominator: ({ denominator }) => denominator,
  indicator: ({ indicator }) => indicator.id,
  definition: ({ indicator }, language) => indicator.name[language],
  comparability_group: ({ indicator }) => indicator.comparabilityGroup,
  origin: ({ origin }) => origin,
  obs_status: ({ obsStatus }) => obsStatus,
  flags: ({ flags }) => flags.join(' '),
  sources: ({ sources }) => sources.map(({ publisher }) => publisher).join('; '),
  source_urls: ({ sources }) => sources.flatMap(({ url }) => url ?? []).join(' '),
};

/**
 * The figures of a card as a table: the region, then those above it. A blank cell is what is not stated, never zero; the
 * rules are those of the open data (contract 3).
 */
export function csvOf({ region, context, edition }: Answer, language: Language): string {
  const header = ['region_code', 'region_name', ...Object.keys(COLUMNS), 'edition'];
  return table([header, ...[region, ...context].map((one) => rowOf(one, edition, language))]);
}

/** Why there is no table, as one. */
export function errorCsv(code: string, message: string): string {
  return table([
    ['error', 'message'],
    [code, message],
  ]);
}

function rowOf({ code, name, coverage }: Region, edition: string | null, language: Language): Cell[] {
  const cells = Object.values(COLUMNS).map((read) => (coverage === null ? null : read(coverage, language)));
  return [code, name, ...cells, edition];
}

function table(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join(',')}\n`).join('');
}

/** What a spreadsheet would take for a formula gets an apostrophe in front; see `services/kit/csv-line.ts`. */
function cellOf(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const guarded = /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(cell) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
