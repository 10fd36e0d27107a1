/** How numbers are written in a file: C as computers do (`1814133110.5`), id-ID as Indonesians do (`1.814.133.110,5`). */
export const LOCALES = ['C', 'id-ID'] as const;
export type Locale = (typeof LOCALES)[number];

/** The signs of a locale. `group` stands between thousands; null where nothing may stand there. */
export interface Signs {
  readonly separator: string;
  readonly decimal: string;
  readonly group: string | null;
}

export const SIGNS: Readonly<Record<Locale, Signs>> = {
  'C': { separator: ',', decimal: '.', group: null },
  'id-ID': { separator: ';', decimal: ',', group: '.' },
};
