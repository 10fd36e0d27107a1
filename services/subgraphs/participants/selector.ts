/** `segment=PU;program=JKK` as its parts; nothing for a blank. Says by machine what an indicator divides. */
export function readSelector(text: unknown): Readonly<Partial<Record<string, string>>> {
  if (typeof text !== 'string') return {};
  return Object.fromEntries(
    text
      .split(';')
      .map((part) => part.split('=').map((word) => word.trim()))
      .filter((pair) => pair.length === 2),
  );
}
