import type { Bilingual, Dataset } from './dataset.js';
import { personalTitles, titleAt } from './header.js';
import { PERSONAL_KINDS, type PersonalKind, personalCell } from './personal.js';
import type { Problems } from './problems.js';

/** What seems to be of persons: by the title of its column, and whether its title or its cells say so. */
export type Findings = Map<string, Finding>;

export interface Finding {
  readonly kind: PersonalKind;
  readonly by: 'title' | 'cells';
}

/** What is said of a file that tells of persons, once; its problems name the columns. */
export const TELLS_OF_PERSONS = 'The file seems to tell of persons: it is refused, and nothing of it is kept.';

/** Looks for persons in the cells of a record whose columns are not known. */
export function findPersonal(titles: readonly string[], cells: readonly string[], found: Findings): void {
  for (const [index, cell] of cells.entries()) {
    const kind = personalCell(cell);
    if (kind) addFinding(found, titleAt(titles, index), { kind, by: 'cells' });
  }
}

/** Looks for titles that promise persons; a header parted by another sign than expected is one cell. */
export function findPersonalTitles(dataset: Dataset, cells: readonly string[], found: Findings): void {
  const titles = cells.length === 1 ? (cells[0] ?? '').split(/[,;\t|]/) : cells;
  for (const { index, ...finding } of personalTitles(dataset, titles))
    addFinding(found, titleAt(titles, index), finding);
}

/** Remembers the first that was found of a column. */
export function addFinding(found: Findings, column: string, finding: Finding): void {
  if (!found.has(column)) found.set(column, finding);
}

/** Puts the columns found in place of every other problem, since those quote cells. */
export function tellFindings(found: Findings, problems: Problems): void {
  if (found.size === 0) return;
  problems.clear();
  for (const [column, finding] of found) addPersonal(column, finding, problems);
}

function addPersonal(column: string, { kind, by }: Finding, problems: Problems): void {
  const what = PERSONAL_KINDS[kind];
  const place = column.startsWith('#') ? column.slice(1) : null;
  const [id, en] = place ? [`kolom ke-${place}`, `column ${place}`] : [`kolom "${column}"`, `column "${column}"`];
  const message = {
    id: `${by === 'title' ? id : `ada sel di ${id} yang`} tampaknya berisi ${what.id}`,
    en: `${by === 'title' ? en : `a cell of ${en}`} seems to hold ${what.en}`,
  };
  const withoutCells = kind === 'KPJ' || kind === 'NIK' ? WITHOUT_NUMBERS : WITHOUT_CELLS;
  problems.add('PERSONAL', message, { column, suggestion: by === 'title' ? WITHOUT_COLUMN : withoutCells });
}

const WITHOUT_COLUMN: Bilingual = {
  id: 'hapus kolom itu, periksa juga kolom tersembunyi di Excel, lalu simpan ulang; yang dikirim hanya jumlah orang',
  en: 'delete that column, look for hidden columns in Excel too, and save again; only counts of persons are sent',
};
const WITHOUT_CELLS: Bilingual = {
  id: 'hapus data orang itu dari berkas; yang dikirim hanya jumlah orang',
  en: 'remove it from the file; only counts of persons are sent',
};
const WITHOUT_NUMBERS: Bilingual = {
  id: 'hapus nomor itu dari berkas; bila itu jumlah uang, tulis dengan pemisah ribuan seperti pada sumbernya',
  en: 'remove that number from the file; if it is an amount of money, write it with separators as its source prints it',
};
