import type { Language } from '../words.js';

/** A large unit, in rupiah, with its names. */
const UNITS = [
  { size: 1e12, id: 'triliun', en: 'trillion' },
  { size: 1e9, id: 'miliar', en: 'billion' },
  { size: 1e6, id: 'juta', en: 'million' },
] as const;

/**
 * `Rp139,3 miliar`, `Rp351 juta`: with the digits that its source gave where it rounded, else short, or with `inFull`
 * to the rupiah. Never with more digits than the rounding allows.
 */
export function rupiah(digits: string, roundedTo: number | null, language: Language, inFull = false): string {
  const amount = Number(digits);
  const unit = UNITS.find(({ size }) => amount >= size);
  const size = unit?.size ?? 1;
  const rounding = roundedTo || 1;
  const isRounded = rounding * 1000 > size; // else the digits of the source are too many for a line
  if (!isRounded && inFull) return `Rp${write(amount, 0, language)}`;
  const step = isRounded ? Math.max(rounding, size / 100) : size < 1e9 ? size : size / 10;
  const rounded = (Math.round(amount / step) * step) / size;
  if (amount > 0 && rounded === 0) return `< ${rupiah(`${step}`, step, language)}`;
  return `Rp${write(rounded, Math.max(0, Math.ceil(Math.log10(size / step))), language)} ${unit?.[language] ?? ''}`.trim();
}

function write(value: number, decimals: number, language: Language): string {
  const fraction = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return value.toLocaleString(language === 'en' ? 'en-GB' : 'id-ID', fraction);
}
