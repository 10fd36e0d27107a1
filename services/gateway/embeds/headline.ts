import { createFormat, type Entry, type Language, type View, viewOf, WORDS } from '@cakupan/coverage-widget/card-view';
import type { Figure } from './figure.js';

/** A figure as the card says it, in one language. */
export function cardOf({ answer }: Figure, language: Language, asOf: string | null): View {
  return viewOf(answer, { language, words: WORDS[language], format: createFormat(language), asOf });
}

/** `Kabupaten Bangka Selatan: sekitar 21% pekerja terlindungi, per 12 Okt 2024`: never a number without its date. */
export function headlineOf({ name, qualifier, value, isNumber, what, asAt }: Entry): string {
  if (isNumber) return `${name}: ${[qualifier, value, what].filter(Boolean).join(' ')}, ${asAt}`;
  return `${name}: ${[value, asAt].filter(Boolean).join(', ')}`;
}

/** What else must be said of it: its definition, or that none is stated, and its sources. */
export function explanationOf({ main, sources }: View, language: Language): string {
  const publishers = sources.map(({ publisher }) => publisher).join(', ');
  const from = publishers ? `${WORDS[language].source} ${publishers}` : '';
  return [...main.remarks, main.details, from].filter(Boolean).join('. ');
}
