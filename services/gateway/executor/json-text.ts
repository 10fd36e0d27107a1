/** What JSON has to escape, or may not hold alone. */
const SPECIAL = /["\\\p{Cc}\p{Cs}]/u;

/** A text as JSON: the same as JSON.stringify gives, sooner for the texts that need no escapes. */
export function jsonText(text: string): string {
  return SPECIAL.test(text) ? JSON.stringify(text) : `"${text}"`;
}
