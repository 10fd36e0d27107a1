/** What there is of these, in one line. */
export function line(...texts: readonly string[]): string {
  return texts.filter(Boolean).join(' · ');
}
