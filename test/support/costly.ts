/** Operations that are small to write and much to answer. */

/** The parent of a region, and its parent, and so on. */
export function nested(levels: number): string {
  return levels === 0 ? 'code' : `parent { ${nested(levels - 1)} }`;
}

export function many(text: string, count: number): string {
  return Array.from({ length: count }, () => text).join(' ');
}

export function aliases(count: number): string {
  return Array.from({ length: count }, (_, n) => `a${n}: code`).join(' ');
}

/** Fragments that each spread the next one, several times. */
export function bomb(levels: number, spread: (next: string) => string): string {
  return [
    '{ region(code: "19") { ...f0 } }',
    ...Array.from({ length: levels }, (_, n) => `fragment f${n} on Region { ${spread(`...f${n + 1}`)} }`),
    `fragment f${levels} on Region { code }`,
  ].join(' ');
}
