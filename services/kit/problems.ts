import type { Bilingual } from './dataset.js';

/** E blocks a file; W must be acknowledged by its name before the file may be published. */
export type Severity = 'E' | 'W';

/** One thing wrong with a file: where, what came, what was expected and what to do, in the languages of data people. */
export interface Problem {
  readonly file: string;
  /** Line of the file; 1 is the header. Null for the file as a whole. */
  readonly row: number | null;
  readonly column: string | null;
  readonly raw: string | null;
  /** E1, W2 ... as in the domain, or FILE, LAYOUT, DATE, WORD, REFERENCE, PERSONAL. Names that begin with W are warnings. */
  readonly rule: string;
  readonly severity: Severity;
  /** What came and what was expected. */
  readonly message: Bilingual;
  /** What to do, most often what the cell may be meant to say; null when the message says it all. */
  readonly suggestion: Bilingual | null;
}

export interface Place {
  readonly row?: number;
  readonly column?: string;
  readonly raw?: string;
  readonly suggestion?: Bilingual | null;
}

/** Collects the problems of one file; keeps the first 1,000 of each rule and counts the rest. */
export interface Problems {
  /** The problems kept, in the order they were found. */
  readonly list: readonly Problem[];
  /** How many there are of each rule, kept or not. */
  readonly counts: ReadonlyMap<string, number>;
  count(severity?: Severity): number;
  add(rule: string, message: Bilingual, place?: Place): void;
  /** Counts more of a rule that are not told one by one. */
  addUntold(rule: string, count: number): void;
  /** Forgets every problem: what they quote may be personal. */
  clear(): void;
}

/** How many problems of one rule are kept, and told one by one. */
export const TOLD = 1000;

export function severityOf(rule: string): Severity {
  return /^W\d|^VANISHED$|^SCHEDULED$|^REDACTED$/.test(rule) ? 'W' : 'E';
}

export function createProblems(file: string): Problems {
  const list: Problem[] = [];
  const counts = new Map<string, number>();
  const totals = { E: 0, W: 0 };
  const addUntold = (rule: string, count: number) => {
    counts.set(rule, (counts.get(rule) ?? 0) + count);
    totals[severityOf(rule)] += count;
  };
  return {
    list,
    counts,
    count: (severity) => (severity === undefined ? totals.E + totals.W : totals[severity]),
    addUntold,
    add(rule, message, { row, column, raw, suggestion }: Place = {}) {
      addUntold(rule, 1);
      if ((counts.get(rule) ?? 0) > TOLD) return;
      const severity = severityOf(rule);
      const place = { row: row ?? null, column: column ?? null, raw: raw ?? null };
      list.push({ file, ...place, rule, severity, message, suggestion: suggestion ?? null });
    },
    clear() {
      list.length = 0;
      counts.clear();
      Object.assign(totals, { E: 0, W: 0 });
    },
  };
}
