import { escapeXml } from '../embeds/xml.js';

/** Text that is markup already. */
export interface Html {
  readonly markup: string;
}

type Value = string | number | Html | readonly Html[] | null | false;

/** A template whose texts stay texts, whatever they hold. */
export function html(texts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { markup: texts.map((text, place) => `${text}${written(values[place] ?? null)}`).join('') };
}

/** An attribute that is there or not. */
export function present(name: string, isPresent: boolean): Html {
  return { markup: isPresent ? ` ${name}` : '' };
}

function written(value: Value): string {
  if (value === null || value === false) return '';
  if (typeof value === 'object') return 'markup' in value ? value.markup : value.map(written).join('');
  return escapeXml(String(value));
}
