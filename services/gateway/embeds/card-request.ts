import { type Language, languageOf } from '@cakupan/coverage-widget/card-view';
import { RequestError } from '../../kit/errors.js';
import type { FigureQuestion } from './figure.js';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** A card as an address asks for it. The names are those of the tag's attributes; others are not looked at. */
export interface CardRequest extends FigureQuestion {
  readonly language: Language;
  readonly theme: Theme;
  /** In pixels; null where the address does not say it. */
  readonly width: number | null;
}

export type Query = Readonly<Record<string, unknown>>;

/** Throws BAD_ARGUMENT for a width that nothing is drawn in. */
export function readCardRequest(region: string, query: Query, [least, most]: readonly [number, number]): CardRequest {
  const width = textOf(query.width);
  if (width !== null && !(/^\d{1,5}$/.test(width) && Number(width) >= least && Number(width) <= most))
    throw new RequestError('BAD_ARGUMENT', `width must be a whole number from ${least} to ${most}.`);
  return { ...readFigureQuestion(region, query), ...readLook(query), width: width === null ? null : Number(width) };
}

export function readFigureQuestion(region: string, query: Query): FigureQuestion {
  return { region, indicator: textOf(query.indicator), asOf: textOf(query['as-of']) ?? textOf(query.asOf) };
}

export function readLook(query: Query): Pick<CardRequest, 'language' | 'theme'> {
  const theme = THEMES.find((one) => one === query.theme);
  return { language: languageOf(textOf(query.lang)), theme: theme ?? 'auto' };
}

/** The first of several; null where there is none, or an empty one. */
export function textOf(value: unknown): string | null {
  const [first] = Array.isArray(value) ? value : [value];
  return typeof first === 'string' && first !== '' ? first : null;
}
