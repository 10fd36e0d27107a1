import { createFormat } from '../../widget/format.js';
import type { Reader } from '../../widget/view.js';
import { type Language, WORDS } from '../../widget/words.js';

/** Who reads a view in a test. */
export function readerOf(language: Language): Reader {
  return { language, words: WORDS[language], format: createFormat(language), asOf: null };
}

/** A template of Lit as the text of its document, without its handlers, its white space made plain. */
export function markupOf(value: unknown): string {
  return textOf(value).replace(/\s+/g, ' ').trim();
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join('');
  if (value === null || value === undefined || typeof value === 'function' || typeof value === 'symbol') return '';
  if (typeof value !== 'object' || !('strings' in value) || !('values' in value)) return `${value}`;
  const { strings, values } = value as { strings: readonly string[]; values: readonly unknown[] }; // it has both
  return strings.map((string, at) => string + textOf(values[at])).join('');
}

/** What a reader sees of a template: its text without tags, piece by piece. */
export function textsOf(value: unknown): string[] {
  return markupOf(value)
    .split(/<[^>]*>/)
    .map((text) => text.trim())
    .filter(Boolean);
}

interface GivenFigure {
  readonly percent: number | null;
  readonly [field: string]: unknown;
}

const ucj = definition('ucj', 'UCJ');

/** A definition of an invented name; `group` is null for one that no source states. */
export function definition(id: string, name: string, comparabilityGroup: string | null = id) {
  return { id, comparabilityGroup, name: { id: name, en: name }, shortName: { id: name, en: name } };
}

/** A figure as the API answers it, of UCJ and Dec 2025 unless changed. */
export function figure(percent: number | null, change: object = {}): GivenFigure {
  return {
    percent,
    asPrinted: null,
    qualifier: null,
    approximate: false,
    date: '2025-12',
    numerator: null,
    denominator: null,
    origin: 'STATED',
    flags: [],
    obsStatus: 'A',
    indicator: ucj,
    sources: [{ publisher: 'Dinas Contoh', url: null }],
    ...change,
  };
}

export const withheld = figure(null, { obsStatus: 'Q' });
export const withdrawn = figure(null, { obsStatus: 'O' });

/** What the API answers about the invented region 99 and those below it, by their names. */
export function placesOf(
  figures: Readonly<Record<string, GivenFigure | null>>,
  tiles: readonly (number[] | null)[] = [],
) {
  const children = Object.entries(figures).map(([name, coverage], at) => {
    const [column, row] = tiles[at] ?? [];
    return {
      code: `99.${String(at + 1).padStart(2, '0')}`,
      name,
      tile: column === undefined ? null : { column, row },
      coverage,
    };
  });
  return { code: '99', name: 'Provinsi Contoh', coverage: null, children };
}
