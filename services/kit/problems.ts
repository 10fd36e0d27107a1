import type { Bilingual } from './dataset.js';

/** One thing wrong with a file: where, what came, and what was expected, in the languages of data people. */
export interface Problem {
  readonly file: string;
  /** Line of the file; 1 is the header. Null for the file as a whole. */
  readonly row: number | null;
  readonly column: string | null;
  readonly raw: string | null;
  /** E1, E2 ... as in the domain, or LAYOUT or REFERENCE. */
  readonly rule: string;
  readonly message: Bilingual;
}

export interface Place {
  readonly row?: number;
  readonly column?: string;
  readonly raw?: string;
}

/** Collects the problems of one file; keeps the first 1,000 and counts the rest. */
export interface Problems {
  readonly list: readonly Problem[];
  count(): number;
  add(rule: string, message: Bilingual, place?: Place): void;
}

const KEPT = 1000;

export function createProblems(file: string): Problems {
  const list: Problem[] = [];
  let count = 0;
  return {
    list,
    count: () => count,
    add(
      rule,
      message,
      {
        row = null,
        column = null,
        raw = null,
      }: { row?: number | null; column?: string | null; raw?: string | null } = {},
    ) {
      count += 1;
      if (list.length < KEPT) list.push({ file, row, column, raw, rule, message });
    },
  };
}
