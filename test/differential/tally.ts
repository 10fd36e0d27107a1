import { EXECUTORS, type Executor } from '../../services/gateway/executors.js';
import { printTable } from '../bench/table.js';
import { hasBubbled } from './difference.js';
import { featuresOf, type Marks, readMarks } from './features.js';
import { explain } from './known-bugs.js';
import type { Finding, Judgement, Trial } from './trial.js';

/** Counts what operations were made of, and what became of them. */
export interface Tally {
  add(trial: Trial, judgement: Judgement): void;
  print(): void;
}

export function createTally(): Tally {
  const operations = new Map<string, number>();
  const failures = new Map<string, number>();
  const plans: Record<Executor, number[]> = { hive: [], apollo: [], stock: [] };
  const calls: Record<Executor, number> = { hive: 0, apollo: 0, stock: 0 };
  const families = new Map<Trial, Marks>();
  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  return {
    add(trial, judgement) {
      const marks = families.get(trial) ?? readMarks(trial.family.subgraphs);
      families.set(trial, marks);
      for (const name of ['operations', ...outcomesOf(judgement)]) count(operations, name);
      for (const name of featuresOf(judgement.operation, trial.whole.schema, marks)) count(operations, name);
      for (const finding of judgement.findings) count(failures, failureOf(finding, judgement, trial));
      const isPlanned = EXECUTORS.every((who) => judgement.plans[who].problem === '');
      for (const who of EXECUTORS) {
        if (isPlanned) plans[who].push(judgement.plans[who].ms);
        if (isPlanned) calls[who] += judgement.calls[who];
      }
    },
    print() {
      process.stdout.write(`${families.size} families\n`);
      printTable(['operations with', 'how many'], rowsOf(operations));
      printTable(
        ['who and how', 'known bug', 'how many'],
        rowsOf(failures).map(([name = '', n = '']) => [...name.split(': '), n]),
      );
      printTable(
        ['planner', 'plans', 'ms: median', '95 %', '99 %', 'most', 'calls of subgraphs'],
        EXECUTORS.map((who) => [who, ...timesOf(plans[who]), String(calls[who])]),
      );
    },
  };
}

function outcomesOf({ truth, isSettled }: Judgement): string[] {
  return [
    ...(truth.data === undefined ? ['wrong variables'] : []),
    ...(truth.told.length + truth.found.length > 0 ? ['errors'] : []),
    ...(hasBubbled(truth) ? ['a null that made others null'] : []),
    ...(isSettled ? [] : ['no settled truth']),
  ];
}

function failureOf(finding: Finding, judgement: Judgement, { family }: Trial): string {
  const { who, what, how } = finding;
  const bug = explain(finding, judgement, family)?.name ?? 'UNKNOWN';
  return `${who} ${what}${how === null ? '' : `, ${how}`}: ${bug}`;
}

function rowsOf(counts: ReadonlyMap<string, number>): string[][] {
  return [...counts].sort(([, left], [, right]) => right - left).map(([name, n]) => [name, String(n)]);
}

function timesOf(times: readonly number[]): string[] {
  const sorted = [...times].sort((left, right) => left - right);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(2);
  return [String(times.length), at(0.5), at(0.95), at(0.99), at(1)];
}
