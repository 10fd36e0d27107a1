import type { Bilingual } from '../../kit/dataset.js';
import type { Env } from '../../kit/env.js';

/** Where the command runs, and what tests replace. */
export interface Terminal {
  readonly env: Env;
  /** One line of the answer, a report included. */
  readonly print: (line: string) => void;
  /** One line about what was refused or went wrong. */
  readonly printError: (line: string) => void;
  /** Shows how far a long step is, in place of what it showed before; null where nobody looks. */
  readonly showProgress: ((text: string) => void) | null;
  /** The token by which this machine loads data; null where no server has made it. */
  readonly readLoadToken: () => Promise<string | null>;
}

/** What every verb of `data` takes. */
export interface CommonOptions {
  readonly url: string;
  readonly json?: boolean;
  readonly lang?: Language;
}

export const LANGUAGES = ['id', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the command itself says, in the language asked for, or in English. */
export function inOneLanguage(text: Bilingual, lang: Language = 'en'): string {
  return text[lang];
}

/** A text in the language asked for, or in both. */
export function inLanguage(text: Bilingual, lang: Language | undefined): string {
  return lang ? text[lang] : `${text.id} / ${text.en}`;
}
