import type { Reader } from '../view.js';
import { SHADE_COUNT, type Shades, shadeOf } from './map-shades.js';
import type { Place } from './places.js';

/** What a tile looks like and has room for beside a name; its label and the line below the grid say everything. */
export interface Face {
  /** Classes; the first is its standing. */
  readonly look: string;
  /** `±`, or stands alone for want of a number; empty before an exact one. */
  readonly sign: string;
  /** `31,5`; empty where there is none. */
  readonly number: string;
}

/**
 * Signs for want of a number, each with its words in the legend, and those before one that is not exact. A qualifier
 * newer than this module is told as ABOUT.
 */
export const SIGNS: Readonly<Record<string, string>> = {
  withheld: '*',
  withdrawn: '×',
  noFigure: '-',
  ABOUT: '±',
  ALMOST: '<',
  MORE_THAN: '>',
};

export function face({ standing, coverage }: Place, shades: Shades, { format }: Reader): Face {
  const percent = coverage?.percent ?? null;
  if (!coverage || percent === null) return { look: standing, sign: SIGNS[standing] ?? '', number: '' };
  const { qualifier, approximate } = coverage;
  const sign = qualifier || approximate ? (SIGNS[`${qualifier}`] ?? '±') : '';
  const shade = standing === 'sameDefinition' ? shadeClass(shadeOf(percent, shades), shades) : '';
  // So many characters fit: one decimal, none beside a sign or from 100 up.
  const rounded = Number(percent.toFixed(sign || percent >= 99.95 ? 0 : 1));
  return {
    look: `${standing} ${shade} ${percent > 100 ? 'OVER_100' : ''}`,
    sign,
    number: format.percent(rounded, null).replace('%', ''),
  };
}

/** The darkest class always stands for the highest values. */
export function shadeClass(shade: number, { count }: Shades): string {
  return `shade${SHADE_COUNT - count + shade}`;
}
