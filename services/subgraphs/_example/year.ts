import { RequestError } from '../../kit/errors.js';

/** True for a year and nothing more precise: `2024`. */
export function isYear(text: string): boolean {
  return /^\d{4}$/.test(text);
}

/** The year as given; throws BAD_DATE. */
export function readYear(text: string): string {
  if (isYear(text)) return text;
  throw new RequestError('BAD_DATE', `Year "${text}" is not a year: write 2024.`);
}
