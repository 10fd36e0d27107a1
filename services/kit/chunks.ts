/** The text of bytes that came in pieces; most come in one. */
export function textOf(chunks: readonly Buffer[]): string {
  const [first] = chunks;
  return (first && chunks.length === 1 ? first : Buffer.concat(chunks)).toString();
}
