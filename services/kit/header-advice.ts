import { say } from './bilingual.js';
import type { Bilingual, Dataset } from './dataset.js';
import { FIGURES, type FileRecord, HEADER_SEARCH, missingColumns, titleAt } from './header.js';
import type { Locale } from './locale.js';
import type { Problems } from './problems.js';
import { namedColumn } from './title.js';

/** Tells what is wrong with a header, from the first records of the file. */
export function adviseHeader(
  dataset: Dataset,
  records: readonly FileRecord[],
  locale: Locale,
  problems: Problems,
): void {
  const [first] = records;
  const separator = first && wrongSeparator(dataset, first, locale);
  const header = findHeader(dataset, records);
  const candidates = header && first && standsAlone(header, first) ? [header] : [header, first];
  const merged = candidates.find((record) => record && isMerged(record, records[records.indexOf(record) + 1]));
  if (!first) problems.add('FILE', EMPTY, { suggestion: expectedHeader(dataset, locale) });
  else if (separator) problems.add('FILE', separator.problem, { row: first.line, suggestion: separator.suggestion });
  else if (header && header !== first) adviseTitleRows(header, problems);
  if (!first || separator) return;
  if (merged) adviseMerged(merged, problems);
  else if (header) adviseColumns(dataset, header, problems);
  else adviseNoHeader(dataset, first, locale, problems);
}

/** The record among the first that looks like a header; null when none does. */
export function findHeader(dataset: Dataset, records: readonly FileRecord[]): FileRecord | null {
  return records.find(({ cells }) => isHeaderLike(dataset, cells)) ?? null;
}

const EMPTY: Bilingual = { id: 'berkas kosong', en: 'the file is empty' };

function adviseNoHeader(dataset: Dataset, { line }: FileRecord, locale: Locale, problems: Problems): void {
  problems.add(
    'LAYOUT',
    {
      id: `tidak ada judul kolom dalam ${HEADER_SEARCH} baris pertama`,
      en: `no header was found in the first ${HEADER_SEARCH} rows`,
    },
    { row: line, suggestion: expectedHeader(dataset, locale) },
  );
}

function adviseTitleRows({ line }: FileRecord, problems: Problems): void {
  const [id, en] = line === 2 ? ['baris 1', 'row 1'] : [`baris 1-${line - 1}`, `rows 1-${line - 1}`];
  problems.add(
    'LAYOUT',
    {
      id: `judul kolom ada di baris ${line}, seharusnya di baris pertama`,
      en: `the header stands on line ${line}; it must be the first`,
    },
    { row: line, suggestion: { id: `hapus ${id}`, en: `delete ${en}` } },
  );
}

function adviseMerged({ line }: FileRecord, problems: Problems): void {
  problems.add(
    'LAYOUT',
    {
      id: 'judul terdiri atas dua baris dengan sel gabungan',
      en: 'the header has two rows with merged cells',
    },
    {
      row: line,
      suggestion: {
        id: 'pisahkan sel gabungan dan beri setiap kolom satu judul di baris pertama',
        en: 'unmerge the cells and give each column one title, in the first row',
      },
    },
  );
}

/** Tells of each title that is unknown, blank or twice, and of each column that is missing. */
function adviseColumns(dataset: Dataset, { line, cells }: FileRecord, problems: Problems): void {
  const months = cells.filter(isMonth);
  if (months.length > 1) adviseWide(line, months, problems);
  const meant = new Set<string>();
  for (const [index, title] of cells.entries()) {
    if (months.length > 1 && isMonth(title)) continue;
    const name = titleAt(cells, index);
    const place = { row: line, column: name, raw: title };
    if (cells.indexOf(title) < index && title !== '') {
      const suggestion = { id: 'hapus salah satunya', en: 'delete one of them' };
      problems.add('LAYOUT', say(`kolom "${name}" ada dua kali`, `column "${name}" stands twice`), {
        ...place,
        suggestion,
      });
    } else if (!dataset.columns.some((column) => column.name === title)) {
      const [problem, suggestion, right] = adviseUnknown(dataset, title, index);
      if (right) meant.add(right);
      problems.add('LAYOUT', problem, { ...place, suggestion });
    }
  }
  for (const { name } of missingColumns(dataset, cells)) {
    if (meant.has(name) || (months.length > 1 && isOfMonths(dataset, name))) continue;
    const suggestion = say(`tambahkan kolom ${name}`, `add the column ${name}`);
    problems.add('LAYOUT', say(`kolom ${name} tidak ada`, `column ${name} is missing`), {
      row: line,
      column: name,
      suggestion,
    });
  }
}

function adviseUnknown(dataset: Dataset, title: string, index: number): [Bilingual, Bilingual, string?] {
  const place = index + 1;
  if (title.trim() === '')
    return [
      say(`kolom ke-${place} tidak berjudul`, `column ${place} has no title`),
      say('hapus kolom itu, atau beri judul', 'delete that column, or give it a title'),
    ];
  const problem = say(`kolom "${title}" tidak dikenal`, `column "${title}" is unknown`);
  if (/^(no|no\.|nomor|nr|#|urut|no\.? urut)$/i.test(title.trim()))
    return [problem, say('hapus kolom nomor urut', 'delete the column of row numbers')];
  const right = namedColumn(dataset, title);
  if (right)
    return [
      problem,
      say(`mungkin maksudnya "${right}": tulis persis begitu`, `it may mean "${right}": write exactly that`),
      right,
    ];
  const names = dataset.columns.map(({ name }) => name).join(', ');
  return [
    problem,
    say(`hapus kolom itu; yang dikenal: ${names}`, `delete that column; those that are known: ${names}`),
  ];
}

function adviseWide(line: number, months: readonly string[], problems: Problems): void {
  const listed = months.slice(0, 3).join(', ');
  problems.add('LAYOUT', say(`bulan dijadikan kolom (${listed})`, `months stand as columns (${listed})`), {
    row: line,
    suggestion: say(
      'susun satu baris untuk setiap bulan: bulannya di kolom tanggal, angkanya di satu kolom',
      'write one row for each month: the month in the date column, the figure in one column',
    ),
  });
}

function isOfMonths({ columns }: Dataset, name: string): boolean {
  const column = columns.find((one) => one.name === name);
  return column !== undefined && (column.kind === 'date' || FIGURES.includes(column.kind));
}

const MONTH =
  /^(jan|feb|mar|apr|mei|may|jun|jul|agu|agt|ags|aug|sep|okt|oct|nov|des|dec)[a-z]*[\s.'/-]*(\d{2}|\d{4})?$/i;

/** True for a title such as `Okt-24`, `2024-10`, `10/2024` or `2024`. */
function isMonth(title: string): boolean {
  const text = title.trim();
  return MONTH.test(text) || /^(19|20)\d\d([-/.](0?[1-9]|1[0-2]))?$|^(0?[1-9]|1[0-2])[-/.](19|20)?\d\d$/.test(text);
}

/** True where at least two titles, or half of them, name columns of the dataset, however they are spelt. */
function isHeaderLike(dataset: Dataset, cells: readonly string[]): boolean {
  const named = new Set(cells.map((cell) => namedColumn(dataset, cell)).filter(Boolean)).size;
  return named >= Math.min(2, dataset.columns.length) && named * 3 >= cells.filter((cell) => cell.trim() !== '').length;
}

/** True where each column has its title, or the row above is one text only: that is then no part of the header. */
function standsAlone({ cells }: FileRecord, above: FileRecord): boolean {
  const isFilled = (cell: string | undefined) => (cell ?? '').trim() !== '';
  const [place, ...more] = above.cells.flatMap((cell, index) => (isFilled(cell) ? [index] : []));
  return cells.every(isFilled) || (place !== undefined && more.length === 0 && isFilled(cells[place]));
}

/** True where blank titles stand to the right of others and the next row goes on with words below them. */
function isMerged({ cells }: FileRecord, next: FileRecord | undefined): boolean {
  if (!next) return false;
  const blank = cells.flatMap((cell, index) => (index > 0 && cell.trim() === '' ? [index] : []));
  const isTitle = (text: string) => /[a-z]/i.test(text) && !/\d{3}/.test(text);
  const filled = blank.filter((index) => isTitle(next.cells[index] ?? ''));
  return filled.length > 0 && next.cells.every((cell) => cell.trim() === '' || isTitle(cell) || isMonth(cell));
}

interface Advice {
  readonly problem: Bilingual;
  readonly suggestion: Bilingual;
}

/** What to do where the header is parted by another sign than the one expected; null where it is not. */
export function wrongSeparator(dataset: Dataset, { cells }: FileRecord, locale: Locale): Advice | null {
  if (cells.length !== 1) return null;
  const found = SEPARATORS.find(({ sign }) => isHeaderLike(dataset, (cells[0] ?? '').split(sign)));
  if (!found) return null;
  const { sign, id, en } = found;
  const problem = say(
    `kolom dipisah ${id}, seharusnya ${nameOf(locale).id}`,
    `columns are separated by ${en}; ${nameOf(locale).en} are expected`,
  );
  if (sign === ';')
    return {
      problem,
      suggestion: say(
        'kirim dengan locale id-ID bila angkanya ditulis 1.814.133,5; bila tidak, simpan sebagai CSV dengan pemisah koma',
        'send it with the locale id-ID if its numbers are written 1.814.133,5; else save it as CSV with commas',
      ),
    };
  if (sign === ',') return { problem, suggestion: say('kirim tanpa locale id-ID', 'send it without the locale id-ID') };
  return {
    problem,
    suggestion: say(
      'simpan sebagai "CSV UTF-8 (Comma delimited)", bukan sebagai teks',
      'save it as "CSV UTF-8 (Comma delimited)", not as text',
    ),
  };
}

const SEPARATORS = [
  { sign: ';', id: 'titik koma', en: 'semicolons' },
  { sign: '\t', id: 'tab', en: 'tabs' },
  { sign: '|', id: 'garis tegak', en: 'vertical bars' },
  { sign: ',', id: 'koma', en: 'commas' },
] as const;

function nameOf(locale: Locale): Bilingual {
  return locale === 'C' ? say('koma', 'commas') : say('titik koma', 'semicolons');
}

function expectedHeader({ columns }: Dataset, locale: Locale): Bilingual {
  const header = columns.map(({ name }) => name).join(locale === 'C' ? ',' : ';');
  return say(`baris pertama harus judul kolom: ${header}`, `the first line must be the header: ${header}`);
}
