import { RequestError } from './errors.js';

export const REGION_LEVELS = ['COUNTRY', 'PROVINCE', 'REGENCY', 'DISTRICT', 'VILLAGE'] as const;
export type RegionLevel = (typeof REGION_LEVELS)[number];

export const COUNTRY_CODE = '00';

const FORM = /^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/;

/** True for a Kemendagri code with its dots: `00`, `19`, `19.03`, `19.03.01`, `19.03.01.2001`. */
export function isRegionCode(text: string): boolean {
  return FORM.test(text);
}

/** The code itself; throws BAD_REGION_CODE, naming the dotted reading where the digits allow one. */
export function readRegionCode(text: string): string {
  if (isRegionCode(text)) return text;
  const hint = dottedReading(text);
  const help =
    hint === null
      ? ''
      : ` With its dots it would be "${hint}"; without them it may be a BPS code, which names another region.`;
  throw new RequestError(
    'BAD_REGION_CODE',
    `Region code "${text}" is not of the form "19.03" (Kemendagri, with dots).${help}`,
  );
}

/** `1903` read as Kemendagri digits: `19.03`; null when the digits fit no level. */
export function dottedReading(text: string): string | null {
  if (!/^\d{4}$|^\d{6}$|^\d{10}$/.test(text)) return null;
  const parts = [text.slice(0, 2), text.slice(2, 4), text.slice(4, 6), text.slice(6)];
  return parts.filter(Boolean).join('.');
}

/** The level a code stands for; the code must be well-formed. */
export function levelOfCode(code: string): RegionLevel {
  if (code === COUNTRY_CODE) return 'COUNTRY';
  return REGION_LEVELS[code.split('.').length] ?? 'VILLAGE';
}

/** The codes above, nearest first: `19.03` gives `19`, `00`. The country has none. */
export function ancestorCodes(code: string): string[] {
  if (code === COUNTRY_CODE) return [];
  const parts = code.split('.');
  const above = parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('.'));
  return [...above, COUNTRY_CODE];
}

/** Where the codes directly below begin: `19` gives `19.`; everything below the country begins with nothing. */
export function codePrefixBelow(code: string): string {
  return code === COUNTRY_CODE ? '' : `${code}.`;
}
