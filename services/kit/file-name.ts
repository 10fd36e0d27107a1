import type { Dataset } from './dataset.js';
import { firstDay, lastDay } from './period.js';
import { personalCell } from './personal.js';
import type { Problems } from './problems.js';

/** The longest name of a file that is kept. */
const LONGEST = 120;

/**
 * The name of a file as it may be kept and shown: without its folders, without signs that cannot be seen or that a
 * shell or a page would read, at most 120 characters. `file.csv` where nothing is left, or where it tells of a person.
 */
export function safeFileName(name: string): string {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = base
    .replace(/[^\p{L}\p{N} ._()+-]/gu, '_')
    .replace(/^[ .]+|[ .]+$/g, '')
    .replace(/_{2,}/g, '_');
  if (clean.replace(/[_. ]/g, '') === '' || personalCell(clean.replaceAll('_', ' '), 'text')) return 'file.csv';
  if (clean.length <= LONGEST) return clean;
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(clean)?.[0] ?? '';
  return clean.slice(0, LONGEST - extension.length) + extension;
}

/** The month a file is named after, as `2024-10`; null when it names none, or more than one. */
export function monthOfFileName(name: string): string | null {
  const text = name.toLowerCase();
  const digits = [...text.matchAll(/(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])(?!\d)/g)].map(
    ([, year, month]) => `${year}-${month}`,
  );
  const words = [...text.matchAll(/(?<![a-z])([a-z]{3,9})[-_. ]*(20\d\d)(?!\d)/g)].flatMap(([, word = '', year]) => {
    const month = MONTHS.findIndex((pattern) => pattern.test(word)) + 1;
    return month === 0 ? [] : [`${year}-${String(month).padStart(2, '0')}`];
  });
  const months = new Set([...digits, ...words]);
  return months.size === 1 ? ([...months][0] ?? null) : null;
}

/** The months by their names in Indonesian and English, whole or short. */
const MONTHS = [
  /^jan(uari|uary)?$/,
  /^[fp]eb(ruari|ruary)?$/,
  /^mar(et|ch)?$/,
  /^apr(il)?$/,
  /^mei$|^may$/,
  /^jun[ie]?$/,
  /^jul[iy]?$/,
  /^ag(us|u|t|s|ustus)$|^aug(ust)?$/,
  /^sep(t|tember)?$/,
  /^o[kc]t(ober)?$/,
  /^no[vp](ember)?$/,
  /^de[sc](ember)?$/,
];

/** W10: a file that is named after a month in which none of its rows lies. `dates` are those of the rows. */
export function checkFileMonth(dataset: Dataset, fileName: string, dates: Iterable<string>, problems: Problems): void {
  const month = monthOfFileName(fileName);
  const listed = [...dates];
  const column = dataset.place?.date;
  if (month === null || !column || listed.length === 0) return;
  if (listed.some((date) => firstDay(date) <= lastDay(month) && firstDay(month) <= lastDay(date))) return;
  const some = [...new Set(listed)].sort().slice(0, 3).join(', ');
  problems.add(
    'W10',
    {
      id: `nama berkas menyebut ${month}, tetapi isinya untuk ${some}`,
      en: `the file is named after ${month} but its rows are of ${some}`,
    },
    {
      column,
      suggestion: {
        id: 'periksa apakah ini berkas yang benar; bila ya, ganti namanya',
        en: 'look whether this is the right file; if it is, rename it',
      },
    },
  );
}
