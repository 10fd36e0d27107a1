import type { Readable } from 'node:stream';
import { createRowReader, cut, isBlank, type RowReader } from './csv-row.js';
import type { Dataset, Row } from './dataset.js';
import { BadFile, decode, type Ending } from './decode.js';
import { type Findings, findPersonal, findPersonalTitles, tellFindings } from './findings.js';
import { type FileRecord, HEADER_SEARCH, type Header, readHeader } from './header.js';
import { adviseHeader, findHeader, wrongSeparator } from './header-advice.js';
import type { Locale } from './locale.js';
import type { Problems } from './problems.js';
import { parseRecords } from './record.js';

/** A row of values, with the line of the file it begins on. */
export interface CheckedRow {
  readonly line: number;
  readonly row: Row;
}

/** How the file says its numbers and parts its columns: declared by its sender, never guessed. */
export interface CsvFormat {
  readonly locale: Locale;
  /** Counts the rows as they are read. */
  readonly tally?: Tally;
}

/** How many rows below the header have been read, those with mistakes included; empty lines are none. */
export interface Tally {
  rows: number;
}

/** How many rows are given at once. */
const BATCH = 2000;

/**
 * Gives the rows of a CSV file whose cells all fit their columns, some at a time; tells of everything else. Where the
 * file seems to tell of a person, no more rows are given, and at the end the only problems are the columns concerned
 * (rule PERSONAL): what was given before must not be kept either.
 */
export async function* readCsv(
  dataset: Dataset,
  input: Readable,
  problems: Problems,
  { locale, tally = { rows: 0 } }: CsvFormat,
): AsyncGenerator<readonly CheckedRow[]> {
  const ending: Ending = { isClean: true };
  const reading = createReading(dataset, locale, problems, tally);
  const beginning = { line: '' };
  try {
    for await (const records of parseRecords(noteFirstLine(decode(input, ending), beginning), locale)) {
      for (let start = 0; start < records.length; start += BATCH) {
        const rows = reading.take(records.slice(start, start + BATCH));
        if (rows.length > 0) yield rows;
      }
    }
    reading.end(ending.isClean);
  } catch (error) {
    if (!(error instanceof BadFile)) throw error;
    reading.stop(error, beginning.line);
  } finally {
    reading.tellPersonal();
  }
}

/** A file as it is read: what is known of it so far. */
interface Reading {
  take(records: readonly FileRecord[]): readonly CheckedRow[];
  /** Tells why no more is read, unless that follows from columns that are parted by another sign: then it tells of that. */
  stop(error: BadFile, firstLine: string): void;
  end(isClean: boolean): void;
  tellPersonal(): void;
}

/** First the header is read, or looked for; then rows are. Once a person is found, reading goes on for others only. */
function createReading(dataset: Dataset, locale: Locale, problems: Problems, tally: Tally): Reading {
  const found: Findings = new Map();
  const early: FileRecord[] = [];
  let header: Header | null = null;
  let rows: RowReader | null = null;
  let refused = false;
  let titles: readonly string[] = [];
  let last: FileRecord | null = null;

  const start = (record: FileRecord) => {
    header = readHeader(dataset, record.cells);
    if (header) rows = createRowReader(header, { locale, problems, found });
  };
  const refuse = () => {
    refused = true;
    adviseHeader(dataset, early, locale, problems);
    titles = findHeader(dataset, early)?.cells ?? [];
    findPersonalTitles(dataset, titles.length > 0 ? titles : (early[0]?.cells ?? []), found);
    for (const { cells } of early) findPersonal(titles, cells, found);
  };
  return {
    take(records) {
      const checked: CheckedRow[] = [];
      for (const record of records) {
        if (rows) {
          last = record;
          const row = rows(record);
          if (row) checked.push({ line: record.line, row });
          if (row || !record.cells.every(isBlank)) tally.rows += 1;
        } else if (refused) findPersonal(titles, record.cells, found);
        else {
          if (early.length === 0) start(record);
          if (!rows) early.push(record);
          if (early.length === HEADER_SEARCH) refuse();
        }
      }
      return found.size > 0 ? [] : checked;
    },
    stop({ rule, problem, suggestion, row }, firstLine) {
      const first = early[0] ?? { line: 1, cells: [firstLine] };
      const isMisread = rule === 'LAYOUT' && !rows && wrongSeparator(dataset, first, locale) !== null;
      if (!isMisread) problems.add(rule, problem, { ...(row === null ? {} : { row }), suggestion });
      else if (early.length === 0) early.push(first);
    },
    end(isClean) {
      if (!rows && !refused) refuse();
      if (header && last && !isClean && found.size === 0) warnOfCut(header, last, problems);
    },
    tellPersonal() {
      if (!rows && !refused && early.length > 0) refuse();
      tellFindings(found, problems);
    },
  };
}

const LONGEST_FIRST_LINE = 64 * 1024;

/** The same bytes; of the first line, as it stands in the file, what may be a header is noted. */
async function* noteFirstLine(bytes: AsyncIterable<Buffer>, beginning: { line: string }): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (head) {
      head = Buffer.concat([head, chunk.subarray(0, LONGEST_FIRST_LINE)]);
      const text = head.toString('utf8');
      const end = text.search(/[\r\n]/);
      beginning.line = end < 0 ? text : text.slice(0, end);
      if (end >= 0 || head.length > LONGEST_FIRST_LINE) head = null;
    }
    yield chunk;
  }
}

/** A file that ends within a cell: what is left of a number or code may be another one, or nothing. */
function warnOfCut({ columns }: Header, { line, cells }: FileRecord, problems: Problems): void {
  const column = columns.at(-1);
  if (!column || cells.length !== columns.length || cells.every(isBlank)) return;
  if (column.kind === 'text' || column.kind === 'reference') return;
  problems.add(
    'W11',
    {
      id: 'baris terakhir tidak diakhiri pindah baris; isinya mungkin terpotong',
      en: 'the last row does not end its line; it may have been cut off',
    },
    {
      row: line,
      column: column.name,
      raw: cut(cells.at(-1) ?? ''),
      suggestion: { id: 'periksa sel terakhir dengan berkas asal', en: 'compare the last cell with the original' },
    },
  );
}
