import { CsvError, type Info, Parser } from 'csv-parse';
import type { Bilingual } from './dataset.js';
import { BadFile, LONGEST_RECORD, TOO_LONG, UNCLOSED } from './decode.js';
import type { FileRecord } from './header.js';
import type { Locale } from './locale.js';

/**
 * The records of a CSV file, in the order they stand, with the line each begins on; as many at once as a chunk of bytes
 * holds. Throws BadFile after the records before a mistake.
 */
export async function* parseRecords(
  bytes: AsyncIterable<Buffer>,
  locale: Locale,
): AsyncGenerator<readonly FileRecord[]> {
  const parser = new RecordParser({
    delimiter: locale === 'C' ? ',' : ';',
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: LONGEST_RECORD,
  });
  parser.on('error', () => {}); // told by the promise of the write that met it
  for await (const chunk of bytes) {
    const failure = await settled((done) => parser.write(chunk, done));
    yield parser.drain();
    if (failure) throw badFile(failure, parser.line);
  }
  const failure = await settled((done) => parser.end(done));
  yield parser.drain();
  if (failure) throw badFile(failure, parser.line);
}

function settled(act: (done: (error?: Error | null) => void) => unknown): Promise<Error | null> {
  return new Promise((resolve) => act((error) => resolve(error ?? null)));
}

/** Keeps what it has parsed until it is asked, so that a mistake later in the same chunk loses nothing. */
class RecordParser extends Parser {
  private parsed: FileRecord[] = [];
  /** The line that the next record begins on. */
  line = 1;
  private lastEnd = 0;

  drain(): readonly FileRecord[] {
    const taken = this.parsed;
    this.parsed = [];
    return taken;
  }

  override push(cells: string[] | null): boolean {
    if (cells === null) return true;
    const { lines }: Info = this.info;
    const breaks = lines - this.lastEnd === 1 ? 0 : countBreaks(cells);
    this.parsed.push({ line: this.line, cells });
    this.lastEnd = lines;
    this.line += 1 + breaks;
    return true;
  }
}

/** The line ends within quoted cells, as an editor counts them; csv-parse counts CR LF there twice. */
function countBreaks(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
}

/** What stops the reading of a file; anything but a mistake in its text is a bug and stays what it is. */
function badFile(error: Error, row: number): Error {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_MAX_RECORD_SIZE') return new BadFile(TOO_LONG, UNCLOSED, row, 'FILE');
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new BadFile(NOT_CLOSED, UNCLOSED, row, 'LAYOUT');
  return new BadFile(QUOTE_WITHIN, INNER_QUOTE, row, 'LAYOUT');
}

const NOT_CLOSED: Bilingual = {
  id: 'tanda kutip tidak ditutup sampai akhir berkas',
  en: 'a quote is not closed before the end of the file',
};
const QUOTE_WITHIN: Bilingual = {
  id: 'tanda kutip di tengah sel; sisa berkas tidak dibaca',
  en: 'a quote within a cell; what follows was not read',
};
const INNER_QUOTE: Bilingual = {
  id: 'tulis tanda kutip di dalam teks dua kali ("") dan apit seluruh selnya dengan tanda kutip',
  en: 'write a quote within a text twice ("") and put the whole cell in quotes',
};
