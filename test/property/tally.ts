import { printTable } from '../bench/table.js';
import type { Mutation } from './mutation.js';
import { MUTATIONS } from './mutations.js';
import type { Verdict } from './oracle.js';
import type { Told } from './relations.js';
import type { Outcome } from './way-in.js';

/** Counts what became of files, by what had gone wrong in them. */
export interface Tally {
  /** `meant` is what the file would say had nothing gone wrong. */
  add(done: readonly Mutation[], outcome: Outcome, meant: Verdict): void;
  /** Prints how many there were and how fast they went in. */
  printPace(seed: number, spent: { readonly ms: number; readonly cpuMs: number }): void;
  /** Prints, of the files in which a kind stands alone, what became of them. */
  printTable(): void;
}

interface Count {
  files: number;
  alone: number;
  refused: number;
  warned: number;
  same: number;
  other: number;
}

type Became = Exclude<keyof Count, 'files' | 'alone'>;

const NONE: Count = { files: 0, alone: 0, refused: 0, warned: 0, same: 0, other: 0 };

export function createTally(): Tally {
  const counts = new Map<string, Count>();
  const addTo = (name: string, what: Became, isAlone: boolean) => {
    const count = counts.get(name) ?? NONE;
    const more = isAlone ? { alone: count.alone + 1, [what]: count[what] + 1 } : {};
    counts.set(name, { ...count, files: count.files + 1, ...more });
  };
  return {
    add(done, outcome, meant) {
      const what = becameOf(outcome, meant);
      for (const { name } of done) addTo(name, what, done.length === 1);
      addTo(`files with ${done.length}`, what, true);
      addTo('files', what, true);
    },
    printPace(seed, { ms, cpuMs }) {
      const files = counts.get('files')?.files ?? 0;
      const each = `${Math.round((files * 1000) / ms)} files/s, ${(cpuMs / files).toFixed(1)} ms of processor each`;
      process.stdout.write(`seed ${seed}: ${files} files with mistakes; ${each}\n`);
    },
    printTable() {
      const numbers = new Map(MUTATIONS.map(({ name, number }) => [name, String(number ?? '')]));
      printTable(
        ['kind', 'no.', 'files', 'alone', 'refused', 'warned', 'accepted, the same', 'accepted as written'],
        [...numbers.keys(), ...[1, 2, 3].map((n) => `files with ${n}`), 'files'].map((name) => {
          const { files: n, alone, refused, warned, same, other } = counts.get(name) ?? NONE;
          return [name, numbers.get(name) ?? '', ...[n, alone, refused, warned, same, other].map(String)];
        }),
      );
    },
  };
}

/** Whether a file was stopped, told of, or accepted: saying what was meant, or something else that nobody can see is wrong. */
function becameOf(outcome: Outcome, meant: Verdict): Became {
  if (outcome.is === 'refused') return 'refused';
  if (outcome.report.warnings > 0) return 'warned';
  return meant.is === 'accept' && textOf(outcome.rows) === textOf(meant.rows) ? 'same' : 'other';
}

/** The rows without their lines and whatever their order. */
function textOf(rows: readonly Told[]): string {
  const lines = rows.map(({ cells }) =>
    JSON.stringify(Object.entries(cells).sort(([one], [other]) => (one < other ? -1 : 1))),
  );
  return lines.sort().join('\n');
}
